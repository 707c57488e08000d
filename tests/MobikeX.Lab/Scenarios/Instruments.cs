using MobikeX.Lab.Captures;
using MobikeX.Lab.Network;
using MobikeX.Lab.Traffic;

namespace MobikeX.Lab.Scenarios;

/// <summary>What the other scenarios rely on finds what it is there to find: the counters on a line that loses, repeats and reorders, the capture in clear text.</summary>
internal sealed class Instruments() : Scenario("instruments", "the counters see loss, repetition and disorder, and the capture sees clear text, where there is some")
{
    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        network.Internet.Call("tc", "qdisc", "add", "dev", "gateway", "root", "netem", "loss", "5%", "duplicate", "5%", "delay", "5ms", "4ms");
        using var capture = new Capture(network.Internet, run.FileNamed("pcap"));
        FlowPath path = FlowPath.Of(LabNetwork.Link1, LabNetwork.Gateway, 7000), back = FlowPath.Of(LabNetwork.Gateway, LabNetwork.Link1, 7001);
        using var bad = new UdpFlow(1, UdpFlow.PacketsPerSecond, network.MobileHost, network.GatewayHost, path);
        using var good = new UdpFlow(2, UdpFlow.PacketsPerSecond, network.GatewayHost, network.MobileHost, back);
        bad.Start();
        good.Start();
        bad.WaitForSent(1000);
        FlowCount badCount = bad.Stop(), goodCount = good.Stop();
        IReadOnlyList<CapturedPacket> packets = capture.Read();
        badCount.Tell(run, "bad line");
        goodCount.Tell(run, "good line");
        Assert.NotEqual(0, badCount.Lost);
        Assert.NotEqual(0, badCount.Repeated);
        Assert.NotEqual(0, badCount.OutOfOrder);
        Assert.Equal((0, 0, 0, 0), (goodCount.Lost, goodCount.Refused, goodCount.Repeated, goodCount.OutOfOrder));
        Assert.Equal(badCount.Sent + goodCount.Sent, packets.Count(packet => packet.Kind == PacketKind.Clear));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(packets.AssertNothingInTheClear);
    }
}
