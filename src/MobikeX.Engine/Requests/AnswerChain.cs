using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>The answers to a request, in the order of what caused them.</summary>
internal sealed class AnswerChain
{
    private readonly NotifyChain _notifies = new();

    /// <summary>The type of the first payload.</summary>
    public PayloadType First => _notifies.First;

    public void Clear() => _notifies.Clear();

    public void Add(NotifyType type, ReadOnlySpan<byte> data) => _notifies.Add(type, data);

    /// <summary>Answers with nothing but the ID, where there is one (section 10).</summary>
    public void Add(NotifyType type, ushort? id)
    {
        Span<byte> data = stackalloc byte[IdParameter.MinimumLength];
        int length = 0;
        if (id is { } identifier)
        {
            new IdParameter(identifier).TryWrite(data, out length, out _);
        }

        _notifies.Add(type, data.Slice(0, length));
    }

    /// <summary>Answers with the type of a payload that is not understood (RFC 7296 section 2.5).</summary>
    public void Add(NotifyType type, PayloadType refused)
    {
        Span<byte> data = stackalloc byte[UnsupportedCriticalPayloadNotify.MinimumLength];
        new UnsupportedCriticalPayloadNotify(refused).TryWrite(data, out int length, out _);
        _notifies.Add(type, data.Slice(0, length));
    }

    /// <summary>A copy that outlives the request; nothing is allocated where there is no answer.</summary>
    public ReadOnlyMemory<byte> Copy() => _notifies.Octets.IsEmpty ? default : _notifies.Octets.ToArray();
}
