using System.Text.Json.Nodes;
using MobikeX.Lab.Captures;
using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;
using MobikeX.Lab.Traffic;

namespace MobikeX.Lab.Scenarios;

/// <summary>Every action of MOBIKE-X by the commands of the tool, between two daemons that have two pairs of CHILD_SAs in different modes.</summary>
internal sealed class IkeAddressActions() : Scenario(
    "ike-address-actions",
    "two of ours, certificates, a tunnel and a transport CHILD_SA: CHECK changes nothing; ADD, switch, REMOVE lose not one packet of either; SELECTORs move one of the two, and the other stays")
{
    private const int FlowPackets = 100, PacketsPerSecond = 200;
    private const string Refused = "203.0.113.99";
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    public override TimeSpan Patience => TimeSpan.FromSeconds(300);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var certificates = new LabCertificates(LabKeyKind.EcdsaP256);
        var connection = new LabConnection(certificates, IsTunnel: true) { AddsTransport = true, Follows = false, AcceptedAddresses = "192.0.2.0/24, 198.51.100.0/24" };
        using var capture = new Capture(network.Internet, run.FileNamed("pcap"), octets: 2048);
        LabIkeEnd mobileEnd = LabIkeEnd.Mobile(network), gatewayEnd = LabIkeEnd.Gateway(network);
        using var gateway = new MobikexPeer(connection, gatewayEnd, mobileEnd, run.FileNamed("gateway.log"));
        using var mobile = new MobikexPeer(connection, mobileEnd, gatewayEnd, run.FileNamed("mobile.log")) { IsMobile = true };
        gateway.Start();
        mobile.Start();
        mobile.Initiate();
        AwaitPlaces(network, LabNetwork.Link1, LabNetwork.Link1);
        AssertFlows(network, LabNetwork.Link1);

        AssertChecksChangeNothing(network, mobile);
        MakeBeforeBreak(run, network, mobile);
        AwaitPlaces(network, LabNetwork.Link2, LabNetwork.Link2);

        mobile.Call("address", "update", LabNetwork.Link1, "--old", LabNetwork.Link2, "--select", "mode=Transport");
        AwaitPlaces(network, LabNetwork.Link2, LabNetwork.Link1);
        AssertFlows(network, LabNetwork.Link1);
        mobile.Call("address", "update", LabNetwork.Link1, "--select", $"spi={Spi(mobile, LabConnection.Child)}");
        AwaitPlaces(network, LabNetwork.Link1, LabNetwork.Link1);
        mobile.Call("address", "update", LabNetwork.Link2, "--select", $"spi={Spi(mobile, LabConnection.TransportChild)}");
        AwaitPlaces(network, LabNetwork.Link1, LabNetwork.Link2);

        // The IKE_SA as well, which none of the actions before was about.
        Assert.StartsWith(LabNetwork.Link1, Local(mobile));
        mobile.Ask("update", ("address", LabNetwork.Link2));
        AwaitPlaces(network, LabNetwork.Link2, LabNetwork.Link2);
        Assert.StartsWith(LabNetwork.Link2, Local(mobile));
        AssertFlows(network, LabNetwork.Link2);

        mobile.Call("alternates", "offer", $"{LabNetwork.Link1},preference=10");
        mobile.Call("alternates", "offer");
        mobile.Terminate();
        Waiting.For(() => KernelSa.Of(network.MobileHost).Count + KernelSa.Of(network.GatewayHost).Count == 0, Settling, () => "SAs are left");
        AssertWire(run, capture, mobile);
    }

    /// <summary>A CHECK that is taken and those that are refused, and an UPDATE that is refused, leave both kernels as they were, counters included.</summary>
    private static void AssertChecksChangeNothing(LabNetwork network, MobikexPeer mobile)
    {
        string before = Dump(network);
        mobile.Call("address", "check", "update", LabNetwork.Link2);
        mobile.Call("address", "check", "update", LabNetwork.Link2, "--old", LabNetwork.Link1, "--select", "mode=Tunnel");
        mobile.Call("address", "check", "add", LabNetwork.Link2);
        Assert.Contains("UNACCEPTABLE_ADDRESS", mobile.AskInVain("update", ("address", Refused), ("check", true)));
        Assert.Contains("UNMATCHED_SELECTOR_SET", mobile.AskInVain("update", ("address", LabNetwork.Link2), ("old", LabNetwork.Link2), ("check", true)));
        Assert.Contains("UNMATCHED_SELECTOR_SET", mobile.AskInVain("update", ("address", LabNetwork.Link2), ("selectors", new JsonArray("proto=AH")), ("check", true)));
        Assert.Contains("UNACCEPTABLE_ADDRESS", mobile.AskInVain("update", ("address", Refused)));
        Assert.Equal(before, Dump(network));
    }

    private static void MakeBeforeBreak(ScenarioRun run, LabNetwork network, MobikexPeer mobile)
    {
        using var tunnel = new TwoWayFlow(network, isTunnel: true, PacketsPerSecond);
        using var transport = new TwoWayFlow(network, isTunnel: false, PacketsPerSecond);
        TwoWayFlow[] both = [tunnel, transport];
        Array.ForEach(both, static flow => flow.Start());
        Array.ForEach(both, static flow => flow.WaitForReceived(FlowPackets));
        mobile.Call("address", "add", LabNetwork.Link2);
        Array.ForEach(both, static flow => flow.WaitForReceived(FlowPackets));

        // Where the address is the application's own, it goes to the new one between two packets.
        transport.SwitchMobile(static () => { });
        transport.SwitchGateway(() => mobile.Call("address", "remove", LabNetwork.Link1));
        Array.ForEach(both, static flow => flow.WaitForReceived(FlowPackets));
        foreach ((string mode, TwoWayFlow flow) in ((string, TwoWayFlow)[])[("tunnel", tunnel), ("transport", transport)])
        {
            (FlowCount there, FlowCount back) = flow.Stop();
            there.Tell(run, $"{mode}, to the gateway");
            back.Tell(run, $"{mode}, to the mobile host");
            FlowCount.AssertWhole(there, back, $"{mode}; {XfrmStatistics.Describe(network.MobileHost, network.GatewayHost)}");
        }
    }

    private static void AssertFlows(LabNetwork network, string transportFrom)
    {
        foreach (bool isTunnel in (bool[])[true, false])
        {
            using var flows = new TwoWayFlow(network, isTunnel, PacketsPerSecond, transportFrom);
            flows.Start();
            flows.WaitForReceived(FlowPackets);
            (FlowCount there, FlowCount back) = flows.Stop();
            FlowCount.AssertWhole(there, back, isTunnel ? "tunnel" : "transport");
        }
    }

    /// <summary>Waits until the SAs of each mode are at these addresses of the mobile host, in both kernels.</summary>
    private static void AwaitPlaces(LabNetwork network, string tunnel, string transport)
    {
        NetworkNamespace[] hosts = [network.MobileHost, network.GatewayHost];
        Waiting.For(
            () => hosts.All(host => KernelSa.Of(host) is { Count: 4 } sas && sas.All(sa => IsThere(host, sa))),
            Settling,
            () => $"not the tunnel at {tunnel} and transport at {transport}\n{string.Join('\n', hosts.SelectMany(KernelSa.Of))}");

        // What the gateway receives on takes any source, and is not made anew only to name another.
        bool IsThere(NetworkNamespace host, KernelSa sa) => (sa.Mode == "tunnel" ? tunnel : transport) is var address
            && (sa.Destination == address ? sa.Source == LabNetwork.Gateway
                : sa.Destination == LabNetwork.Gateway && (sa.Source == address || host == network.GatewayHost));
    }

    private static void AssertWire(ScenarioRun run, Capture capture, MobikexPeer mobile)
    {
        IReadOnlyList<CapturedPacket> packets = capture.Read();
        packets.AssertNothingInTheClear();
        packets.AssertNoNumberTwice();
        IkeSeen seen = Tshark.Read(run.FileNamed("pcap"), mobile.KeyLog);
        seen.AssertRead();
        Assert.True(seen.Has("UPDATE_SA_ADDRESSES"), "no UPDATE_SA_ADDRESSES");
        Assert.True(seen.Has("COOKIE2"), "no COOKIE2");
        run.Note($"mobikex is {MobikexPeer.Kind}");
    }

    private static string Dump(LabNetwork network) => string.Concat(
        new[] { network.MobileHost, network.GatewayHost }.Select(static host => host.Call("ip", "-s", "xfrm", "state") + host.Call("ip", "-s", "xfrm", "policy", "list", "nosock")));

    private static string Local(MobikexPeer peer) => (string)peer.Ask("list")["sas"]![0]!["local"]!;

    private static string Spi(MobikexPeer peer, string child) =>
        (string)peer.Ask("list")["sas"]![0]!["children"]!.AsArray().Single(each => (string)each!["name"]! == child)!["localSpi"]!;
}
