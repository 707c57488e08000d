using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>A chain of Notify payloads that is being put together for a message.</summary>
internal sealed class NotifyChain
{
    private const int InitialCapacity = 128;

    private byte[] _octets = new byte[InitialCapacity];
    private int _length;
    private int _last = -1;

    /// <summary>The type of the first payload.</summary>
    public PayloadType First => _last < 0 ? PayloadType.NoNextPayload : PayloadType.Notify;

    /// <summary>The octets of the chain.</summary>
    public ReadOnlyMemory<byte> Octets => _octets.AsMemory(0, _length);

    /// <summary>Empties the chain, so that its memory is used for another.</summary>
    public void Clear()
    {
        _length = 0;
        _last = -1;
    }

    /// <summary>Appends a notify that names no SA.</summary>
    /// <exception cref="ArgumentException">The data is longer than a payload may be.</exception>
    public NotifyChain Add(NotifyType type, ReadOnlySpan<byte> data, bool critical = false)
    {
        NotifyPayload payload = new(PayloadType.NoNextPayload, ProtocolId.None, type, spi: [], data, critical: critical);
        if (_octets.Length - _length < payload.WireLength)
        {
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, _length + payload.WireLength));
        }

        if (!payload.TryWrite(_octets.AsSpan(_length), out int written, out _))
        {
            throw new ArgumentException("longer than a payload may be", nameof(data));
        }

        if (_last >= 0)
        {
            // Next Payload is the first octet of the generic payload header.
            _octets[_last] = (byte)PayloadType.Notify;
        }

        _last = _length;
        _length += written;
        return this;
    }
}
