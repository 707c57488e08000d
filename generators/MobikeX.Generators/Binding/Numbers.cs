using System.Globalization;

namespace MobikeX.Generators.Binding;

/// <summary>Numbers of the spec language: unsigned, decimal or <c>0x</c> hexadecimal; and ranges of them, <c>3-254</c>.</summary>
internal static class Numbers
{
    public static bool TryParse(string text, out ulong value) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    public static bool TryParseRange(string text, out ulong first, out ulong last)
    {
        int dash = text.IndexOf('-');
        if (dash < 0)
        {
            bool single = TryParse(text, out first);
            last = first;
            return single;
        }

        last = 0;
        return TryParse(text.Substring(0, dash).Trim(), out first)
            && TryParse(text.Substring(dash + 1).Trim(), out last)
            && first <= last;
    }

    /// <summary>A count, <c>0..1</c> or <c>1..*</c>; a maximum of null is no maximum.</summary>
    public static bool TryParseCount(string text, out int minimum, out int? maximum)
    {
        maximum = null;
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        string low = dots < 0 ? text : text.Substring(0, dots);
        string high = dots < 0 ? text : text.Substring(dots + 2);
        if (!int.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out minimum))
        {
            return false;
        }

        if (high == "*")
        {
            return true;
        }

        bool bounded = int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out int bound) && bound >= minimum && bound > 0;
        maximum = bound;
        return bounded;
    }

    /// <summary>The largest number of so many bits, 1 to 64.</summary>
    public static ulong LargestOf(int bits) => bits >= 64 ? ulong.MaxValue : (1UL << bits) - 1;
}
