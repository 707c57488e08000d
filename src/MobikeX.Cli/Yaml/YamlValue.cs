namespace MobikeX.Cli.Yaml;

/// <summary>A value of a YAML file with its place, counted from 1.</summary>
internal abstract record YamlValue(int Line, int Column)
{
    /// <summary>What the value is, for "expected …, found …".</summary>
    public abstract string Kind { get; }
}

/// <summary>A scalar as it is written: <c>00000000000000a1</c> stays text, whoever asks for a number converts it.</summary>
internal sealed record YamlScalar(string Text, bool Quoted, int Line, int Column) : YamlValue(Line, Column)
{
    public override string Kind => IsNull ? "nothing" : $"'{Text}'";

    public bool IsNull => !Quoted && Text is "" or "~" or "null";
}

internal sealed record YamlSequence(IReadOnlyList<YamlValue> Items, int Line, int Column) : YamlValue(Line, Column)
{
    public override string Kind => "a list";
}

internal sealed record YamlMapping(IReadOnlyList<YamlEntry> Entries, int Line, int Column) : YamlValue(Line, Column)
{
    public override string Kind => "a mapping";

    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key);
}

internal sealed record YamlEntry(YamlScalar Key, YamlValue Value);
