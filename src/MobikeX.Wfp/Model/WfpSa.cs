using MobikeX.Engine;

namespace MobikeX.Wfp;

/// <summary>An IPsec SA context of this host: a pair of SAs, one for each direction, with the addresses that it is known to use.</summary>
public sealed record WfpSa
{
    /// <summary>The identifier that the engine gave it.</summary>
    public required ulong ContextId { get; init; }

    /// <summary>The SPI that this host receives on.</summary>
    public required uint InboundSpi { get; init; }

    /// <summary>The SPI that the peer receives on.</summary>
    public required uint OutboundSpi { get; init; }

    /// <summary>True for AH, false for ESP.</summary>
    public required bool IsAh { get; init; }

    /// <summary>True in tunnel mode.</summary>
    public required bool IsTunnel { get; init; }

    /// <summary>The addresses of this host in the routed header, the one in use first.</summary>
    public required AddressSet Local { get; init; }

    /// <summary>The addresses of the peer in the routed header, the one in use first.</summary>
    public required AddressSet Remote { get; init; }

    /// <summary>The hosts inside the tunnel at this end, where its filters name single ones.</summary>
    public AddressSet LocalInner { get; init; }

    /// <summary>The hosts inside the tunnel at the peer's end, where its filters name single ones.</summary>
    public AddressSet RemoteInner { get; init; }

    /// <summary>True where the packets are carried in UDP.</summary>
    public required bool IsUdpEncapsulated { get; init; }

    /// <summary>The UDP ports at this end and at the peer's; 0 where they are not carried in UDP.</summary>
    public (ushort Local, ushort Remote) UdpPorts { get; init; }

    /// <summary>The filters whose traffic it carries.</summary>
    public required IReadOnlyList<WfpFilter> Filters { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"SA context {ContextId} ({(IsAh ? "AH" : "ESP")} {InboundSpi:x8}/{OutboundSpi:x8})";
}
