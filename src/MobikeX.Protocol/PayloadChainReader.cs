using System.Runtime.CompilerServices;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Protocol;

/// <summary>Walks a chain of payloads: each names the type of the next (RFC 7296 section 3.2). It always ends, whatever the octets are.</summary>
public ref struct PayloadChainReader
{
    private readonly int _length;
    private bool _failed;

    /// <summary>Starts at the first payload.</summary>
    /// <param name="first">Its type, which the header before it names.</param>
    /// <param name="chain">The payloads.</param>
    public PayloadChainReader(PayloadType first, ReadOnlySpan<byte> chain)
    {
        _length = chain.Length;
        _failed = false;
        Next = first;
        Rest = chain;
        Failure = default;
    }

    /// <summary>The type of the payload that comes next.</summary>
    public PayloadType Next { readonly get; private set; }

    /// <summary>Where the next payload starts, in octets from the start of the chain.</summary>
    public readonly int Offset => _length - Rest.Length;

    /// <summary>The payloads that have not been read.</summary>
    public ReadOnlySpan<byte> Rest { readonly get; private set; }

    /// <summary>True where all payloads have been read, and nothing stands behind the last.</summary>
    public readonly bool IsAtEnd => Next == PayloadType.NoNextPayload && Rest.IsEmpty;

    /// <summary>Why the walk ended early; no failure where it did not.</summary>
    public WireFailure Failure { readonly get; private set; }

    /// <summary>Reads the next payload; false at the end of the chain, and where it cannot be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out PayloadView payload)
    {
        ReadOnlySpan<byte> rest = Rest;
        if (Next == PayloadType.NoNextPayload || _failed
            || !PayloadHeader.TryRead(rest, out PayloadHeader header, out _, out _) || header.PayloadLength > rest.Length)
        {
            payload = default;
            End();
            return false;
        }

        payload = new PayloadView(Next, header.Critical, rest.Slice(0, header.PayloadLength), Offset);
        Next = header.NextPayload;
        Rest = rest.Slice(header.PayloadLength);
        return true;
    }

    /// <summary>Reads the next payload where it is a Notify payload and well-formed; else false, and it is still the next.</summary>
    /// <remarks>Its header is looked at once. What the next payload is instead, and why it cannot be read, <see cref="TryRead"/> tells.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadNotify(out NotifyPayload notify)
    {
        if (Next == PayloadType.Notify && !_failed && NotifyPayload.TryRead(Rest, out notify, out int length))
        {
            Next = notify.NextPayload;
            Rest = Rest.Slice(length);
            return true;
        }

        notify = default;
        return false;
    }

    // Why there is no payload is found out apart, so that the walk itself is short.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void End()
    {
        if (_failed)
        {
            return;
        }

        WireFailure failure;
        if (Next != PayloadType.NoNextPayload)
        {
            failure = PayloadHeader.TryRead(Rest, out _, out _, out failure)
                ? new WireFailure(WireFailureKind.BadLength, Offset, string.Empty, string.Empty, "the payload is longer than what is left")
                : failure.At(Offset);
        }
        else if (!Rest.IsEmpty)
        {
            failure = new WireFailure(WireFailureKind.TrailingOctets, Offset, string.Empty, string.Empty, "octets are left behind the last payload");
        }
        else
        {
            return;
        }

        Failure = failure;
        _failed = true;
    }
}
