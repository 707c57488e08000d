using MobikeX.Cli.Notation;
using MobikeX.Cli.Yaml;
using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Scenarios;

/// <summary>One step: what happens, and what is expected then. A part that is null is not stated by the file.</summary>
/// <param name="Lose">Which of the messages that are sent in the step are lost, counted from 1.</param>
/// <param name="PeerSad">What is true of the SAD of the other peer, where both engines are at work.</param>
internal sealed record ScenarioStep(
    int Number,
    int Line,
    IReadOnlyList<ScenarioAction> Actions,
    IReadOnlySet<int> Lose,
    ResponseExpectation? Response,
    SadExpectation? Sad,
    SadExpectation? PeerSad,
    IReadOnlyList<ScenarioEvent>? Events,
    StateExpectation? Expect);

/// <summary>What happens in a step.</summary>
internal abstract record ScenarioAction;

/// <summary>The next change of the backend fails half-way.</summary>
internal sealed record FailBackend : ScenarioAction;

/// <summary>Virtual time moves.</summary>
internal sealed record Wait(TimeSpan Duration) : ScenarioAction;

/// <summary>A request is put before the peer's engine as a message of the sender; the sender's engine is not asked.</summary>
/// <param name="MessageId">The Message ID; null: the one after the last that the sender used.</param>
internal sealed record SendRequest(PeerRole By, IpAddress? From, uint? MessageId, IReadOnlyList<ScenarioNotify> Notifies) : ScenarioAction;

/// <summary>The Initiator's engine is asked for an action, and what both engines then say is carried between them.</summary>
/// <param name="From">The source of the packet; null: the current address.</param>
internal sealed record Ask(ActionTrait Action, ActionCommand Command, IpAddress? From) : ScenarioAction;

/// <summary>The engine of the Responder is told that the Initiator cannot be reached.</summary>
/// <param name="Tried">Where it was sought in vain, beside its current addresses.</param>
internal sealed record Unreachable(IReadOnlyList<IpAddress> Tried) : ScenarioAction;

/// <summary>Both engines negotiate the version.</summary>
/// <param name="Answer">What comes back to the first offer, instead of what the Responder's engine says; null where that comes back.</param>
internal sealed record Negotiate(NegotiationSide Initiator, NegotiationSide Responder, IReadOnlyList<ScenarioNotify>? Answer) : ScenarioAction;

/// <summary>What one peer brings to the negotiation.</summary>
/// <param name="Knows">False for a peer that does not know MOBIKE at all.</param>
/// <param name="Rfc4555">True for a peer that knows version 1 only, and no version list.</param>
/// <param name="Enabled">What the Initiator offers or the Responder enables.</param>
/// <param name="Supported">What the Initiator supports; includes what it offers.</param>
/// <param name="Retry">False where the Initiator does not take up a version that the Responder names.</param>
internal sealed record NegotiationSide(bool Knows, bool Rfc4555, IReadOnlyList<int> Enabled, IReadOnlyList<int> Supported, bool Retry)
{
    /// <summary>A peer that wants every version that there is.</summary>
    public static NegotiationSide WithAll { get; } = new(true, false, ProtocolNames.Versions, ProtocolNames.Versions, Retry: true);
}

/// <summary>A notify of the file, encoded.</summary>
/// <param name="Critical">Null where the file does not say.</param>
internal sealed record ScenarioNotify(YamlValue At, bool? Critical, WrittenNotify Written);

/// <summary>The notifies that come back, in order.</summary>
internal sealed record ResponseExpectation(YamlValue At, IReadOnlyList<ScenarioNotify> Notifies);

/// <summary>What must be true of the SAD: of each SA by name, and of the alternates of an IKE_SA by its name.</summary>
internal sealed record SadExpectation(
    YamlValue At, IReadOnlyDictionary<string, SaExpectation> Sas, IReadOnlyDictionary<string, IReadOnlyList<IpAddress>> Alternates);

/// <summary>What must be true of one SA; a part that is null is as before.</summary>
internal sealed record SaExpectation(
    YamlValue At, bool Closed, IReadOnlyList<IpAddress>? Initiator, IReadOnlyList<IpAddress>? Responder, string? Mode, IReadOnlyList<IpAddress>? Inner);

/// <summary>What the upper layer is told; a part that is null is not compared.</summary>
internal sealed record ScenarioEvent(YamlValue At, string Kind, string? Sa, IpAddress? Address);

/// <summary>What both peers have agreed; a part that is null is not compared. Version 0 is none.</summary>
internal sealed record StateExpectation(YamlValue At, string? Initiator, string? Responder, int? Version);
