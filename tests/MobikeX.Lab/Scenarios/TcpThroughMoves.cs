using System.Diagnostics;
using MobikeX.Engine;
using MobikeX.Lab.Captures;
using MobikeX.Lab.Network;
using MobikeX.Lab.Peers;
using MobikeX.Lab.Traffic;
using MobikeX.Lab.Xfrm;
using MobikeX.Runtime;

namespace MobikeX.Lab.Scenarios;

/// <summary>One TCP connection lives through ten UPDATEs between the two links, and all octets arrive as they were sent.</summary>
internal sealed class TcpThroughMoves() : Scenario("tcp-through-moves", "a TCP transfer survives ten moves with the right checksum")
{
    private const int Moves = 10;
    private const long Octets = 24 << 20;
    private const int HeadersOnly = 128;

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var pair = new LabPair(network);
        pair.Install(new LabShape("tunnel", LabProtection.Gcm, IsTunnel: true));
        using var peers = new TalkingPair(pair);
        using var capture = new Capture(network.Internet, run.FileNamed("pcap"), HeadersOnly);
        long start = Stopwatch.GetTimestamp();
        using var transfer = new TcpTransfer(network.MobileHost, LabNetwork.InnerMobile, network.GatewayHost, LabNetwork.InnerGateway, 8000, Octets);
        for (int move = 1; move <= Moves; move++)
        {
            transfer.WaitForShare(move / (Moves + 1.0));
            Assert.True(transfer.Arrived < Octets, "the transfer was over before the last move");
            IpAddress next = move % 2 == 1 ? TalkingPair.Link2 : TalkingPair.Link1;
            TalkingPair.AssertDone(peers.Update(next));
            Assert.Equal(AddressSet.Of(next), pair.Gateway.Child.Initiator);
        }

        (byte[] sent, byte[] received) = transfer.Finish();
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        run.Figure("moves", Moves, "");
        run.Figure("octets", Octets, "");
        run.Figure("rate", Octets / time.TotalSeconds / (1 << 20), "MiB/s");
        Assert.Equal(sent, received);
        IReadOnlyList<CapturedPacket> packets = capture.Read();
        packets.AssertNothingInTheClear();
        packets.AssertNoNumberTwice();
    }
}
