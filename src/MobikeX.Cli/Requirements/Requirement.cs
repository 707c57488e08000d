namespace MobikeX.Cli.Requirements;

/// <summary>One demand of the document, as <c>spec/requirements.yaml</c> has it.</summary>
internal sealed record Requirement(
    string Id,
    string Section,
    RequirementLevel Level,
    string Text,
    RequirementBinding Binds,
    string? OutOfScope,
    IReadOnlyList<string> Errata,
    int Line)
{
    /// <summary>True where this toolkit keeps it; otherwise <see cref="OutOfScope"/> says why not.</summary>
    public bool IsInScope => OutOfScope is null;

    /// <summary>True where a test has to show it: it binds absolutely, and it binds code of ours.</summary>
    public bool NeedsTest =>
        IsInScope && Binds == RequirementBinding.Implementation && Level is RequirementLevel.Must or RequirementLevel.MustNot;
}

/// <summary>The levels of RFC 2119.</summary>
internal enum RequirementLevel
{
    Must,
    MustNot,
    Should,
    ShouldNot,
    Recommended,
    May,
}

/// <summary>Whom a requirement binds.</summary>
internal enum RequirementBinding
{
    /// <summary>The code of a peer.</summary>
    Implementation,

    /// <summary>A later version of the document.</summary>
    Document,

    /// <summary>Whoever configures a peer.</summary>
    Deployment,
}

/// <summary>The words that the file uses.</summary>
internal static class RequirementWords
{
    public static readonly IReadOnlyDictionary<string, RequirementLevel> Levels = new Dictionary<string, RequirementLevel>
    {
        ["MUST"] = RequirementLevel.Must,
        ["MUST NOT"] = RequirementLevel.MustNot,
        ["SHOULD"] = RequirementLevel.Should,
        ["SHOULD NOT"] = RequirementLevel.ShouldNot,
        ["RECOMMENDED"] = RequirementLevel.Recommended,
        ["MAY"] = RequirementLevel.May,
    };

    public static readonly IReadOnlyDictionary<string, RequirementBinding> Bindings = new Dictionary<string, RequirementBinding>
    {
        ["implementation"] = RequirementBinding.Implementation,
        ["document"] = RequirementBinding.Document,
        ["deployment"] = RequirementBinding.Deployment,
    };

    public static readonly IReadOnlyDictionary<string, bool> Scopes = new Dictionary<string, bool> { ["in"] = true, ["out"] = false };

    public static string Word(this RequirementLevel level) => Levels.First(entry => entry.Value == level).Key;

    public static string Word(this RequirementBinding binding) => Bindings.First(entry => entry.Value == binding).Key;
}
