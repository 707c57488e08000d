using System.Globalization;
using System.Text;
using MobikeX.Generators.Binding;

namespace MobikeX.Generators.Emit;

/// <summary>Names and literals as C# writes them.</summary>
internal static class CSharpText
{
    public static string Identifier(string name) => ClrNames.IsKeyword(name) ? "@" + name : name;

    /// <summary>The name of a parameter or local for a PascalCase name, without the escape of keywords.</summary>
    public static string CamelCase(string name)
    {
        int run = 0;
        while (run < name.Length && char.IsUpper(name[run]))
        {
            run++;
        }

        int lower = run <= 1 || run == name.Length ? run : name.Length > run && char.IsLower(name[run]) ? Math.Max(run - 1, 1) : run;
        return name.Substring(0, lower).ToLowerInvariant() + name.Substring(lower);
    }

    public static string Literal(string text)
    {
        StringBuilder literal = new("\"");
        foreach (char c in text)
        {
            literal.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                < ' ' or '\u2028' or '\u2029' or '\u0085' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    public static string LiteralOrNull(string? text) => text is null ? "null" : Literal(text);

    public static string Number(ulong value) =>
        value.ToString(CultureInfo.InvariantCulture) + (value > long.MaxValue ? "UL" : value > uint.MaxValue ? "L" : value > int.MaxValue ? "U" : string.Empty);

    public static string Mask(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture) + (value > uint.MaxValue ? "UL" : string.Empty);

    /// <summary>A number as it stands in any culture.</summary>
    public static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>An expression that can stand beside an operator.</summary>
    public static string Parenthesised(string expression) => expression.IndexOf(' ') >= 0 ? $"({expression})" : expression;

    /// <summary>The smallest unsigned type of at least so many bits.</summary>
    public static string UnsignedType(int bits) => bits <= 8 ? "byte" : bits <= 16 ? "ushort" : bits <= 32 ? "uint" : "ulong";

    public static ulong MaximumOf(int bits) => bits >= 64 ? ulong.MaxValue : (1UL << bits) - 1;

    /// <summary>Alternatives in words: <c>4, 8 or 16</c>.</summary>
    public static string Alternatives<T>(IEnumerable<T> items)
        where T : IFormattable
    {
        string[] words = items.Select(item => item.ToString(null, CultureInfo.InvariantCulture)).ToArray();
        return words.Length < 2 ? string.Concat(words) : string.Join(", ", words, 0, words.Length - 1) + " or " + words[words.Length - 1];
    }
}
