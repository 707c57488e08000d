using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Protocol;

/// <summary>Walks a chain of payloads: each names the type of the next (RFC 7296 section 3.2). It always ends, whatever the octets are.</summary>
public ref struct PayloadChainReader
{
    private readonly ReadOnlySpan<byte> _chain;
    private bool _failed;

    /// <summary>Starts at the first payload.</summary>
    /// <param name="first">Its type, which the header before it names.</param>
    /// <param name="chain">The payloads.</param>
    public PayloadChainReader(PayloadType first, ReadOnlySpan<byte> chain)
    {
        _chain = chain;
        _failed = false;
        Next = first;
        Offset = 0;
        Failure = default;
    }

    /// <summary>The type of the payload that comes next.</summary>
    public PayloadType Next { readonly get; private set; }

    /// <summary>Where the next payload starts, in octets from the start of the chain.</summary>
    public int Offset { readonly get; private set; }

    /// <summary>The payloads that have not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _chain.Slice(Offset);

    /// <summary>Why the walk ended early; no failure where it did not.</summary>
    public WireFailure Failure { readonly get; private set; }

    /// <summary>Reads the next payload; false at the end of the chain, and where it cannot be read.</summary>
    public bool TryRead(out PayloadView payload)
    {
        ReadOnlySpan<byte> rest = _chain.Slice(Offset);
        if (Next == PayloadType.NoNextPayload || _failed)
        {
            return End(rest, out payload);
        }

        if (!PayloadHeader.TryRead(rest, out PayloadHeader header, out _, out WireFailure failure))
        {
            return Fail(failure.At(Offset), out payload);
        }

        if (header.PayloadLength > rest.Length)
        {
            return Fail(new WireFailure(WireFailureKind.BadLength, Offset, string.Empty, string.Empty, "the payload is longer than what is left"), out payload);
        }

        payload = new PayloadView(Next, header.Critical, rest.Slice(0, header.PayloadLength), Offset);
        Next = header.NextPayload;
        Offset += header.PayloadLength;
        return true;
    }

    private bool End(ReadOnlySpan<byte> rest, out PayloadView payload) =>
        rest.IsEmpty || _failed
            ? None(out payload)
            : Fail(new WireFailure(WireFailureKind.TrailingOctets, Offset, string.Empty, string.Empty, "octets are left behind the last payload"), out payload);

    private bool Fail(WireFailure failure, out PayloadView payload)
    {
        Failure = failure;
        _failed = true;
        return None(out payload);
    }

    private static bool None(out PayloadView payload)
    {
        payload = default;
        return false;
    }
}
