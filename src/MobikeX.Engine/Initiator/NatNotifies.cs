using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Mobike;

namespace MobikeX.Engine;

/// <summary>What goes with an UPDATE about NATs: that they may be detected, or that none is allowed (RFC 4555 sections 3.5 and 3.9).</summary>
internal static class NatNotifies
{
    public static IReadOnlyList<RequestedNotify> For(IkeSa ike, in PacketAddresses packet, bool prohibitsNats)
    {
        if (prohibitsNats)
        {
            NoNatsAllowedNotify allowed = new(packet.Source, packet.Destination, packet.SourcePort, packet.DestinationPort);
            byte[] data = new byte[allowed.WireLength];
            return allowed.TryWrite(data, out _, out _)
                ? [new RequestedNotify(NoNatsAllowedNotify.Type, data)]
                : throw new ArgumentException("addresses of two families", nameof(packet));
        }

        // Without the Responder's SPI there is no hash to send; a carrier that does NAT traversal sets it.
        return ike.ResponderSpi == 0
            ? []
            :
            [
                new RequestedNotify(NatDetectionSourceIpNotify.Type, NatHash.Compute(ike, packet.Source, packet.SourcePort)),
                new RequestedNotify(NatDetectionDestinationIpNotify.Type, NatHash.Compute(ike, packet.Destination, packet.DestinationPort)),
            ];
    }
}
