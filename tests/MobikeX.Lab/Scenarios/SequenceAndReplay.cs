using MobikeX.Lab.Captures;
using MobikeX.Lab.Network;
using MobikeX.Lab.Peers;
using MobikeX.Lab.Traffic;
using MobikeX.Lab.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>An attacker captured packets, and sends them again when the SAs have moved: as they were, and with the addresses of now.</summary>
internal sealed class SequenceAndReplay()
    : Scenario("sequence-and-replay", "sequence numbers go on across a move, and a packet captured before it is refused after it, in both directions")
{
    private const int Packets = 300;

    /// <summary>So few that the replay window still covers them: they are refused because they were seen, not because they are old.</summary>
    private const int Replayed = 20;

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var pair = new LabPair(network);
        pair.Install(new LabShape("tunnel", LabProtection.Gcm, IsTunnel: true));
        using var peers = new TalkingPair(pair);
        using var before = new TwoWayFlow(network, isTunnel: true);
        IReadOnlyList<CapturedPacket> captured = Capture.Record(network, run.FileNamed("before.pcap"), before, Packets);
        TalkingPair.AssertDone(peers.Update(TalkingPair.Link2));

        long refusedThere = XfrmStatistics.RefusedNumbers(network.GatewayHost), refusedBack = XfrmStatistics.RefusedNumbers(network.MobileHost);
        using (var attacker = new PacketSender(network.Internet))
        {
            foreach (CapturedPacket packet in captured.Last(LabPair.ResponderSpi(1), Replayed))
            {
                attacker.Send(packet.Octets);
                attacker.Send(packet.Octets, source: LabNetwork.Link2);
            }

            foreach (CapturedPacket packet in captured.Last(LabPair.InitiatorSpi(1), Replayed))
            {
                attacker.Send(packet.Octets);
                attacker.Send(packet.Octets, destination: LabNetwork.Link2);
            }
        }

        (FlowCount there, FlowCount back) = before.Stop();
        Assert.Equal((0, 0), (there.Repeated, back.Repeated));

        // At the gateway both kinds meet the SA; at the mobile host its old address has none any more.
        Assert.Equal(refusedThere + (2 * Replayed), XfrmStatistics.RefusedNumbers(network.GatewayHost));
        Assert.Equal(refusedBack + Replayed, XfrmStatistics.RefusedNumbers(network.MobileHost));
        run.Figure("replayed packets refused", 4 * Replayed, "packets");

        using var after = new TwoWayFlow(network, isTunnel: true);
        IReadOnlyList<CapturedPacket> going = Capture.Record(network, run.FileNamed("after.pcap"), after, Packets);
        (there, back) = after.Stop(run);
        Assert.Equal((0, 0), (there.Lost, back.Lost));
        Dictionary<uint, uint[]> numbersBefore = captured.Numbers().ToDictionary(sa => sa.Spi, sa => sa.Numbers);
        Dictionary<uint, uint[]> numbersAfter = going.Numbers().ToDictionary(sa => sa.Spi, sa => sa.Numbers);
        foreach (uint spi in (uint[])[LabPair.ResponderSpi(1), LabPair.InitiatorSpi(1)])
        {
            Assert.Equal(numbersBefore[spi].Max() + 1, numbersAfter[spi].Min());
        }

        going.AssertNothingInTheClear();
        going.AssertNoNumberMissing();
    }
}
