namespace MobikeX.Generators.Binding;

/// <summary>"Did you mean": the nearest of the names that would have been right.</summary>
internal static class Suggestion
{
    /// <summary>More names than any protocol has of one kind: a bound against a text made of faults.</summary>
    private const int MaximumCandidates = 300;

    /// <summary>The end of a message: <c>; did you mean 'IP_VERSION'?</c>, or nothing where no name is near.</summary>
    public static string For(string written, IEnumerable<string> candidates)
    {
        string? best = null;
        int bestDistance = 1 + (Math.Min(written.Length, 24) / 3);
        foreach (string candidate in candidates.Take(MaximumCandidates))
        {
            int distance = Distance(written, candidate, bestDistance);
            if (distance < bestDistance || (distance == bestDistance && (best is null || string.CompareOrdinal(candidate, best) < 0)))
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best is null ? "" : $"; did you mean '{best}'?";
    }

    /// <summary>Edit distance (insert, delete, replace, swap neighbours), without regard to case; above <paramref name="limit"/> any number above it.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit || a.Length > 100)
        {
            return limit + 1;
        }

        int[] twoAbove = new int[b.Length + 1];
        int[] above = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = above[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replace, 1 + Math.Min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
                }
            }

            (twoAbove, above) = (above, row);
        }

        return above[b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
