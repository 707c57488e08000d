using MobikeX.Xfrm.Layouts;

namespace MobikeX.Xfrm;

/// <summary>The UDP header around the packets of an SA (RFC 3948).</summary>
/// <param name="SourcePort">Its source port.</param>
/// <param name="DestinationPort">Its destination port.</param>
public readonly record struct XfrmEncapsulation(ushort SourcePort, ushort DestinationPort)
{
    /// <summary>The kernel's number of UDP encapsulation without a marker.</summary>
    internal const ushort EspInUdp = 2;

    internal EncapsulationLayout ToLayout() => new() { Type = EspInUdp, SourcePort = SourcePort, DestinationPort = DestinationPort };
}
