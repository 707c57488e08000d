using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Scenarios;

/// <summary>The gateway has two addresses and loses the one in use: the mobile host moves to the other by itself (RFC 4555 section 3.6).</summary>
internal sealed class IkeSecondAddress(PeerProduct mobile, PeerProduct gateway)
    : Scenario($"ike-{mobile.Word()}-{gateway.Word()}-second-address", $"{mobile} with {gateway}, which loses the address in use: the SAs move to its other one")
{
    public override TimeSpan Patience => TimeSpan.FromSeconds(300);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        network.AddSecondGateway();
        var connection = new LabConnection(null, IsTunnel: true) { LivenessSeconds = 2 };
        using IkeStage stage = IkeStage.Between(
            run,
            network,
            connection,
            (mobile, LabIkeEnd.Mobile(network, LabNetwork.Link1)),
            (gateway, LabIkeEnd.Gateway(network, LabNetwork.Gateway, LabNetwork.SecondGateway)),
            LabPlace.Link1);
        stage.Begin();
        stage.Move(network.LoseFirstGateway, LabPlace.Link1 with { Gateway = LabNetwork.SecondGateway });
        stage.AssertTraffic();
        stage.Replace(stage.Gateway.RekeyChild);
        stage.Mobile.Terminate();
        stage.AwaitNone();
        stage.Finish();
    }
}
