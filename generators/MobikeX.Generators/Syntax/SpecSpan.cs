namespace MobikeX.Generators.Syntax;

/// <summary>A place in a file. Lines and columns count from 0, as in Roslyn; <see cref="ToString"/> counts from 1, as editors do.</summary>
public readonly record struct SpecSpan(string Path, int Start, int Length, int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    /// <summary>The beginning of a file.</summary>
    public static SpecSpan Top(string path) => new(path, 0, 0, 0, 0, 0, 0);

    public override string ToString() => $"{Path}:{StartLine + 1}:{StartColumn + 1}";
}
