using System.Runtime.CompilerServices;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Protocol;

/// <summary>Writes a chain of Notify payloads that name no SA (RFC 7296 section 3.10): each one's data is written where it stays, and its header around it.</summary>
public ref struct PayloadChainWriter
{
    private readonly Span<byte> _destination;
    private int _length;
    private int _last;

    /// <summary>Starts at the start of <paramref name="destination"/>.</summary>
    public PayloadChainWriter(Span<byte> destination)
    {
        _destination = destination;
        _length = 0;
        _last = 0;
    }

    /// <summary>The type of the first payload, for the header before it.</summary>
    public readonly PayloadType First => _length == 0 ? PayloadType.NoNextPayload : PayloadType.Notify;

    /// <summary>Where the Notification Data of the next notify is to be written; empty where there is no room for any.</summary>
    public readonly Span<byte> Data =>
        _destination.Length - _length > NotifyPayload.MinimumLength ? _destination.Slice(_length + NotifyPayload.MinimumLength) : default;

    /// <summary>What is written so far: a whole chain.</summary>
    public readonly ReadOnlySpan<byte> Written => _destination.Slice(0, _length);

    /// <summary>Adds a notify whose data, of <paramref name="dataLength"/> octets, stands in <see cref="Data"/>; false, and nothing added, where it does not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(NotifyType type, int dataLength, out WireFailure failure)
    {
        NotifyPayload payload = new(PayloadType.NoNextPayload, ProtocolId.None, type, default, default);
        if (!payload.TryWriteAround(dataLength, _destination.Slice(_length), out int length, out failure))
        {
            return false;
        }

        if (_length > 0)
        {
            // Next Payload is the first octet of the generic payload header.
            _destination[_last] = (byte)PayloadType.Notify;
        }

        _last = _length;
        _length += length;
        return true;
    }
}
