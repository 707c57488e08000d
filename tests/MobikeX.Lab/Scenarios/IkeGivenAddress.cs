using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Scenarios;

/// <summary>The mobile host asks the gateway for an address inside the tunnel (RFC 7296 section 2.19), where the two are not of one make.</summary>
internal sealed class IkeGivenAddress(PeerProduct mobile, PeerProduct gateway)
    : Scenario($"ike-{mobile.Word()}-{gateway.Word()}-inner-address", $"{mobile} asks {gateway} for an address inside the tunnel, which carries packets through a rekeying and goes with the IKE_SA")
{
    private const string Given = "10.8.0.1";
    private const int Pings = 5;

    public override TimeSpan Patience => TimeSpan.FromSeconds(240);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        var connection = new LabConnection(Certificates: null, IsTunnel: true) { Pool = "10.8.0.0/24" };
        using IkeStage stage = IkeStage.Between(
            run, network, connection, (mobile, LabIkeEnd.Mobile(network) with { Selector = "dynamic" }), (gateway, LabIkeEnd.Gateway(network)), LabPlace.Link1);
        network.LeaveOneFamily(LabNetwork.Gateway);
        stage.Gateway.Start();
        stage.Mobile.Start();
        stage.Mobile.Initiate();
        stage.AwaitSas();
        AssertPings(network);
        stage.Mobile.RekeyIke();
        stage.Replace(stage.Gateway.RekeyChild);
        AssertPings(network);
        stage.Mobile.Terminate();
        stage.AwaitNone();
        Waiting.For(() => !Addresses(network).Contains(Given, StringComparison.Ordinal), TimeSpan.FromSeconds(30), () => Addresses(network));
    }

    private static string Addresses(LabNetwork network) => network.MobileHost.Call("ip", "addr", "show");

    private static void AssertPings(LabNetwork network)
    {
        Assert.Contains(Given, Addresses(network), StringComparison.Ordinal);
        string printed = network.MobileHost.Call("ping", "-c", $"{Pings}", "-i", "0.05", "-W", "2", "-I", Given, LabNetwork.InnerGateway);
        Assert.Contains($"{Pings} received", printed, StringComparison.Ordinal);
    }
}
