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
            int distance = NameDistance.Between(written, candidate, bestDistance);
            if (distance < bestDistance || (distance == bestDistance && (best is null || string.CompareOrdinal(candidate, best) < 0)))
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best is null ? "" : $"; did you mean '{best}'?";
    }
}
