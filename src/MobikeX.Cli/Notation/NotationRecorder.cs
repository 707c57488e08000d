using MobikeX.Runtime;

namespace MobikeX.Cli.Notation;

/// <summary>Keeps what a value tells of itself, so that one description serves every form of output.</summary>
/// <param name="origin">Where the described octets begin in the input.</param>
internal sealed class NotationRecorder(int origin) : INotationWriter
{
    private readonly Stack<(DescribedBlock Block, List<DescribedValue>? List)> _open = new();
    private List<DescribedValue>? _list;

    /// <summary>The parameters, in wire order.</summary>
    internal List<DescribedBlock> Parameters { get; } = [];

    /// <summary>The fields of a notify that has fields and no parameters.</summary>
    internal List<DescribedField> Fields { get; } = [];

    public void Begin(string name, int offset)
    {
        // A nested struct is told with its place in the struct around it.
        int start = _open.TryPeek(out (DescribedBlock Block, List<DescribedValue>? List) outer) ? outer.Block.Offset : origin;
        var block = new DescribedBlock(name, start + offset, []);
        if (_open.Count == 0 && _list is null)
        {
            Parameters.Add(block);
        }
        else
        {
            Add(name, new DescribedValue.Nested(block));
        }

        // A list goes on behind the struct in it.
        _open.Push((block, _list));
        _list = null;
    }

    public void End() => _list = _open.Pop().List;

    public void Flag(string field, bool value) => Add(field, new DescribedValue.Flag(value));

    public void Number(string field, ulong value, string? unit) => Add(field, new DescribedValue.Number(value, unit));

    public void Registry(string field, ulong value, string? name) => Add(field, new DescribedValue.Registry(value, name));

    public void Address(string field, IpAddress value) => Add(field, new DescribedValue.Address(value));

    public void Octets(string field, ReadOnlySpan<byte> value) => Add(field, new DescribedValue.Octets(Hex.ToText(value)));

    public void BeginList(string field)
    {
        var list = new DescribedValue.List([]);
        Add(field, list);
        _list = list.Items;
    }

    public void EndList() => _list = null;

    private void Add(string field, DescribedValue value)
    {
        if (_list is not null)
        {
            _list.Add(value);
        }
        else
        {
            (_open.TryPeek(out (DescribedBlock Block, List<DescribedValue>? List) open) ? open.Block.Fields : Fields).Add(new DescribedField(field, value));
        }
    }
}
