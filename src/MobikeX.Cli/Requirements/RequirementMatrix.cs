using MobikeX.Cli.Yaml;

namespace MobikeX.Cli.Requirements;

/// <summary>A requirement and the tests that show it.</summary>
internal sealed record RequirementRow(Requirement Requirement, IReadOnlyList<RequirementReference> Tests)
{
    /// <summary>True where a test has to show it, and none does.</summary>
    public bool IsMissingTest => Requirement.NeedsTest && Tests.Count == 0;
}

/// <summary>Which test shows which requirement.</summary>
internal sealed class RequirementMatrix
{
    private RequirementMatrix(IReadOnlyList<RequirementRow> rows, IReadOnlyList<string> faults)
    {
        Rows = rows;
        Faults = faults;
    }

    /// <summary>Every requirement, in the order of the file.</summary>
    public IReadOnlyList<RequirementRow> Rows { get; }

    /// <summary>What is wrong, one line each: requirements without a test that need one, and tests that name what does not exist.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Puts requirements and what tests name side by side.</summary>
    /// <param name="path">The file of the requirements, for the faults.</param>
    /// <param name="requirements">The requirements.</param>
    /// <param name="references">What tests name.</param>
    public static RequirementMatrix Of(string path, IReadOnlyList<Requirement> requirements, IReadOnlyList<RequirementReference> references)
    {
        ILookup<string, RequirementReference> byId = references.ToLookup(reference => reference.Id);
        RequirementRow[] rows = [.. requirements.Select(requirement => new RequirementRow(requirement, [.. byId[requirement.Id]]))];
        string[] ids = [.. requirements.Select(requirement => requirement.Id)];
        HashSet<string> known = [.. ids];
        IEnumerable<string> missing = rows
            .Where(row => row.IsMissingTest)
            .Select(row => $"{path}:{row.Requirement.Line}: {row.Requirement.Id} ({row.Requirement.Level.Word()}) has no test");
        IEnumerable<string> unknown = references
            .Where(reference => !known.Contains(reference.Id))
            .Select(reference => $"{reference}: no requirement has the id '{reference.Id}'{NearestName.Hint(reference.Id, ids)}");
        return new RequirementMatrix(rows, [.. missing, .. unknown]);
    }
}
