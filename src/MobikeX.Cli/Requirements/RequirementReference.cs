namespace MobikeX.Cli.Requirements;

/// <summary>A place in a test that names a requirement.</summary>
/// <param name="Id">The id that it names.</param>
/// <param name="Path">The file, with slashes, from the folder of the tests on.</param>
/// <param name="Line">The line, counted from 1.</param>
internal sealed record RequirementReference(string Id, string Path, int Line)
{
    public override string ToString() => $"{Path}:{Line}";
}
