using MobikeX.Lab.Captures;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Ike;

/// <summary>The addresses that the SAs of two hosts are between.</summary>
/// <param name="Mobile">The address of the mobile host.</param>
/// <param name="Gateway">That of the gateway.</param>
/// <param name="Nat">The address that a NAT router in front of the mobile host gives it; null where there is none.</param>
internal sealed record LabPlace(string Mobile, string Gateway = LabNetwork.Gateway, string? Nat = null)
{
    public static readonly LabPlace Link1V6 = new(LabNetwork.Link1V6, LabNetwork.GatewayV6), Link2V6 = new(LabNetwork.Link2V6, LabNetwork.GatewayV6);

    public static readonly LabPlace Link1 = new(LabNetwork.Link1), Link2 = new(LabNetwork.Link2), Home = new(LabNetwork.Home, Nat: LabNetwork.NatOutside);

    /// <summary>Where the gateway sees the mobile host.</summary>
    public string Outside => Nat ?? Mobile;

    /// <summary>True for an SA of the mobile host that is here.</summary>
    public bool HasAtMobile(KernelSa sa) => IsBetween(sa, Mobile);

    /// <summary>True for an SA of the gateway that is here.</summary>
    public bool HasAtGateway(KernelSa sa) => IsBetween(sa, Outside);

    /// <summary>True for a packet on the internet from the mobile host to the gateway.</summary>
    public bool IsFromMobile(CapturedPacket packet) => packet.Source.ToString() == Outside && packet.Destination.ToString() == Gateway;

    /// <summary>True for a packet on the internet from the gateway to the mobile host.</summary>
    public bool IsFromGateway(CapturedPacket packet) => packet.Source.ToString() == Gateway && packet.Destination.ToString() == Outside;

    private bool IsBetween(KernelSa sa, string mobile) =>
        sa.IsInUdp == Nat is not null && ((sa.Source == mobile && sa.Destination == Gateway) || (sa.Source == Gateway && sa.Destination == mobile));
}
