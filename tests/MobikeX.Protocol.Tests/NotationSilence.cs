namespace MobikeX.Protocol.Tests;

/// <summary>Takes what is described, and keeps only whether what began has ended.</summary>
internal sealed class NotationSilence : INotationWriter
{
    public int Depth { get; private set; }

    public void Begin(string name, int offset) => Depth++;

    public void End() => Depth--;

    public void Flag(string field, bool value)
    {
    }

    public void Number(string field, ulong value, string? unit)
    {
    }

    public void Registry(string field, ulong value, string? name)
    {
    }

    public void Address(string field, IpAddress value)
    {
    }

    public void Octets(string field, ReadOnlySpan<byte> value)
    {
    }

    public void BeginList(string field) => Depth++;

    public void EndList() => Depth--;
}
