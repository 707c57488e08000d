namespace MobikeX.Generators.Syntax;

/// <summary>One file of a spec, as text: what the pipeline takes from an additional file.</summary>
public sealed record SpecFile(string Path, string Text)
{
    /// <summary>The namespace that the project asks for in place of the spec's own; empty where it asks for none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>How far the generated types are seen, <c>public</c> or <c>internal</c>, as the project says it; empty where it says nothing.</summary>
    public string Visibility { get; init; } = "";
}
