namespace MobikeX.Engine;

/// <summary>What a pair of CHILD_SAs has carried since it was installed. A packet that was received says that the peer lives (RFC 7296, section 2.4).</summary>
/// <param name="InboundPackets">Packets received.</param>
/// <param name="InboundOctets">Octets received.</param>
/// <param name="OutboundPackets">Packets sent.</param>
/// <param name="OutboundOctets">Octets sent.</param>
public readonly record struct ChildSaUsage(ulong InboundPackets, ulong InboundOctets, ulong OutboundPackets, ulong OutboundOctets);
