using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>Specs that tests compile: those of the repository, and small ones.</summary>
internal static class SpecSources
{
    private const string Header = """
        spec: demo
        title: Demo
        document: RFC 9999
        namespace: Demo

        """;

    /// <summary>The files of <c>spec/</c>, by their paths from there.</summary>
    public static IReadOnlyList<SpecFile> Repository { get; } = ReadRepository();

    /// <summary>What the pages of the diagnostics import: a registry of notify types, a payload, the parameter HOST, the notify PING.</summary>
    public static SpecFile Carrier { get; } = new("carrier.yaml", ReadText("docs", "carrier.yaml"));

    /// <summary>A spec of some sections, with the name and the namespace <c>demo</c>; the carrier is beside it.</summary>
    public static IReadOnlyList<SpecFile> Demo(string sections) => [new("demo.yaml", Header + sections), Carrier];

    public static string ReadText(params string[] path) =>
        File.ReadAllText(Path.Combine([AppContext.BaseDirectory, .. path])).ReplaceLineEndings("\n");

    /// <summary>The repository's specs with one text replaced, which must be there.</summary>
    public static IReadOnlyList<SpecFile> RepositoryWith(string path, string old, string replacement)
    {
        Assert.Contains(old, Repository.Single(f => f.Path == path).Text, StringComparison.Ordinal);
        return [.. Repository.Select(f => f.Path == path ? f with { Text = f.Text.Replace(old, replacement, StringComparison.Ordinal) } : f)];
    }

    private static IReadOnlyList<SpecFile> ReadRepository()
    {
        string root = Path.Combine(AppContext.BaseDirectory, "spec");
        return
        [
            .. Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/'))
                .Where(p => p != "requirements.yaml")
                .Order(StringComparer.Ordinal)
                .Select(p => new SpecFile(p, ReadText("spec", p))),
        ];
    }
}
