using System.Text;

namespace VerifyTests;

/// <summary>Where two texts differ, in lines: what stands between their common beginning and their common end.</summary>
internal static class LineDifference
{
    private const int Context = 3;
    private const int Most = 40;

    public static string Between(string verified, string received)
    {
        string[] before = verified.Split('\n');
        string[] after = received.Split('\n');
        int same = 0;
        while (same < before.Length && same < after.Length && before[same] == after[same])
        {
            same++;
        }

        int end = 0;
        while (end < before.Length - same && end < after.Length - same && before[^(end + 1)] == after[^(end + 1)])
        {
            end++;
        }

        StringBuilder text = new();
        text.Append($"Line {same + 1} and on differ (- verified, + received):\n");
        Append(text, "  ", before[Math.Max(0, same - Context)..same]);
        Append(text, "- ", before[same..^end]);
        Append(text, "+ ", after[same..^end]);
        Append(text, "  ", before[^end..][..Math.Min(Context, end)]);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string mark, string[] lines)
    {
        foreach (string line in lines.Take(Most))
        {
            text.Append(mark).Append(line).Append('\n');
        }

        if (lines.Length > Most)
        {
            text.Append($"{mark}… {lines.Length - Most} more\n");
        }
    }
}
