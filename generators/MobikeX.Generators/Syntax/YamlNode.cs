namespace MobikeX.Generators.Syntax;

/// <summary>A node of a YAML file with its place. The tree lives from reading to binding; the model keeps nothing of it.</summary>
internal abstract class YamlNode(SpecSpan span)
{
    public SpecSpan Span { get; } = span;

    /// <summary>True where the file broke off inside this node, so that what is missing in it may only be unread.</summary>
    public bool Truncated { get; init; }

    /// <summary>What messages call this kind of node.</summary>
    public abstract string Kind { get; }

    /// <summary>Keys from the top of the file to here: <c>parameters.IP.fields.version</c>.</summary>
    public string Path
    {
        get
        {
            if (Parent is null)
            {
                return "";
            }

            // A field is found by its key, not by its place in the list.
            string outer = Parent.Path;
            bool isField = Parent.Label == "fields" && this is YamlMapping { Entries.Count: 1 };
            string separator = outer.Length == 0 || Label.StartsWith("[", StringComparison.Ordinal) ? "" : ".";
            return isField ? outer : outer + separator + Label;
        }
    }

    private YamlNode? Parent { get; set; }

    private string Label { get; set; } = "";

    protected void Adopt(YamlNode child, string label)
    {
        child.Parent = this;
        child.Label = label;
    }
}

/// <summary>A scalar; for a key, <see cref="YamlNode.Path"/> is that of its value.</summary>
internal sealed class YamlScalar(SpecSpan span, string value, bool plain) : YamlNode(span)
{
    public string Value { get; } = value;

    /// <summary>Nothing, <c>~</c> or <c>null</c> without quotes. <c>NULL</c> is a name: protocols have states of that name.</summary>
    public bool IsNull => plain && Value is "" or "~" or "null";

    public override string Kind => IsNull ? "nothing" : "a single value";
}

internal sealed class YamlSequence : YamlNode
{
    public YamlSequence(SpecSpan span, IReadOnlyList<YamlNode> items)
        : base(span)
    {
        Items = items;
        for (int i = 0; i < items.Count; i++)
        {
            Adopt(items[i], $"[{i}]");
        }
    }

    public IReadOnlyList<YamlNode> Items { get; }

    public override string Kind => "a list";
}

internal sealed class YamlMapping : YamlNode
{
    public YamlMapping(SpecSpan span, IReadOnlyList<YamlEntry> entries)
        : base(span)
    {
        Entries = entries;
        foreach (YamlEntry entry in entries)
        {
            Adopt(entry.Key, entry.Key.Value);
            Adopt(entry.Value, entry.Key.Value);
        }
    }

    public IReadOnlyList<YamlEntry> Entries { get; }

    public override string Kind => "a mapping";

    public YamlEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key.Value == key);
}

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>One file, read: its tree as far as it could be read, and what was wrong with the YAML.</summary>
/// <param name="Root">Null where the file holds no node at all.</param>
internal sealed record YamlDocument(SpecFile File, YamlNode? Root, IReadOnlyList<Diagnostics.SpecDiagnostic> Diagnostics)
{
    public string Path => File.Path;

    /// <summary>True where the file broke off: a name that is not found may stand in the unread rest.</summary>
    public bool Truncated => Root is null or { Truncated: true };
}
