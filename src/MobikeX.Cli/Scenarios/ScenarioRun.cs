using MobikeX.Protocol;

namespace MobikeX.Cli.Scenarios;

/// <summary>What came of a scenario.</summary>
internal sealed record ScenarioRun(Scenario Scenario, IReadOnlyList<StepRun> Steps)
{
    public bool Holds => Steps.All(step => step.Differences.Count == 0);
}

/// <summary>What happened in a step, and what of it was expected otherwise.</summary>
/// <param name="View">The peer whose SAD the step looks at: the one that a request went to.</param>
/// <param name="PeerBefore">The SAD of the other peer.</param>
/// <param name="PeerAfter">The SAD of the other peer then.</param>
/// <param name="Version">What was agreed when the step began, which says how its notifies are read.</param>
internal sealed record StepRun(
    ScenarioStep Step,
    PeerRole View,
    TimeSpan Start,
    TimeSpan End,
    IReadOnlyList<ScenarioMessage> Messages,
    IReadOnlyList<ScenarioTold> Told,
    SadState Before,
    SadState After,
    SadState PeerBefore,
    SadState PeerAfter,
    NegotiationOutcome Negotiated,
    MobikeVersion? Version,
    IReadOnlyList<Difference> Differences);

/// <summary>Where the negotiation stands at both peers; version 0 is none.</summary>
internal sealed record NegotiationOutcome(string InitiatorState, string ResponderState, int InitiatorVersion, int ResponderVersion);

/// <summary>An expectation that does not hold.</summary>
/// <param name="Line">Where the file states it.</param>
internal sealed record Difference(int Line, int Column, string Subject, string Expected, string Got);
