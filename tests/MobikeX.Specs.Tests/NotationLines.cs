namespace MobikeX.Specs.Tests;

/// <summary>Keeps what a value tells, a line an item.</summary>
internal sealed class NotationLines : INotationWriter
{
    private int _depth;

    public List<string> Lines { get; } = [];

    public void Begin(string name, int offset)
    {
        Add($"{name}@{offset}");
        _depth++;
    }

    public void End()
    {
        _depth--;
        Assert.True(_depth >= 0);
    }

    public void Flag(string field, bool value) => Add($"{field}={value}");

    public void Number(string field, ulong value, string? unit) => Add($"{field}={value}");

    public void Registry(string field, ulong value, string? name) => Add($"{field}={name ?? value.ToString(System.Globalization.CultureInfo.InvariantCulture)}");

    public void Address(string field, IpAddress value) => Add($"{field}={value}");

    public void Octets(string field, ReadOnlySpan<byte> value) => Add($"{field}={Hex.ToText(value)}");

    public void BeginList(string field)
    {
        Add(field + ":");
        _depth++;
    }

    public void EndList() => End();

    private void Add(string line) => Lines.Add(new string(' ', _depth * 2) + line);
}
