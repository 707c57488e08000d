using MobikeX.Generators.Binding;

namespace MobikeX.Cli.Yaml;

/// <summary>Finds what the writer of a wrong name probably meant.</summary>
internal static class NearestName
{
    /// <summary>A sentence that follows the fault: the nearest of the names, or all where they are few, or nothing.</summary>
    public static string Hint(string wrong, IEnumerable<string> names)
    {
        string[] known = [.. names];
        string? nearest = known
            .Select(name => (name, distance: NameDistance.Between(wrong, name, Limit(name))))
            .Where(candidate => candidate.distance <= Limit(candidate.name))
            .OrderBy(candidate => candidate.distance)
            .Select(candidate => candidate.name)
            .FirstOrDefault();
        return nearest is not null ? $"; did you mean '{nearest}'?"
            : known.Length is > 0 and <= 12 ? $"; known here: {string.Join(", ", known)}"
            : string.Empty;
    }

    private static int Limit(string name) => Math.Max(1, name.Length / 3);
}
