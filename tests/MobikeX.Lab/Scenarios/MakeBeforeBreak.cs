using MobikeX.Engine;
using MobikeX.Lab.Captures;
using MobikeX.Lab.Network;
using MobikeX.Lab.Peers;
using MobikeX.Lab.Traffic;
using MobikeX.Lab.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>The mobile host has both links for a while: ADD of the second, a switch to it, REMOVE of the first. No packet of either direction is lost.</summary>
internal sealed class MakeBeforeBreak(string mode, bool isTunnel)
    : Scenario(
        $"make-before-break-{mode}",
        $"{mode} mode: ADD, switch, REMOVE under 1,000 packets/s each way lose, repeat and show in the clear not one packet")
{
    private const int Packets = 1500;

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var pair = new LabPair(network);

        // An SA that is received on and names hosts would have to be made anew to take another: the policies name them, and the SA does not.
        pair.Install(new LabShape(mode, LabProtection.Gcm, isTunnel, NamesHosts: false));

        // The mobile host lets its first address go when the gateway sends there no more.
        using var peers = new TalkingPair(pair, OwnSaChange.WhenAnswered);
        using var capture = new Capture(network.Internet, run.FileNamed("pcap"));
        using var flows = new TwoWayFlow(network, isTunnel);
        flows.Start();
        flows.WaitForReceived(Packets);
        TalkingPair.AssertDone(peers.Add(TalkingPair.Link1, new ActionCommand { Address = TalkingPair.Link2 }));
        flows.WaitForReceived(Packets);
        flows.SwitchMobile(() => Use(pair.Mobile));
        flows.SwitchGateway(() => Use(pair.Gateway));
        flows.WaitForReceived(Packets);
        TalkingPair.AssertDone(peers.Remove(TalkingPair.Link2, new ActionCommand { Address = TalkingPair.Link1 }));
        flows.WaitForReceived(Packets);
        (FlowCount there, FlowCount back) = flows.Stop(run);
        IReadOnlyList<CapturedPacket> packets = capture.Read();
        Assert.Equal((0, 0, 0), (there.Lost, there.Repeated, there.Refused));
        Assert.Equal((0, 0, 0), (back.Lost, back.Repeated, back.Refused));
        packets.AssertNothingInTheClear();
        packets.AssertNoNumberTwice();
        packets.AssertNoNumberMissing();
        Assert.Equal(AddressSet.Of(TalkingPair.Link2), pair.Gateway.Child.Initiator);
        Assert.Equal(AddressSet.Of(TalkingPair.Link2), pair.Mobile.Child.Initiator);
    }

    private static void Use(LabEnd end)
    {
        var targets = new SaSelection();
        targets.Add(end.Child);
        Assert.True(end.Backend.TryUse(TalkingPair.Link2, targets), end.Backend.LastFailure);
    }
}
