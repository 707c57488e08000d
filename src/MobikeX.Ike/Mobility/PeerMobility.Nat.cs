namespace MobikeX.Ike;

/// <summary>Where NATs stand between the peers: on another way they stand elsewhere, or nowhere (RFC 4555 section 3.5).</summary>
internal sealed partial class PeerMobility
{
    private NatFinding? _nat;

    /// <summary>Where a new mapping is to be noticed, it must be known how the peer saw this host before (RFC 4555 section 3.8).</summary>
    public void AskHowSeen()
    {
        if (peer.IsInitiator && IsMobile && Options.Follows && peer.LocalBehindNat)
        {
            peer.Begin(new LivenessCheck(peer));
        }
    }

    /// <summary>Keeps what the Initiator's UPDATE, or the response to it, says of NATs until the SAs have moved.</summary>
    private void HearOfNat(IkeSession session, ReceivedPayloads message) => _nat = NatDetection.Read(session, message);

    /// <summary>The SAs have moved: what was said of NATs holds for messages, and for SAs to come, if it held for the IKE_SA.</summary>
    private void TakeNat()
    {
        if (_nat is { } nat && peer.Sa!.BehindNat == (nat.LocalBehindNat || nat.PeerBehindNat))
        {
            peer.LocalBehindNat = nat.LocalBehindNat;
            peer.PeerBehindNat = nat.PeerBehindNat;
        }

        _nat = null;
    }
}
