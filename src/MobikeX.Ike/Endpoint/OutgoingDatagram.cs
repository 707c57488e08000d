using MobikeX.Engine;

namespace MobikeX.Ike;

/// <summary>A datagram to send.</summary>
/// <param name="Packet">Where from and where to.</param>
/// <param name="Octets">The UDP payload; a message has the non-ESP marker put in front where its source is the port of NAT traversal.</param>
/// <param name="IsKeepalive">True for the single octet that keeps the mapping of a NAT (RFC 3948 section 2.3), which has no marker.</param>
public readonly record struct OutgoingDatagram(PacketAddresses Packet, byte[] Octets, bool IsKeepalive);
