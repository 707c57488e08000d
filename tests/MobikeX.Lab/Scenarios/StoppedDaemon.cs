using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Scenarios;

/// <summary>
/// A daemon is stopped as a service manager stops it, with its SAs up, at either end: it ends by itself, and the SAs end at both hosts. Where
/// its peer is gone and hears of nothing, they end at its own.
/// </summary>
internal sealed class StoppedDaemon()
    : Scenario("ike-stopped-daemon", "mobikex run gets SIGTERM with its SAs up, at the Initiator, at the Responder, and with a peer that was killed: exit code 0, the Delete at the peer, and no SA or policy left")
{
    private const int Fine = 0;

    public override TimeSpan Patience => TimeSpan.FromSeconds(240);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using IkeStage stage = IkeStage.Between(run, network, new LabConnection(Certificates: null, IsTunnel: true), PeerProduct.Mobikex, PeerProduct.Mobikex);
        string[] before = [network.MobileHost.Call("ip", "xfrm", "policy"), network.GatewayHost.Call("ip", "xfrm", "policy")];
        stage.Begin();
        AssertStops(stage, stage.Mobile, stage.Gateway);
        Assert.Equal(before[0], network.MobileHost.Call("ip", "xfrm", "policy"));

        stage.Mobile.Start();
        stage.Mobile.Initiate();
        stage.AwaitSas();
        AssertStops(stage, stage.Gateway, stage.Mobile);
        Assert.Equal(before[1], network.GatewayHost.Call("ip", "xfrm", "policy"));

        stage.Gateway.Start();
        stage.Mobile.Initiate();
        stage.AwaitSas();
        stage.Gateway.Kill();
        AssertEnds(stage.Mobile);
        Assert.Contains("was not heard before this host stopped", stage.Mobile.LogSinceStart(), StringComparison.Ordinal);
        Assert.Empty(KernelSa.Of(network.MobileHost));
        Assert.Equal(before[0], network.MobileHost.Call("ip", "xfrm", "policy"));
        stage.Finish();
    }

    private static void AssertStops(IkeStage stage, IkePeer stopped, IkePeer peer)
    {
        AssertEnds(stopped);
        stage.AwaitNone();
        Assert.Contains("takes INFORMATIONAL request", peer.LogSinceStart(), StringComparison.Ordinal);
        Assert.Contains("ended: deleted by the peer", peer.LogSinceStart(), StringComparison.Ordinal);
    }

    private static void AssertEnds(IkePeer stopped)
    {
        int exitCode = stopped.Stop();
        Assert.True(exitCode == Fine, $"exit code {exitCode}: {stopped.LogSinceStart()}");
        Assert.Contains("mobikex has stopped", stopped.LogSinceStart(), StringComparison.Ordinal);
    }
}
