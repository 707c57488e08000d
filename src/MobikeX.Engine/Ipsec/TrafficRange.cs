using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>Packets of one end of a pair of CHILD_SAs: a Traffic Selector (RFC 7296, section 3.13.1).</summary>
/// <param name="First">The smallest address.</param>
/// <param name="Last">The largest address.</param>
/// <param name="Protocol">The protocol above IP; 0 for every one.</param>
/// <param name="FirstPort">The smallest port. For ICMP, and for Mobile IPv6, type and code as in the Traffic Selector.</param>
/// <param name="LastPort">The largest port; smaller than the first one where ports are hidden (OPAQUE).</param>
public readonly record struct TrafficRange(IpAddress First, IpAddress Last, byte Protocol = 0, ushort FirstPort = 0, ushort LastPort = ushort.MaxValue);
