using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Lab.Xfrm;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>Each step of each change fails once, at both ends; and SAs and policies of another's stand beside all the time.</summary>
internal sealed class XfrmFailures() : Scenario("xfrm-failures", "a change that fails at any step leaves the SAD and the SPD as they were, and what is not the backend's is never touched")
{
    private const uint ForeignNumber = 40;

    private static readonly LabShape[] Shapes =
    [
        new("tunnel", LabProtection.Gcm, IsTunnel: true, IsEsn: true),
        new("transport", LabProtection.CbcHmac, IsTunnel: false),
        new("transport in UDP", LabProtection.CbcHmac, IsTunnel: false, IsInUdp: true),
    ];

    public override TimeSpan Patience => TimeSpan.FromSeconds(150);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        int failures = 0;
        foreach (LabShape shape in Shapes)
        {
            foreach (SaChange change in Changes(shape))
            {
                failures += FailAtEach(network, shape, change);
            }
        }

        run.Figure("steps that were made to fail", failures, string.Empty);
        Assert.NotEqual(0, failures);
    }

    private static IEnumerable<SaChange> Changes(LabShape shape)
    {
        yield return SaChange.Update(AddressPlaces.Header, default, shape.There);
        yield return SaChange.Update(AddressPlaces.Header, default, shape.There).Along(IpAddress.Parse(LabNetwork.SecondGateway), 4500, !shape.IsInUdp);
        yield return SaChange.Add(AddressPlaces.Header, shape.There);
        yield return SaChange.Close();
    }

    private static int FailAtEach(LabNetwork network, LabShape shape, SaChange change)
    {
        int failures = 0;
        using var pair = new LabPair(network);
        pair.Install(shape);
        pair.Ping(shape);
        foreach (LabEnd end in (LabEnd[])[pair.Mobile, pair.Gateway])
        {
            InstallForeign(end);
            string before = end.Dump(), foreign = Foreign(before);
            for (int failing = 0; !IsDone(end, change, failing); failing++)
            {
                Assert.Equal(before, Renumbered(before, end.Dump()));
                failures++;
            }

            Assert.Equal(foreign, Foreign(end.Dump()));
        }

        return failures;
    }

    /// <summary>Makes the change fail at a step; true when there is no such step, so that it was done.</summary>
    private static bool IsDone(LabEnd end, SaChange change, int failing)
    {
        int step = 0;
        end.Backend.Stepping = _ =>
        {
            if (step++ == failing)
            {
                throw new XfrmException(XfrmProblem.Refused, "the lab makes this step fail");
            }
        };
        bool done = end.Backend.TryApply(change, end.Targets);
        Assert.Equal(step <= failing, done);
        return done;
    }

    /// <summary>A policy that went and came back is numbered anew by the kernel.</summary>
    private static string Renumbered(string before, string after)
    {
        string[] lines = before.Split('\n'), now = after.Split('\n');
        return now.Length == lines.Length ? string.Join('\n', now.Zip(lines, static (line, was) => XfrmShapes.Unnumbered(line) == XfrmShapes.Unnumbered(was) ? was : line)) : after;
    }

    private static void InstallForeign(LabEnd end)
    {
        LabShape shape = Shapes[0];
        using XfrmSa there = XfrmSa.From(shape.Define(shape.Here, shape.Gateway, 0xf2000001, ForeignNumber, receives: true));
        using XfrmSa back = XfrmSa.From(shape.Define(shape.Gateway, shape.Here, 0xf1000001, ForeignNumber, receives: true));
        end.Client.NewSa(there);
        end.Client.NewSa(back);
        XfrmSelector selector = XfrmSelector.Between(new AddressPrefix(IpAddress.Parse(LabNetwork.InnerMobile), 32), new AddressPrefix(IpAddress.Parse("10.77.0.0"), 16));
        end.Client.NewPolicy(XfrmPolicy.Create(
            new XfrmPolicyKey(selector, XfrmDirection.Out), new XfrmTemplate(XfrmProtocol.Esp, XfrmMode.Tunnel, ForeignNumber, shape.Here, shape.Gateway), priority: 7));
    }

    private static string Foreign(string dump)
    {
        string[] lines = [.. dump.Split('\n').Where(static line => line.Contains(" f1000001 ") || line.Contains(" f2000001 ") || line.Contains("10.77.0.0/16"))];
        Assert.Equal(3, lines.Length);
        return string.Join('\n', lines);
    }
}
