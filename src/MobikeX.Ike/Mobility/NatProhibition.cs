using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Mobike;

namespace MobikeX.Ike;

/// <summary>NO_NATS_ALLOWED in IKE_AUTH: the addresses that its sender sees, held against those of the packet (RFC 4555 section 3.9).</summary>
internal static class NatProhibition
{
    /// <summary>The notify of a request that is sent between two addresses.</summary>
    public static NotifyValue Notify(in PacketAddresses packet)
    {
        NoNatsAllowedNotify allowed = new(packet.Source, packet.Destination, packet.SourcePort, packet.DestinationPort);
        byte[] data = new byte[allowed.WireLength];
        allowed.TryWrite(data, out _, out _);
        return new NotifyValue(NoNatsAllowedNotify.Type, data);
    }

    /// <summary>True where a request allows no NAT, and came by other addresses than its sender sees.</summary>
    public static bool IsViolated(ReceivedPayloads request) =>
        request.Notify(NoNatsAllowedNotify.Type) is { } notify
        && (!NoNatsAllowedNotify.TryRead(notify.Data, out NoNatsAllowedNotify allowed, out _)
            || request.Packet != new PacketAddresses(allowed.Source, allowed.SourcePort, allowed.Destination, allowed.DestinationPort));
}
