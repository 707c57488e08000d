using System.Text.RegularExpressions;
using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Lab.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>Every kind of SA moves to another link and back, at both ends, and carries packets before, between and after.</summary>
internal sealed class XfrmShapes() : Scenario("xfrm-shapes", "SAs of every mode, family, algorithm and encapsulation move, and their counters go on")
{
    public override TimeSpan Patience => TimeSpan.FromSeconds(150);

    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        List<string> failed = [];
        foreach (LabShape shape in LabShape.All)
        {
            try
            {
                MoveThereAndBack(network, shape);
                run.Note(shape.Name);
            }
            catch (Exception fault)
            {
                failed.Add($"{shape}: {fault.Message} {fault.StackTrace}");
            }
        }

        Assert.True(failed.Count == 0, string.Join("\n\n", failed));
    }

    private static void MoveThereAndBack(LabNetwork network, LabShape shape)
    {
        using var pair = new LabPair(network);
        pair.Install(shape);
        string mobile = pair.Mobile.Dump(withCounters: false), gateway = pair.Gateway.Dump(withCounters: false);
        pair.Ping(shape);
        pair.Apply(SaChange.Update(AddressPlaces.Header, default, shape.There));
        pair.Ping(shape);
        pair.Apply(SaChange.Update(AddressPlaces.Header, shape.There, shape.Here));
        pair.Ping(shape);
        Assert.Equal(Unnumbered(mobile), Unnumbered(pair.Mobile.Dump(withCounters: false)));
        Assert.Equal(Unnumbered(gateway), Unnumbered(pair.Gateway.Dump(withCounters: false)));
    }

    /// <summary>A policy that went and came has another number.</summary>
    public static string Unnumbered(string dump) =>
        Regex.Replace(dump, @"(?m)^(policy .*? → \S+) \d+ ", "$1 ");
}
