using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Scenarios;

/// <summary>The mobile host is behind a NAT router when it begins, and stays there (RFC 7296 section 2.23).</summary>
internal sealed class IkeBegunBehindNat(PeerProduct mobile, PeerProduct gateway)
    : Scenario(
        $"ike-{mobile.Word()}-{gateway.Word()}-begun-behind-nat",
        $"{mobile} begins behind a NAT router, with {gateway}: ESP is in UDP from the start; rekeying from both ends, Delete from each")
{
    public override TimeSpan Patience => TimeSpan.FromSeconds(240);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        network.ReplaceSecondLinkByHome();
        network.LoseFirstLink();
        using IkeStage stage = IkeStage.Between(
            run,
            network,
            new LabConnection(Certificates: null, IsTunnel: true),
            (mobile, LabIkeEnd.Mobile(network, LabNetwork.Home)),
            (gateway, LabIkeEnd.Gateway(network)),
            LabPlace.Home);
        stage.Begin();
        stage.RekeyAll();
        stage.Gateway.Terminate();
        stage.AwaitNone();
        stage.Mobile.Initiate();
        stage.AwaitSas();
        stage.AssertTraffic();
        stage.Mobile.Terminate();
        stage.AwaitNone();
        stage.Finish();
    }
}
