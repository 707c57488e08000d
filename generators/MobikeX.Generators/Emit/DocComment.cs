using System.Text;
using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>XML documentation comments.</summary>
internal static class DocComment
{
    /// <summary>The comment of an element: description, section, unit, figure, errata.</summary>
    public static string For(ElementInfo info, string? diagram = null, string? note = null)
    {
        List<string> remarks = [];
        if (note is not null)
        {
            remarks.Add(Paragraph(Escape(Sentence(note))));
        }

        if (info.Reference.Length > 0)
        {
            remarks.Add(Paragraph(Escape(Sentence(info.Reference))));
        }

        if (!string.IsNullOrEmpty(diagram))
        {
            remarks.Add("<code>");
            remarks.AddRange(diagram!.Split('\n').Select(Escape));
            remarks.Add("</code>");
        }

        foreach (ErratumModel erratum in info.Errata)
        {
            remarks.Add(Paragraph(Erratum(erratum)));
        }

        string summary = "/// " + Summary(info.Doc.Length > 0 ? info.Doc : info.Name);
        if (remarks.Count == 0)
        {
            return summary;
        }

        if (remarks.Count == 1)
        {
            return summary + "\n/// <remarks>" + remarks[0].Replace("<para>", string.Empty).Replace("</para>", string.Empty) + "</remarks>";
        }

        return summary + "\n/// <remarks>\n" + string.Concat(remarks.Select(line => "/// " + line + "\n")) + "/// </remarks>";
    }

    public static string Summary(string text) => "<summary>" + Escape(Sentence(text)) + "</summary>";

    public static string Parameter(string name, string text) => $"/// <param name=\"{name}\">{Escape(Sentence(text))}</param>";

    /// <summary>One line, with the capital and the full stop of a sentence.</summary>
    public static string Sentence(string text)
    {
        string line = string.Join(" ", text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0)
        {
            return line;
        }

        // A document's name (draft-…) and a field's name keep their first letter.
        bool plainWord = char.IsLower(line[0]) && line.TakeWhile(c => c != ' ').All(char.IsLower);
        string start = plainWord ? char.ToUpperInvariant(line[0]) + line.Substring(1) : line;
        return ".!?".IndexOf(start[start.Length - 1]) >= 0 ? start : start + ".";
    }

    private static string Erratum(ErratumModel erratum)
    {
        StringBuilder text = new();
        text.Append(erratum.Id);
        if (erratum.Sections.Count > 0)
        {
            text.Append(" (").Append(string.Join(", ", erratum.Sections)).Append(')');
        }

        text.Append(": ").Append(Sentence(erratum.Conflict));
        if (erratum.Readings.Count > 0)
        {
            text.Append(" Readings: ").Append(string.Join("; ", erratum.Readings.Select(reading => reading.TrimEnd('.')))).Append('.');
        }

        return Escape(text.Append(" Choice: ").Append(Sentence(erratum.Choice)).ToString());
    }

    private static string Paragraph(string text) => "<para>" + text + "</para>";

    /// <summary>Text as it stands in a comment: on the line that it begins in, and no markup.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            escaped.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' => " ",
                _ when (i + 1 < text.Length && char.IsSurrogatePair(text, i)) || (i > 0 && char.IsSurrogatePair(text, i - 1)) => c.ToString(),

                // No character of XML.
                '\ufffe' or '\uffff' or (>= '\ud800' and <= '\udfff') => "\ufffd",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
