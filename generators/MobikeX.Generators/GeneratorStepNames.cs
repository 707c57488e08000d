namespace MobikeX.Generators;

/// <summary>The steps of the pipeline, by the names that tests find them under.</summary>
internal static class GeneratorStepNames
{
    /// <summary>Path and text of each spec file.</summary>
    public const string Files = "SpecFiles";

    /// <summary>The tree of each file.</summary>
    public const string Parse = "Parse";

    /// <summary>All trees together, to models and faults.</summary>
    public const string Bind = "Bind";

    /// <summary>The faults of the specs.</summary>
    public const string Diagnostics = "Diagnostics";

    /// <summary>The models, which know no place in a file.</summary>
    public const string Models = "Models";

    /// <summary>The files to generate, each with the slice of a model that it depends on.</summary>
    public const string Plan = "Plan";

    /// <summary>The text of each file.</summary>
    public const string Render = "Render";

    /// <summary>Whether the project's C# is too old for what is generated.</summary>
    public const string Language = "Language";

    public static readonly string[] All = [Files, Parse, Bind, Diagnostics, Models, Plan, Render, Language];
}
