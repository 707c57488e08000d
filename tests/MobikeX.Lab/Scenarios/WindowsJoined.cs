using MobikeX.Engine;
using MobikeX.Lab.Captures;
using MobikeX.Lab.Network;
using MobikeX.Lab.Peers;
using MobikeX.Lab.Traffic;
using MobikeX.Lab.Xfrm;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>When an address goes, what came to it is refused at the one that stays, which takes packets all the while.</summary>
internal sealed class WindowsJoined()
    : Scenario("windows-joined", "ADD and REMOVE again and again under 500 packets/s each way lose and repeat not one, and what came to an address that is gone is refused at the other")
{
    private const int Rounds = 40, Packets = 20;

    /// <summary>The kernel lets a hundred packets wait for an SA that is moving: at this rate, those of a fifth of a second.</summary>
    private const int PacketsPerSecond = 500;

    /// <summary>So few that the replay window still covers them.</summary>
    private const int Replayed = 20;

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var pair = new LabPair(network);
        pair.Install(new LabShape("tunnel", LabProtection.Gcm, IsTunnel: true));
        using var peers = new TalkingPair(pair, OwnSaChange.WhenAnswered);
        var steps = new Dictionary<XfrmStepKind, int>();
        pair.Mobile.Backend.Stepping = step => steps[step.Kind] = steps.GetValueOrDefault(step.Kind) + 1;
        using (var flows = new TwoWayFlow(network, isTunnel: true, PacketsPerSecond))
        {
            flows.Start();
            flows.WaitForReceived(Packets);
            for (int i = 0; i < Rounds; i++)
            {
                MakeBeforeBreak(peers, flows, TalkingPair.Link1, TalkingPair.Link2);
                MakeBeforeBreak(peers, flows, TalkingPair.Link2, TalkingPair.Link1);
            }

            (FlowCount there, FlowCount back) = flows.Stop(run);
            int joined = steps.GetValueOrDefault(XfrmStepKind.JoinWindow);
            run.Figure("windows joined under traffic", joined, "times");
            Assert.NotEqual(0, joined);
            FlowCount.AssertWhole(there, back, XfrmStatistics.Describe(network.MobileHost, network.GatewayHost));
        }

        AssertRefused(run, network, pair.Mobile, peers);
    }

    private static void MakeBeforeBreak(TalkingPair peers, TwoWayFlow flows, IpAddress from, IpAddress to)
    {
        TalkingPair.AssertDone(peers.Add(from, new ActionCommand { Address = to }));
        flows.WaitForReceived(Packets);
        TalkingPair.AssertDone(peers.Remove(to, new ActionCommand { Address = from }));
        flows.WaitForReceived(Packets);
    }

    /// <summary>What came to link 1 when both addresses were there is sent again to link 2 when that one is alone.</summary>
    private static void AssertRefused(ScenarioRun run, LabNetwork network, LabEnd mobile, TalkingPair peers)
    {
        using var flows = new TwoWayFlow(network, isTunnel: true);
        TalkingPair.AssertDone(peers.Add(TalkingPair.Link1, new ActionCommand { Address = TalkingPair.Link2 }));
        IReadOnlyList<CapturedPacket> captured = Capture.Record(network, run.FileNamed("pcap"), flows, Packets);
        ChildSaUsage? used = mobile.Backend.UsageOf(mobile.Child);
        TalkingPair.AssertDone(peers.Remove(TalkingPair.Link2, new ActionCommand { Address = TalkingPair.Link1 }));

        Assert.Equal(used, mobile.Backend.UsageOf(mobile.Child));

        long before = XfrmStatistics.RefusedNumbers(network.MobileHost);
        using (var attacker = new PacketSender(network.Internet))
        {
            foreach (CapturedPacket packet in captured.Last(LabPair.InitiatorSpi(1), Replayed))
            {
                attacker.Send(packet.Octets, destination: LabNetwork.Link2);
            }
        }

        (_, FlowCount back) = flows.Stop();
        Assert.Equal((0, 0), (back.Lost, back.Repeated));
        Assert.Equal(before + Replayed, XfrmStatistics.RefusedNumbers(network.MobileHost));
    }
}
