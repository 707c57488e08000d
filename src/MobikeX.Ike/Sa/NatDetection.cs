using System.Security.Cryptography;
using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>What NAT_DETECTION_* say, held against the addresses of the packet.</summary>
/// <param name="LocalBehindNat">A NAT stands in front of this host.</param>
/// <param name="PeerBehindNat">A NAT stands in front of the peer.</param>
internal readonly record struct NatFinding(bool LocalBehindNat, bool PeerBehindNat);

/// <summary>Finds NATs between two peers by hashes of the addresses that they see (RFC 7296 section 2.23).</summary>
internal static class NatDetection
{
    /// <summary>The notifies of a message that is sent between two addresses.</summary>
    /// <param name="session">The IKE_SA.</param>
    /// <param name="packet">Where from and where to.</param>
    /// <param name="pretends">True where the peer shall find a NAT though there is none, so that it carries ESP in UDP.</param>
    public static IReadOnlyList<NotifyValue> Notifies(IkeSession session, in PacketAddresses packet, bool pretends = false)
    {
        byte[] source = pretends ? RandomNumberGenerator.GetBytes(SHA1.HashSizeInBytes) : NatHash.Compute(session.InitiatorSpi, session.ResponderSpi, packet.Source, packet.SourcePort);
        return
        [
            new NotifyValue(NotifyType.NatDetectionSourceIp, source),
            new NotifyValue(NotifyType.NatDetectionDestinationIp, NatHash.Compute(session.InitiatorSpi, session.ResponderSpi, packet.Destination, packet.DestinationPort)),
        ];
    }

    /// <summary>What a message says of NATs; null where it says nothing.</summary>
    public static NatFinding? Read(IkeSession session, ReceivedPayloads message) => Read(session.InitiatorSpi, session.ResponderSpi, message);

    /// <summary>What a message with these SPIs in its header says of NATs; null where it says nothing.</summary>
    public static NatFinding? Read(ulong initiatorSpi, ulong responderSpi, ReceivedPayloads message)
    {
        NotifyValue? destination = message.Notify(NotifyType.NatDetectionDestinationIp);
        List<NotifyValue> sources = [.. message.Payloads.OfType<NotifyValue>().Where(static notify => notify.NotifyType == NotifyType.NatDetectionSourceIp)];
        if (destination is null || sources.Count == 0)
        {
            return null;
        }

        byte[] mine = NatHash.Compute(initiatorSpi, responderSpi, message.Packet.Destination, message.Packet.DestinationPort);
        byte[] theirs = NatHash.Compute(initiatorSpi, responderSpi, message.Packet.Source, message.Packet.SourcePort);

        // There is one for each address that the sender may be using: one that fits is enough.
        return new NatFinding(!destination.Data.AsSpan().SequenceEqual(mine), !sources.Any(source => source.Data.AsSpan().SequenceEqual(theirs)));
    }
}
