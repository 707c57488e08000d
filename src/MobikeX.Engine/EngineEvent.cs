using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>What an engine tells the upper layer.</summary>
public abstract record EngineEvent;

/// <summary>The peers agreed on a version.</summary>
public sealed record VersionAgreed(MobikeVersion Version) : EngineEvent;

/// <summary>No version was agreed.</summary>
public sealed record NegotiationFailed : EngineEvent;

/// <summary>MOBIKE-X is active no more, by the wish of one of the peers.</summary>
/// <param name="ByPeer">True where the peer wished it.</param>
public sealed record Deactivated(bool ByPeer) : EngineEvent;

/// <summary>The peer offers an alternate address for selected SAs. IKE makes no use of it.</summary>
/// <param name="Sas">The SAs, in the order in which they were selected.</param>
/// <param name="Address">The address.</param>
/// <param name="Information">What the peer says of it; null where it says nothing.</param>
public sealed record AlternateOffered(IReadOnlyList<SecurityAssociation> Sas, IpAddress Address, MultihomingInformation? Information) : EngineEvent;

/// <summary>The peer replaced the list of alternate addresses of the IKE_SA.</summary>
public sealed record AlternatesReplaced(AlternateList Alternates) : EngineEvent;

/// <summary>An action came with information about its address, which is for the upper layer alone.</summary>
public sealed record InformationReceived(ActionTrait Action, IpAddress Address, MultihomingInformation Information) : EngineEvent;

/// <summary>An SA was closed in both directions.</summary>
public sealed record SaClosed(SecurityAssociation Sa) : EngineEvent;

/// <summary>The IKE_SA and its CHILD_SAs were moved without a request of the peer, since it could not be reached.</summary>
public sealed record MovedToAlternate(IpAddress Address) : EngineEvent;

/// <summary>The peer cannot be reached, and no usable alternate address of it is left.</summary>
public sealed record NoAlternateLeft : EngineEvent;

/// <summary>A change that the engine asked for on its own failed; the SAs are as before.</summary>
public sealed record MoveFailed : EngineEvent;

/// <summary>The peer returned the cookie from the address that was checked.</summary>
public sealed record ReturnRoutabilityConfirmed(IpAddress Address) : EngineEvent;

/// <summary>The peer did not return the cookie in time, or returned another.</summary>
/// <param name="Address">The address that was checked.</param>
/// <param name="Mismatch">True where another cookie came: RFC 4555 has the IKE_SA closed then.</param>
public sealed record ReturnRoutabilityFailed(IpAddress Address, bool Mismatch) : EngineEvent;

/// <summary>An action, or an offer of alternates, is answered without an error.</summary>
/// <param name="Identifier">What the command returned, which is the identifier of the ID parameter where one was sent; null for an offer of alternates that has none.</param>
/// <param name="Action">What was asked for.</param>
/// <param name="Check">True where it was only checked.</param>
public sealed record ActionAccepted(ActionTrait Action, ushort? Identifier, bool Check) : EngineEvent;

/// <summary>An action, or an offer of alternates, is answered with an error or a warning.</summary>
/// <param name="Action">What was asked for; null where the answer carries no ID, so that it belongs to any action of the request.</param>
/// <param name="Identifier">The identifier of the answer's ID parameter; null where there is none.</param>
/// <param name="Answer">The answer.</param>
public sealed record ActionAnswered(ActionTrait? Action, ushort? Identifier, NotifyType Answer) : EngineEvent;

/// <summary>An action was not done, at neither end unless the reason says so: the last that is told of it. So is an offer that no response came to.</summary>
/// <param name="Action">What was asked for.</param>
/// <param name="Identifier">What the command returned; null for an offer of alternates that has none.</param>
/// <param name="Reason">Why.</param>
public sealed record ActionFailed(ActionTrait Action, ushort? Identifier, string Reason) : EngineEvent;

/// <summary>An UPDATE was refused for every candidate address, in order.</summary>
public sealed record CandidatesExhausted(ushort? Identifier) : EngineEvent;

/// <summary>The local command cannot be carried out now.</summary>
/// <param name="Identifier">What the command returned; null where it returns nothing.</param>
/// <param name="Reason">Why.</param>
public sealed record CommandRefused(ushort? Identifier, string Reason) : EngineEvent;
