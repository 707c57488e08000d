using MobikeX.Cli.Run.Control;
using MobikeX.Ike;

namespace MobikeX.Cli.Run;

/// <summary>Finds out what became of a rekey from what the endpoint tells.</summary>
/// <param name="childSpi">The SPI that this host receives on with the CHILD_SA; null for the IKE_SA.</param>
internal sealed class RekeyJudge(uint? childSpi)
{
    /// <summary>The outcome, where this event tells it.</summary>
    public ControlAnswer? Take(IkeEvent told) => told switch
    {
        SaRekeyed when childSpi is null => ControlAnswer.Done,
        SaRekeyFailed failed when childSpi is null => ControlAnswer.No(failed.Reason),
        ChildRekeyed rekeyed when rekeyed.FormerSpi == childSpi => ControlAnswer.Done,
        ChildFailed failed when childSpi is not null && failed.FormerSpi == childSpi => ControlAnswer.No(failed.Reason),

        // One that was replaced ends too, but that is told before.
        ChildEnded ended when ended.LocalSpi32 == childSpi => ControlAnswer.No("the CHILD_SA has ended"),
        _ => null,
    };
}
