using MobikeX.Lab.Ike;
using MobikeX.Lab.Network;
using MobikeX.Lab.Traffic;

namespace MobikeX.Lab.Scenarios;

/// <summary>The kernel tells when an SA has carried what it may: the CHILD_SA is rekeyed under traffic; where IKE cannot get through, it ends, and is made anew.</summary>
internal sealed class RekeyedByVolume()
    : Scenario("ike-rekeyed-by-volume", "a CHILD_SA is rekeyed when the kernel says that it has carried what it may, with no packet lost; one that the kernel has ended is made anew")
{
    private const int FlowsUntilRekey = 5, Rate = 200;
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(60);

    public override TimeSpan Patience => TimeSpan.FromSeconds(300);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using IkeStage stage = Stage(run, network);
        stage.Begin();
        stage.Replace(() =>
        {
            for (int i = 0; i < FlowsUntilRekey; i++)
            {
                stage.AssertTraffic();
            }
        });

        // Nobody hears of the soft limit: the SAs come to the hard one.
        string[] noIke = ["FORWARD", "-p", "udp", "--dport", "4500", "-j", "DROP"];
        stage.Replace(() =>
        {
            network.Internet.Call("iptables-legacy", ["-I", .. noIke]);
            SendUntilGone(network);
            network.Internet.Call("iptables-legacy", ["-D", .. noIke]);
        });
        stage.AssertTraffic();
        foreach (IkePeer peer in (IkePeer[])[stage.Mobile, stage.Gateway])
        {
            run.Figure($"rekeyed by volume, as {peer.Local.Host.Name} saw it", peer.Log().Split("has carried what it may").Length - 1, "times");
        }

        Assert.Contains("the kernel has ended it", stage.Mobile.Log() + stage.Gateway.Log(), StringComparison.Ordinal);
        stage.Mobile.Terminate();
        stage.AwaitNone();
        stage.Finish();
    }

    private static void SendUntilGone(LabNetwork network)
    {
        using var flows = new TwoWayFlow(network, isTunnel: true, Rate);
        flows.Start();
        Waiting.For(() => KernelSa.Of(network.MobileHost).Count + KernelSa.Of(network.GatewayHost).Count < 4, LongWait, static () => "no SA came to its hard limit");
        flows.Stop();
    }

    private static IkeStage Stage(ScenarioRun run, LabNetwork network)
    {
        const string Limits = "rekey-time: 0s, rekey-packets: 400, life-packets: 800";

        // Where IKE cannot get through, a mobile host looks for another way, and whichever is answered first when it can again would be taken.
        var connection = new LabConnection(Certificates: null, IsTunnel: true) { Follows = false };
        LabIkeEnd mobile = LabIkeEnd.Mobile(network), gateway = LabIkeEnd.Gateway(network);
        return new IkeStage(
            run,
            network,
            connection,
            new MobikexPeer(connection, mobile, gateway, run.FileNamed("mobile.log")) { IsMobile = true, ChildKeys = Limits },
            new MobikexPeer(connection, gateway, mobile, run.FileNamed("gateway.log")) { ChildKeys = Limits },
            LabPlace.Link1);
    }
}
