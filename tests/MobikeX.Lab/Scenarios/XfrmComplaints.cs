using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Lab.Xfrm;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Scenarios;

/// <summary>What cannot be done is refused in words that say what is missing.</summary>
internal sealed class XfrmComplaints() : Scenario("xfrm-complaints", "an SA of another namespace, an unknown algorithm and a second SA of one name are refused, and the reason is said")
{
    public override void Run(ScenarioRun run)
    {
        using var network = new LabNetwork();
        using var pair = new LabPair(network);
        LabShape shape = LabShape.All[0];
        ChildSa child = pair.Gateway.Install(shape);
        var elsewhere = new ChildSa(pair.Gateway.Ike, child.Spi, child.Protocol, child.Mode, child.Initiator, child.Responder, child.Inner, child.Remote);
        XfrmException notHere = Assert.Throws<XfrmException>(() => pair.Mobile.Backend.Adopt(
            elsewhere, new XfrmRegistration { Local = XfrmEnd.Responder, ResponderSpi = LabPair.ResponderSpi(1) }));
        Expect(run, notHere, XfrmProblem.NotFound, pair.Mobile.Client.NetworkNamespace);

        using XfrmSa again = XfrmSa.From(shape.Define(shape.Here, shape.Gateway, LabPair.ResponderSpi(1), 1, receives: true));
        Expect(run, Assert.Throws<XfrmException>(() => pair.Gateway.Client.NewSa(again)), XfrmProblem.Exists, "exists");

        Assert.Equal(((KernelChild)child.BackendState!).Policies.ToHashSet(), pair.Gateway.Client.PoliciesOf(again).ToHashSet());

        using var unknown = new XfrmAlgorithm("rfc4106(gcm(rot13))", new byte[20], 128);
        using XfrmSa strange = XfrmSa.From(new XfrmSaDefinition { Source = shape.Here, Destination = shape.Gateway, Spi = 99, Aead = unknown });
        Expect(run, Assert.Throws<XfrmException>(() => pair.Gateway.Client.NewSa(strange)), XfrmProblem.NoSupport, "algorithm");
        run.Note($"one step: {pair.Gateway.Client.MigratesStates}");
    }

    private static void Expect(ScenarioRun run, XfrmException fault, XfrmProblem problem, string text)
    {
        run.Note(fault.Message);
        Assert.Equal(problem, fault.Problem);
        Assert.Contains(text, fault.Message, StringComparison.Ordinal);
    }
}
