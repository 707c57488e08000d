using MobikeX.Engine;
using MobikeX.Lab.Captures;
using MobikeX.Lab.Network;
using MobikeX.Lab.Peers;
using MobikeX.Lab.Traffic;
using MobikeX.Lab.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>The mobile host loses link 1 while packets flow, and moves to link 2 by an UPDATE. Packets are lost until then; none is repeated, and none leaks.</summary>
internal sealed class UpdateUnderTraffic(string mode, bool isTunnel)
    : Scenario($"update-{mode}", $"{mode} mode: link 1 goes down under 1,000 packets/s each way, an UPDATE moves to link 2, and nothing is repeated or in the clear")
{
    private const int Packets = 1500;

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var pair = new LabPair(network);
        pair.Install(new LabShape(mode, LabProtection.Gcm, isTunnel));
        using var peers = new TalkingPair(pair);
        using var capture = new Capture(network.Internet, run.FileNamed("pcap"));
        using var flows = new TwoWayFlow(network, isTunnel);
        flows.Start();
        flows.WaitForReceived(Packets);
        Command.Run("ip", ["-n", network.MobileHost.Name, "link", "set", "link1", "down"]);
        peers.MobileBackend.Around = flows.SwitchMobile;
        peers.GatewayBackend.Around = flows.SwitchGateway;
        TalkingPair.AssertDone(peers.Update(TalkingPair.Link2));
        flows.WaitForReceived(Packets);
        (FlowCount there, FlowCount back) = flows.Stop(run);
        IReadOnlyList<CapturedPacket> packets = capture.Read();
        run.Figure("mobile host: time of the change", peers.MobileBackend.LastChange.TotalMilliseconds, "ms");
        run.Figure("gateway: time of the change", peers.GatewayBackend.LastChange.TotalMilliseconds, "ms");
        Assert.Equal((0, 0), (there.Repeated, back.Repeated));
        packets.AssertNothingInTheClear();
        packets.AssertNoNumberTwice();
        Assert.Equal(AddressSet.Of(TalkingPair.Link2), pair.Gateway.Child.Initiator);
    }
}
