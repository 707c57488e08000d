using System.Runtime.CompilerServices;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Protocol;

/// <summary>A payload of a chain, as it stands in the message.</summary>
public readonly ref struct PayloadView
{
    internal PayloadView(PayloadType type, bool critical, ReadOnlySpan<byte> octets, int offset)
    {
        Type = type;
        Critical = critical;
        Octets = octets;
        Offset = offset;
    }

    /// <summary>What it is.</summary>
    public PayloadType Type { get; }

    /// <summary>Its critical flag.</summary>
    public bool Critical { get; }

    /// <summary>The whole payload, its generic header included.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>Where it starts, in octets from the start of the chain.</summary>
    public int Offset { get; }

    /// <summary>Reads it as a Notify payload; false where it is none or cannot be read as one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadNotify(out NotifyPayload notify, out WireFailure failure)
    {
        if (Type == PayloadType.Notify)
        {
            return NotifyPayload.TryRead(Octets, out notify, out _, out failure);
        }

        failure = default;
        notify = default;
        return false;
    }
}
