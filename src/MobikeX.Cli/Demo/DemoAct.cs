using MobikeX.Cli.Scenarios;
using MobikeX.Protocol;

namespace MobikeX.Cli.Demo;

/// <summary>What happened in an act.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="About">What it is about, in a sentence or two.</param>
/// <param name="Messages">What was said, in order.</param>
/// <param name="Told">What the peers told their upper layers.</param>
/// <param name="Before">The Responder's SAD.</param>
/// <param name="After">The Responder's SAD.</param>
/// <param name="AtInitiator">The Initiator's SAD at the end.</param>
/// <param name="Version">What was agreed when the act began, which says how its notifies are read.</param>
/// <param name="Algorithms">What messages are sealed with at the end; null where there is no IKE_SA then.</param>
/// <param name="InitiatorState">The state of the negotiation at the end; null where there is none.</param>
/// <param name="ResponderState">The state of the negotiation at the end; null where there is none.</param>
/// <param name="Completed">False where it could not be begun, or a request was not answered.</param>
internal sealed record DemoAct(
    string Title,
    string About,
    IReadOnlyList<DemoMessage> Messages,
    IReadOnlyList<ScenarioTold> Told,
    SadState Before,
    SadState After,
    SadState AtInitiator,
    MobikeVersion? Version,
    string? Algorithms,
    string? InitiatorState,
    string? ResponderState,
    bool Completed)
{
    /// <summary>True where both peers have the same SAs, with the same addresses for each.</summary>
    public bool PeersAgree => After.Sas.Count == AtInitiator.Sas.Count && After.Sas.Zip(AtInitiator.Sas).All(static pair =>
        pair.First.Name == pair.Second.Name
        && pair.First.IsClosed == pair.Second.IsClosed
        && pair.First.Initiator.ToHashSet().SetEquals(pair.Second.Initiator)
        && pair.First.Responder.ToHashSet().SetEquals(pair.Second.Responder));
}
