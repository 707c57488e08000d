using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Lab.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>Pairs of CHILD_SAs that the backends install carry pings before, while and after they are rekeyed and moved, and leave nothing.</summary>
internal sealed class InstalledAndRekeyed() : Scenario("xfrm-installation", "pairs that the backend installs carry pings through a rekeying and a move, and leave nothing behind")
{
    private const int Pings = 5;

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var pair = new LabPair(network);
        string before = pair.Gateway.Dump();
        var shape = new LabShape("installed", LabProtection.CbcHmac, IsTunnel: true, IsEsn: true);
        ChildSa oldMobile = pair.Mobile.Negotiate(shape, 1), oldGateway = pair.Gateway.Negotiate(shape, 1);
        Ping(network);
        Assert.Equal((Pings, Pings), Packets(pair.Gateway, oldGateway));

        // The gateway answers: it is ready to receive on the new pair, and sends on the old one until that is deleted.
        ChildSa newGateway = pair.Gateway.Negotiate(shape, 2, oldGateway);
        Ping(network);
        Assert.Equal((2 * Pings, 2 * Pings), Packets(pair.Gateway, oldGateway));
        ChildSa newMobile = pair.Mobile.Negotiate(shape, 2, oldMobile);
        Ping(network);
        Assert.Equal((Pings, 0), Packets(pair.Gateway, newGateway));
        Assert.Equal((2 * Pings, 3 * Pings), Packets(pair.Gateway, oldGateway));

        Assert.True(pair.Mobile.Backend.TryRemove(oldMobile), pair.Mobile.Backend.LastFailure);
        Assert.True(pair.Gateway.Backend.TryRemove(oldGateway), pair.Gateway.Backend.LastFailure);
        Ping(network);
        Assert.Equal((2 * Pings, Pings), Packets(pair.Gateway, newGateway));

        pair.Apply(SaChange.Update(AddressPlaces.Header, default, shape.There));
        Ping(network);
        Assert.Equal((3 * Pings, 2 * Pings), Packets(pair.Gateway, newGateway));

        Assert.True(pair.Mobile.Backend.TryRemove(newMobile), pair.Mobile.Backend.LastFailure);
        Assert.True(pair.Gateway.Backend.TryRemove(newGateway), pair.Gateway.Backend.LastFailure);
        Assert.Equal(before, pair.Gateway.Dump());
        run.Note("nothing was left of the pairs");
    }

    private static void Ping(LabNetwork network)
    {
        string printed = network.MobileHost.Call("ping", "-c", $"{Pings}", "-i", "0.05", "-W", "2", "-I", LabNetwork.InnerMobile, LabNetwork.InnerGateway);
        Assert.Contains($"{Pings} received", printed, StringComparison.Ordinal);
    }

    private static (int Received, int Sent) Packets(LabEnd end, ChildSa child)
    {
        ChildSaUsage usage = end.Backend.UsageOf(child) ?? throw new InvalidOperationException($"{child} is not in the kernel");
        return ((int)usage.InboundPackets, (int)usage.OutboundPackets);
    }
}
