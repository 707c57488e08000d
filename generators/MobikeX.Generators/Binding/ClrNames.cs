using System.Text;

namespace MobikeX.Generators.Binding;

/// <summary>From a document's name to C#'s: UPDATE_SA_ADDRESSES is UpdateSaAddresses, MOBIKE-X is MobikeX, IPv6 stays.</summary>
internal static class ClrNames
{
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

    public static bool IsNamespace(string text) => text.Split('.').All(IsIdentifier);

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
