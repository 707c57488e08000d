using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>What a key exchange has negotiated for a pair of CHILD_SAs, beyond what the pair itself says.</summary>
public sealed class ChildSaSetup : IDisposable
{
    /// <summary>True where this host is the Initiator of the pair's IKE_SA, whose addresses change.</summary>
    public required bool IsInitiator { get; init; }

    /// <summary>The SPI that the Responder of the IKE_SA receives on; the Initiator's is the pair's own.</summary>
    public required uint ResponderSpi { get; init; }

    /// <summary>The cipher; null for AH.</summary>
    public EncryptionAlgorithm? Encryption { get; init; }

    /// <summary>The integrity algorithm; null where the cipher authenticates.</summary>
    public IntegrityAlgorithm? Integrity { get; init; }

    /// <summary>The keys of what this host sends.</summary>
    public required ChildSaKeys Outbound { get; init; }

    /// <summary>The keys of what this host receives.</summary>
    public required ChildSaKeys Inbound { get; init; }

    /// <summary>The packets that this host may send, and receive on behalf of: its own Traffic Selectors.</summary>
    public required IReadOnlyList<TrafficRange> Local { get; init; }

    /// <summary>The Traffic Selectors of the peer.</summary>
    public required IReadOnlyList<TrafficRange> Remote { get; init; }

    /// <summary>Whether sequence numbers have 64 bits (RFC 4303, section 2.2.1).</summary>
    public bool ExtendedSequenceNumbers { get; init; }

    /// <summary>How many sequence numbers the receiver tells apart; 0: packets that come twice are accepted.</summary>
    public int ReplayWindow { get; init; } = 128;

    /// <summary>The peer's UDP port, where packets are carried in UDP; 0: the usual one of NAT traversal.</summary>
    public ushort RemotePort { get; init; }

    /// <summary>How much each of the two SAs may carry; null: any amount. A backend that does not count has no limits.</summary>
    public ChildSaLimits? Limits { get; init; }

    /// <summary>What ties the SAs to their policies, where the system has such a number; 0: that of the pair which is replaced, or a free one.</summary>
    public uint RequestId { get; init; }

    /// <summary>The pair that this one replaces and shares the policies of; null where it is new.</summary>
    public ChildSa? Replaces { get; init; }

    /// <summary>
    /// True where packets are to go on the pair that is replaced until that is removed: at the end that answers the rekeying, since the other
    /// may not receive on the new pair yet (RFC 7296, section 2.8). Both are received on.
    /// </summary>
    public bool SendsOnReplaced { get; init; }

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        Outbound.Dispose();
        Inbound.Dispose();
    }
}
