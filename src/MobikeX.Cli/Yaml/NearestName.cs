namespace MobikeX.Cli.Yaml;

/// <summary>Finds what the writer of a wrong name probably meant.</summary>
internal static class NearestName
{
    /// <summary>A sentence that follows the fault: the nearest of the names, or all where they are few, or nothing.</summary>
    public static string Hint(string wrong, IEnumerable<string> names)
    {
        string[] known = [.. names];
        string? nearest = known
            .Select(name => (name, distance: Distance(wrong.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.distance <= Math.Max(1, candidate.name.Length / 3))
            .OrderBy(candidate => candidate.distance)
            .Select(candidate => candidate.name)
            .FirstOrDefault();
        return nearest is not null ? $"; did you mean '{nearest}'?"
            : known.Length is > 0 and <= 12 ? $"; known here: {string.Join(", ", known)}"
            : string.Empty;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one into the other.</summary>
    private static int Distance(string left, string right)
    {
        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int replaced = cost[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replaced, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[left.Length, right.Length];
    }
}
