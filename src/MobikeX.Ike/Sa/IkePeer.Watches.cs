namespace MobikeX.Ike;

public sealed partial class IkePeer
{
    private ulong _received;

    private void WatchLiveness()
    {
        if (Connection.LivenessInterval <= TimeSpan.Zero)
        {
            return;
        }

        ulong received = PacketsReceived();
        TimeSpan heard = received == _received ? Session.LastHeard : Now;
        _received = received;
        TimeSpan silence = Now - heard;
        if (silence >= Connection.LivenessInterval && Session.IsIdle)
        {
            Begin(new LivenessCheck(this));
            silence = TimeSpan.Zero;
        }

        After(Connection.LivenessInterval - (silence < Connection.LivenessInterval ? silence : TimeSpan.Zero), WatchLiveness);
    }

    /// <summary>What came over the CHILD_SAs: it shows that the peer is there as well as a message does (RFC 7296 section 2.4).</summary>
    private ulong PacketsReceived()
    {
        ulong packets = 0;
        foreach (IkeChild child in Children)
        {
            packets += Endpoint.Usage(child.Sa)?.InboundPackets ?? 0;
        }

        return packets;
    }

    private void WatchNat()
    {
        if (LocalBehindNat)
        {
            Endpoint.Send(new OutgoingDatagram(Path, [(byte)Protocol.Ikev2.Constants.Keepalive], IsKeepalive: true));
        }

        if (Options.KeepaliveInterval > TimeSpan.Zero)
        {
            After(Options.KeepaliveInterval, WatchNat);
        }
    }
}
