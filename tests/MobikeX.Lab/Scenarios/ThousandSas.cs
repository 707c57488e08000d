using System.Diagnostics;
using System.Text;
using MobikeX.Lab.Network;
using MobikeX.Lab.Peers;
using MobikeX.Lab.Xfrm;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>One UPDATE moves a thousand pairs of CHILD_SAs at both ends; then <c>ip -batch</c> moves the mobile host's back, to compare.</summary>
internal sealed class ThousandSas() : Scenario("thousand-sas", "one UPDATE moves 1,000 pairs of SAs at both ends")
{
    private const uint Pairs = 1000;

    public override TimeSpan Patience => TimeSpan.FromSeconds(240);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var pair = new LabPair(network);
        var shape = new LabShape("tunnel", LabProtection.Gcm, IsTunnel: true);
        pair.Install(shape);
        using var peers = new TalkingPair(pair);
        long start = Stopwatch.GetTimestamp();
        for (uint number = 2; number <= Pairs; number++)
        {
            pair.Install(shape, number);
        }

        run.Figure("to set them up, both ends", Stopwatch.GetElapsedTime(start).TotalSeconds, "s");
        start = Stopwatch.GetTimestamp();
        TalkingPair.AssertDone(peers.Update(TalkingPair.Link2));
        TimeSpan update = Stopwatch.GetElapsedTime(start);
        AssertAllAt(pair.Mobile, TalkingPair.Link2);
        AssertAllAt(pair.Gateway, TalkingPair.Link2);
        Assert.Contains("1 received", network.MobileHost.Call("ping", "-c", "1", "-W", "5", "-I", LabNetwork.InnerMobile, LabNetwork.InnerGateway), StringComparison.Ordinal);

        string batch = BatchBack(pair.Mobile.Client);
        start = Stopwatch.GetTimestamp();
        Command.Run("ip", ["-n", network.MobileHost.Name, "-batch", "-"], batch);
        TimeSpan calls = Stopwatch.GetElapsedTime(start);
        AssertAllAt(pair.Mobile, TalkingPair.Link1);

        TimeSpan mobile = peers.MobileBackend.LastChange;
        run.Figure("UPDATE, from the request to the answer, both ends", update.TotalSeconds, "s");
        run.Figure("mobile host's backend", mobile.TotalSeconds, "s");
        run.Figure("mobile host's backend: rate", Pairs / mobile.TotalSeconds, "pairs/s");
        run.Figure("gateway's backend", peers.GatewayBackend.LastChange.TotalSeconds, "s");
        run.Figure("ip -batch, mobile host alone, counters lost", calls.TotalSeconds, "s");
        run.Figure("ip -batch: rate", Pairs / calls.TotalSeconds, "pairs/s");
        run.Figure("ip -batch: lines", batch.Count(each => each == '\n'), "");
    }

    private static void AssertAllAt(LabEnd end, IpAddress address)
    {
        IReadOnlyList<XfrmSa> sas = end.Client.ListSas();
        Assert.Equal(2 * (int)Pairs, sas.Count);
        Assert.All(sas, sa => Assert.True(sa.Source == address || sa.Destination == address, sa.ToString()));
    }

    /// <summary>The same changes as the backend makes: each SA goes and comes, and each policy is turned.</summary>
    private static string BatchBack(XfrmClient client)
    {
        const string to = LabNetwork.Link1, gateway = LabNetwork.Gateway;
        var batch = new StringBuilder();
        foreach (XfrmSa sa in client.ListSas())
        {
            (string source, string destination) = sa.Source == TalkingPair.Gateway ? (gateway, to) : (to, gateway);
            string key = Convert.ToHexStringLower(LabShape.Key(sa.Spi, 20));
            batch.Append($"xfrm state delete dst {sa.Destination} proto esp spi 0x{sa.Spi:x}\n");
            batch.Append($"xfrm state add src {source} dst {destination} proto esp spi 0x{sa.Spi:x} reqid {sa.RequestId} mode tunnel aead rfc4106(gcm(aes)) 0x{key} 128\n");
        }

        foreach (XfrmPolicy policy in client.ListPolicies())
        {
            XfrmTemplate template = Assert.Single(policy.Templates);
            (string source, string destination) = template.Source == TalkingPair.Gateway ? (gateway, to) : (to, gateway);
            string direction = policy.Direction switch { XfrmDirection.In => "in", XfrmDirection.Out => "out", _ => "fwd" };
            batch.Append($"xfrm policy update src {policy.Selector.Source} dst {policy.Selector.Destination} dir {direction} priority {policy.Priority} ");
            batch.Append($"tmpl src {source} dst {destination} proto esp reqid {template.RequestId} mode tunnel\n");
        }

        return batch.ToString();
    }
}
