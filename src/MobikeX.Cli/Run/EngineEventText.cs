using MobikeX.Engine;
using MobikeX.Ike;
using MobikeX.Protocol;

namespace MobikeX.Cli.Run;

/// <summary>What an engine of MOBIKE tells, in words.</summary>
internal static class EngineEventText
{
    /// <summary>What was told.</summary>
    /// <param name="told">The event.</param>
    /// <param name="version">The version of MOBIKE that both ends had agreed on.</param>
    public static string Of(EngineEvent told, MobikeVersion? version) => told switch
    {
        VersionAgreed agreed => $"version {(int)agreed.Version} agreed",
        NegotiationFailed => "no version agreed",
        Deactivated deactivated => $"deactivated by {(deactivated.ByPeer ? "the peer" : "this host")}",
        AlternateOffered offered => $"the peer offers {offered.Address} for {Names(offered.Sas)}",
        AlternatesReplaced replaced => $"{replaced.Alternates.Count} alternate addresses of the peer",
        InformationReceived information => $"{Name(information.Action)} of {information.Address} with {information.Information}",
        SaClosed closed => $"{Name(closed.Sa)} closed",
        MovedToAlternate moved => $"moved to the alternate address {moved.Address}",
        NoAlternateLeft => "no alternate address of the peer is left",
        MoveFailed => "a move failed, and all is as before",
        ReturnRoutabilityConfirmed confirmed => $"the peer is reached at {confirmed.Address}",
        ReturnRoutabilityFailed failed => $"the peer is not reached at {failed.Address}{(failed.Mismatch ? ": another cookie came back" : string.Empty)}",
        ActionAccepted accepted => $"{(accepted.Check ? "CHECK of " : string.Empty)}{Name(accepted.Action)} accepted",
        ActionAnswered answered => $"{(answered.Action is { } action ? Name(action) : "an action")} answered {IkeNames.Of(answered.Answer, version)}",
        ActionFailed failed => $"{Name(failed.Action)} not done: {failed.Reason}",
        CandidatesExhausted => "every candidate address was refused",
        CommandRefused refused => $"command refused: {refused.Reason}",
        _ => told.GetType().Name,
    };

    private static string Name(ActionTrait action) => action.ToString().ToUpperInvariant();

    private static string Names(IReadOnlyList<SecurityAssociation> sas) => sas.Count == 1 ? Name(sas[0]) : $"{Name(sas[0])} and {sas.Count - 1} more";

    private static string Name(SecurityAssociation sa) => sa is ChildSa child ? $"the CHILD_SA {child.Spi:x8}" : "the IKE_SA";
}
