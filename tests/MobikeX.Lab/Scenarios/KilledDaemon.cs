using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Scenarios;

/// <summary>A daemon is killed with its SAs up. Started again it takes away what it had left, sets up anew, and its peer drops the old IKE_SA.</summary>
internal sealed class KilledDaemon()
    : Scenario("ike-killed-daemon", "mobikex run is killed with kill -9 with its SAs up; started again it removes them, sets up anew by INITIAL_CONTACT, and packets flow")
{
    public override TimeSpan Patience => TimeSpan.FromSeconds(240);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using IkeStage stage = IkeStage.Between(run, network, new LabConnection(Certificates: null, IsTunnel: true), PeerProduct.Mobikex, PeerProduct.Mobikex);
        stage.Begin();
        string[] policies = Policies(network.MobileHost);
        network.MobileHost.Call("ip", "xfrm", "policy", "add", "src", "10.0.0.2/32", "dst", "10.77.0.0/16", "dir", "out", "tmpl", "proto", "esp", "mode", "tunnel", "reqid", "7");
        stage.Replace(() =>
        {
            stage.Mobile.Kill();
            Assert.Equal(2, KernelSa.Of(network.MobileHost).Count);
            stage.Mobile.Start();
            Assert.Empty(KernelSa.Of(network.MobileHost));
            Assert.Equal("src 10.0.0.2/32 dst 10.77.0.0/16", Assert.Single(Policies(network.MobileHost)));
            Assert.Contains("an earlier run was cut off", stage.Mobile.LogSinceStart(), StringComparison.Ordinal);
            stage.Mobile.Initiate();
        });
        Assert.Contains("INITIAL_CONTACT", stage.Mobile.LogSinceStart(), StringComparison.Ordinal);
        Assert.Contains("replaced by the peer", stage.Gateway.Log(), StringComparison.Ordinal);
        Assert.Equal(policies.Length + 1, Policies(network.MobileHost).Length);
        stage.AssertTraffic();
        stage.Mobile.Terminate();
        stage.AwaitNone();
        Assert.Single(Policies(network.MobileHost));
        stage.Finish();
    }

    /// <summary>Those of packets, not of sockets.</summary>
    private static string[] Policies(NetworkNamespace host) =>
        [.. host.Call("ip", "xfrm", "policy").Split('\n').Select(static line => line.Trim()).Where(static line => line.StartsWith("src ", StringComparison.Ordinal) && !line.Contains("/0 dst", StringComparison.Ordinal))];
}
