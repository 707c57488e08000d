using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Scenarios;

/// <summary>The gateway gives the mobile host an address inside the tunnel: it is on the host as long as the IKE_SA lives, and packets go from it.</summary>
internal sealed class InnerAddress() : Scenario("ike-inner-address", "an address inside the tunnel that the gateway gives is put on the mobile host, carries packets, and goes with the IKE_SA, after kill -9 too")
{
    private const string Given = "10.8.0.1";
    private const int Pings = 5;

    public override TimeSpan Patience => TimeSpan.FromSeconds(240);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        var connection = new LabConnection(Certificates: null, IsTunnel: true);
        LabIkeEnd mobileEnd = LabIkeEnd.Mobile(network) with { Selector = "dynamic" }, gatewayEnd = LabIkeEnd.Gateway(network);
        using var mobile = new MobikexPeer(connection, mobileEnd, gatewayEnd, run.FileNamed("mobile.log")) { IsMobile = true, ConnectionKey = "request-address: ipv4" };
        using var gateway = new MobikexPeer(connection, gatewayEnd, mobileEnd, run.FileNamed("gateway.log")) { ConnectionKey = "pools: [10.8.0.0/24]" };
        gateway.Start();
        mobile.Start();
        mobile.Initiate();
        AssertPings(network);
        mobile.RekeyIke();
        AssertPings(network);
        Assert.Equal(Given, (string?)mobile.Ask("list")["sas"]![0]!["inner"]![0]);
        mobile.Terminate();
        Assert.DoesNotContain(Given, Addresses(network), StringComparison.Ordinal);

        mobile.Initiate();
        AssertPings(network);
        mobile.Kill();
        Assert.Contains(Given, Addresses(network), StringComparison.Ordinal);
        mobile.Start();
        Assert.DoesNotContain(Given, Addresses(network), StringComparison.Ordinal);
        mobile.Initiate();
        AssertPings(network);
        mobile.Stop();
        Assert.DoesNotContain(Given, Addresses(network), StringComparison.Ordinal);
        Assert.Contains(LabNetwork.InnerMobile, Addresses(network), StringComparison.Ordinal);
    }

    private static string Addresses(LabNetwork network) => network.MobileHost.Call("ip", "addr", "show", "dev", "lo");

    private static void AssertPings(LabNetwork network)
    {
        Assert.Contains(Given, Addresses(network), StringComparison.Ordinal);
        string printed = network.MobileHost.Call("ping", "-c", $"{Pings}", "-i", "0.05", "-W", "2", "-I", Given, LabNetwork.InnerGateway);
        Assert.Contains($"{Pings} received", printed, StringComparison.Ordinal);
    }
}
