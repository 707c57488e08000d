namespace MobikeX.Cli.Yaml;

/// <summary>What is wrong with a file, and where.</summary>
internal sealed record Fault(string Path, int Line, int Column, string Text)
{
    public override string ToString() => $"{Path}:{Line}:{Column}: {Text}";
}

/// <summary>Collects the faults of one file, so that one run names them all.</summary>
internal sealed class Faults(string path)
{
    private readonly List<Fault> _found = [];

    public string Path { get; } = path;

    public bool Any => _found.Count > 0;

    public int Count => _found.Count;

    /// <summary>The faults in the order of the file.</summary>
    public IReadOnlyList<Fault> InOrder() => [.. _found.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    public void AddAll(Faults others) => _found.AddRange(others._found);

    public void Add(YamlValue at, string text) => Add(at.Line, at.Column, text);

    public void Add(int line, int column, string text) => _found.Add(new Fault(Path, line, column, text));
}
