using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Scenarios;

/// <summary>The mobile host loses link 1 and goes behind a NAT router, which changes its mapping (RFC 4555 section 3.8), and back; then the gateway's daemon dies.</summary>
internal sealed class IkeBehindNat(PeerProduct mobile, PeerProduct gateway)
    : Scenario(
        $"ike-{mobile.Word()}-{gateway.Word()}-nat",
        $"{mobile} goes behind a NAT router, with {gateway}: ESP is put into UDP and follows a new mapping, and the end of the gateway's daemon is noticed")
{
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(120);

    public override TimeSpan Patience => TimeSpan.FromSeconds(300);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        network.ReplaceSecondLinkByHome();
        var connection = new LabConnection(null, IsTunnel: true) { LivenessSeconds = 2 };
        using IkeStage stage = IkeStage.Between(
            run, network, connection, (mobile, LabIkeEnd.Mobile(network, LabNetwork.Link1, LabNetwork.Home)), (gateway, LabIkeEnd.Gateway(network)), LabPlace.Link1);
        stage.Begin();
        stage.Move(network.LoseFirstLink, LabPlace.Home);
        stage.AssertTraffic();
        stage.Replace(stage.Gateway.RekeyChild);
        int updates = Updates(stage.Mobile);
        stage.Move(network.ChangeMapping, LabPlace.Home with { Nat = LabNetwork.OtherNatOutside });
        Waiting.For(() => Updates(stage.Mobile) > updates, Notice, () => $"{mobile} does not tell {gateway} of the new mapping");
        stage.AssertTraffic();
        stage.Replace(stage.Mobile.RekeyChild);
        stage.AssertTraffic();
        if (mobile == PeerProduct.Mobikex)
        {
            network.ChangePorts();
            Waiting.For(() => KernelSa.Of(network.GatewayHost).All(IsAtOtherPorts), Notice, () => $"{mobile} does not tell {gateway} of the new ports");
            stage.AssertTraffic();
            stage.Move(network.ReturnToFirstLink, LabPlace.Link1);
            stage.AssertTraffic();
        }

        stage.Gateway.Kill();
        Waiting.For(() => KernelSa.Of(network.MobileHost).Count == 0, Notice, () => $"{mobile} does not notice that {gateway} is gone");
        stage.Finish();
    }

    /// <summary>True for an SA of the gateway that has the ports which the router uses in the end.</summary>
    private static bool IsAtOtherPorts(KernelSa sa) =>
        (sa.Source == LabNetwork.Gateway ? sa.Ports?.Destination : sa.Ports?.Source) is >= LabNetwork.FirstOtherNatPort and <= LabNetwork.LastOtherNatPort;

    /// <summary>How often a daemon has told its log of an UPDATE.</summary>
    private static int Updates(IkePeer peer) => peer.Log().Split(peer.UpdateWord).Length - 1;
}
