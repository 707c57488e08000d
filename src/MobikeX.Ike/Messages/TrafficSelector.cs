using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>A range of addresses and ports, and a protocol (RFC 7296, section 3.13.1).</summary>
/// <param name="Protocol">The IP protocol; 0 for all.</param>
/// <param name="StartPort">The least port. For ICMP the type and the code, an octet each.</param>
/// <param name="EndPort">The greatest port. 0 behind a least port of 65535: ports that cannot be seen, OPAQUE.</param>
/// <param name="Start">The least address.</param>
/// <param name="End">The greatest address, of the same family.</param>
public sealed record TrafficSelector(byte Protocol, ushort StartPort, ushort EndPort, IpAddress Start, IpAddress End)
{
    /// <summary>True for an address within the range.</summary>
    public bool Contains(IpAddress address) => address.Length == Start.Length && Start.CompareTo(address) <= 0 && End.CompareTo(address) >= 0;

    /// <inheritdoc/>
    public override string ToString()
    {
        string addresses = Start == End ? Start.ToString() : $"{Start}-{End}";
        string ports = (StartPort, EndPort) switch
        {
            (ushort.MinValue, ushort.MaxValue) => string.Empty,
            (ushort.MaxValue, ushort.MinValue) => "/opaque",
            _ => StartPort == EndPort ? $"/{StartPort}" : $"/{StartPort}-{EndPort}",
        };
        return Protocol == 0 && ports.Length == 0 ? addresses : $"{addresses}[{Protocol}{ports}]";
    }
}
