using System.Text;

namespace MobikeX.Generators.Binding;

/// <summary>From a document's name to C#'s: UPDATE_SA_ADDRESSES is UpdateSaAddresses, MOBIKE-X is MobikeX, IPv6 stays.</summary>
internal static class ClrNames
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null",
        "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte",
        "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof",
        "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
        "__arglist", "__makeref", "__reftype", "__refvalue",
    };

    /// <summary>Null where nothing is left that an identifier can hold.</summary>
    public static string? From(string name)
    {
        var result = new StringBuilder(name.Length);
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool cut = i == name.Length || !char.IsLetterOrDigit(name[i]);
            bool lowerToUpper = !cut && i > start && char.IsLower(name[i - 1]) && char.IsUpper(name[i]);
            if (cut || lowerToUpper)
            {
                AppendSegment(result, name, start, i);
                start = cut ? i + 1 : i;
            }
        }

        if (result.Length == 0)
        {
            return null;
        }

        return char.IsDigit(result[0]) ? "_" + result : result.ToString();
    }

    public static bool IsIdentifier(string text) =>
        text.Length > 0
        && (char.IsLetter(text[0]) || text[0] == '_')
        && text.All(c => char.IsLetterOrDigit(c) || c == '_');

    /// <summary>True for a word that C# reserves: with an @ before it, it is a name.</summary>
    public static bool IsKeyword(string text) => Keywords.Contains(text);

    /// <summary>True for a name that C# keeps for words of its own, of which it warns, where a type has it.</summary>
    public static bool IsWord(string text) => text.All(static c => c is >= 'a' and <= 'z');

    /// <summary>True for names with dots between them, none of which needs an escape: they are also those of files and folders.</summary>
    public static bool IsNamespace(string text) => text.Split('.').All(static part => IsIdentifier(part) && !IsKeyword(part));

    private static void AppendSegment(StringBuilder result, string name, int start, int end)
    {
        if (start == end)
        {
            return;
        }

        bool allUpper = true;
        for (int i = start; i < end; i++)
        {
            allUpper &= !char.IsLower(name[i]);
        }

        result.Append(char.ToUpperInvariant(name[start]));
        for (int i = start + 1; i < end; i++)
        {
            result.Append(allUpper ? char.ToLowerInvariant(name[i]) : name[i]);
        }
    }
}
