using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Messages;

/// <summary>Payloads that are put one behind the other, each naming the type of the next (RFC 7296, section 3.2).</summary>
internal sealed class PayloadChain
{
    private byte[] _octets = new byte[512];
    private int _length;
    private int _last;

    /// <summary>A chain of these payloads.</summary>
    internal PayloadChain(params ReadOnlySpan<IkePayload> payloads)
    {
        foreach (IkePayload payload in payloads)
        {
            Add(payload);
        }
    }

    /// <summary>The type of the first payload, for the header in front of the chain.</summary>
    internal PayloadType First { get; private set; }

    /// <summary>The payloads as they go into a message; valid until the next is added.</summary>
    internal ReadOnlySpan<byte> Octets => _octets.AsSpan(0, _length);

    internal bool IsEmpty => _length == 0;

    /// <summary>What the events tell of the message that this chain is sent in; nothing is added to it any more.</summary>
    internal MessagePayloads ToMessage() => new(First, _octets.AsMemory(0, _length));

    /// <summary>True where INVALID_SYNTAX is among what was added one by one: the message is the last of its IKE_SA (RFC 7296, section 2.21.3).</summary>
    internal bool IsFatal { get; private set; }

    internal void Add(IkePayload payload)
    {
        IsFatal |= payload is NotifyValue { NotifyType: NotifyType.InvalidSyntax };
        AddChain(payload.Type, payload.ToOctets());
    }

    internal void AddRange(IEnumerable<IkePayload> payloads)
    {
        foreach (IkePayload payload in payloads)
        {
            Add(payload);
        }
    }

    /// <summary>Adds payloads that are in a chain already.</summary>
    /// <exception cref="ArgumentException">They are no chain.</exception>
    internal void AddChain(PayloadType first, ReadOnlySpan<byte> chain)
    {
        if (chain.IsEmpty)
        {
            return;
        }

        int last = LastOf(first, chain);
        if (IsEmpty)
        {
            First = first;
        }
        else
        {
            Link(_octets.AsSpan(_last, _length - _last), first);
        }

        if (_octets.Length - _length < chain.Length)
        {
            Array.Resize(ref _octets, Math.Max(2 * _octets.Length, _length + chain.Length));
        }

        chain.CopyTo(_octets.AsSpan(_length));
        _last = _length + last;
        _length += chain.Length;
    }

    private static int LastOf(PayloadType first, ReadOnlySpan<byte> chain)
    {
        int last = 0;
        var reader = new PayloadChainReader(first, chain);
        while (reader.TryRead(out PayloadView payload))
        {
            last = payload.Offset;
        }

        return reader.Rest.IsEmpty && reader.Next == PayloadType.NoNextPayload
            ? last
            : throw new ArgumentException($"this is no chain of payloads: {reader.Failure}", nameof(chain));
    }

    private static void Link(Span<byte> payload, PayloadType next)
    {
        if (PayloadHeader.TryRead(payload, out PayloadHeader header, out _, out _))
        {
            new PayloadHeader(next, header.PayloadLength, header.Critical).TryWrite(payload, out _, out _);
        }
    }
}
