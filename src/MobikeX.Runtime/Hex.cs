namespace MobikeX.Runtime;

/// <summary>Octets as hexadecimal digits, the same on every target.</summary>
public static class Hex
{
    /// <summary>The octets as lower-case digits, two each, with nothing between.</summary>
    public static string ToText(ReadOnlySpan<byte> octets)
    {
        const string Digits = "0123456789abcdef";
        char[] text = new char[octets.Length * 2];
        for (int i = 0; i < octets.Length; i++)
        {
            text[2 * i] = Digits[octets[i] >> 4];
            text[(2 * i) + 1] = Digits[octets[i] & 15];
        }

        return new string(text);
    }
}
