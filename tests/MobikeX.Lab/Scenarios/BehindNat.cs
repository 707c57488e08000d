using MobikeX.Engine;
using MobikeX.Lab.Captures;
using MobikeX.Lab.Network;
using MobikeX.Lab.Peers;
using MobikeX.Lab.Traffic;
using MobikeX.Lab.Xfrm;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Lab.Scenarios;

/// <summary>The mobile host goes to a link behind a NAT router, which changes address and port, and comes back: UDP goes around ESP and away again.</summary>
internal sealed class BehindNat() : Scenario("behind-nat", "an UPDATE from behind a NAT router puts ESP into UDP at both ends, and one from before it takes the UDP away")
{
    private const int Packets = 300;

    /// <summary>An IKE daemon has it from IKE_SA_INIT; the hashes by which a NAT is detected are made with it.</summary>
    private const ulong ResponderSpi = 0xb2;

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var pair = new LabPair(network);
        pair.Install(new LabShape("tunnel", LabProtection.Gcm, IsTunnel: true));
        pair.Mobile.Ike.ResponderSpi = ResponderSpi;
        pair.Gateway.Ike.ResponderSpi = ResponderSpi;
        using var peers = new TalkingPair(pair);
        IpAddress home = IpAddress.Parse(LabNetwork.Home);

        TalkingPair.AssertDone(peers.Update(home));
        Assert.Equal(AddressSet.Of(home), pair.Mobile.Child.Initiator);
        Assert.Equal(AddressSet.Of(IpAddress.Parse(LabNetwork.NatOutside)), pair.Gateway.Child.Initiator);
        Assert.InRange(pair.Gateway.Child.InitiatorPort, LabNetwork.FirstNatPort, LabNetwork.LastNatPort);
        AssertFlows(run, network, pair, IpsecMode.UdpEncapsulatedTunnel, PacketKind.EspInUdp, "behind the NAT");

        TalkingPair.AssertDone(peers.Update(TalkingPair.Link1));
        AssertFlows(run, network, pair, IpsecMode.Tunnel, PacketKind.Esp, "back on link 1");
    }

    private static void AssertFlows(ScenarioRun run, LabNetwork network, LabPair pair, IpsecMode mode, PacketKind kind, string where)
    {
        Assert.Equal(mode, pair.Mobile.Child.Mode);
        Assert.Equal(mode, pair.Gateway.Child.Mode);
        using var capture = new Capture(network.Internet, run.FileNamed(where.Replace(' ', '-') + ".pcap"));
        using var flows = new TwoWayFlow(network, isTunnel: true);
        flows.Start();
        flows.WaitForReceived(Packets);
        (FlowCount there, FlowCount back) = flows.Stop();
        IReadOnlyList<CapturedPacket> packets = capture.Read();
        run.Figure($"{where}: packets each way", Packets, "packets");
        FlowCount.AssertWhole(there, back, where);
        packets.AssertNothingInTheClear();
        packets.AssertNoNumberMissing();
        Assert.All(packets.Where(packet => packet.EspHeader is not null), packet => Assert.Equal(kind, packet.Kind));
    }
}
