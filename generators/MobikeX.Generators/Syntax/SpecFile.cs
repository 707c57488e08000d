namespace MobikeX.Generators.Syntax;

/// <summary>One file of a spec, as text: what the pipeline takes from an additional file.</summary>
public sealed record SpecFile(string Path, string Text);
