using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Scenarios;

/// <summary>An event as a scenario file names it.</summary>
/// <param name="Details">What the file has no word for; for the reader of the report.</param>
internal sealed record ScenarioTold(TimeSpan Time, PeerRole Peer, string Kind, string? Sa, IpAddress? Address, string? Details);

/// <summary>The names of the engines' events in a scenario file.</summary>
internal static class ScenarioEvents
{
    public const string Alternate = "alternate";
    public const string Closed = "closed";

    public static IReadOnlyList<string> Kinds { get; } =
    [
        Alternate, Closed, "alternates", "information", "agreed", "failed", "deactivated", "moved", "no-alternate", "move-failed",
        "routable", "unroutable", "accepted", "answered", "exhausted", "refused", "action-failed",
    ];

    public static IEnumerable<ScenarioTold> Describe(TimeSpan time, ScenarioHost host, EngineEvent told) =>
        Describe(time, host.Role, host.NameOf, host.NameOf(host.Ike), told);

    /// <summary>An event in the words of a scenario file, which has one for each SA of those that it names.</summary>
    /// <param name="time">When it was told.</param>
    /// <param name="peer">Who told it.</param>
    /// <param name="nameOf">The name of an SA.</param>
    /// <param name="ike">The name of the IKE_SA that it is about where it names none.</param>
    /// <param name="told">The event.</param>
    public static IEnumerable<ScenarioTold> Describe(TimeSpan time, PeerRole peer, Func<SecurityAssociation, string?> nameOf, string? ike, EngineEvent told)
    {
        ScenarioTold[] Tell(string kind, SecurityAssociation? sa = null, IpAddress? address = null, string? details = null) =>
            [new(time, peer, kind, sa is null ? null : nameOf(sa) ?? sa.ToString(), address, details)];

        return told switch
        {
            AlternateOffered offered => offered.Sas.SelectMany(sa => Tell(Alternate, sa, offered.Address, offered.Information?.ToString())),
            SaClosed closed => Tell(Closed, closed.Sa),
            AlternatesReplaced replaced => [new(time, peer, "alternates", ike, null, Text(replaced.Alternates))],
            InformationReceived information => Tell("information", address: information.Address, details: $"{information.Action} {information.Information}"),
            VersionAgreed agreed => Tell("agreed", details: $"version {(int)agreed.Version}"),
            NegotiationFailed => Tell("failed"),
            Deactivated deactivated => Tell("deactivated", details: deactivated.ByPeer ? "by the peer" : "by this side"),
            MovedToAlternate moved => Tell("moved", address: moved.Address),
            NoAlternateLeft => Tell("no-alternate"),
            MoveFailed => Tell("move-failed"),
            ReturnRoutabilityConfirmed confirmed => Tell("routable", address: confirmed.Address),
            ReturnRoutabilityFailed failed => Tell("unroutable", address: failed.Address),
            ActionAccepted accepted => Tell("accepted", details: Text(accepted.Action, accepted.Identifier) + (accepted.Check ? ", a check" : string.Empty)),
            ActionAnswered answered => Tell("answered", details: $"{Text(answered.Action, answered.Identifier)}: {NotifyDispatcher.NameOf(answered.Answer)}"),
            CandidatesExhausted exhausted => Tell("exhausted", details: exhausted.Identifier is { } id ? $"ID {id}" : null),
            CommandRefused refused => Tell("refused", details: refused.Reason),
            ActionFailed failed => Tell("action-failed", details: failed.Reason),
            _ => Tell(told.GetType().Name),
        };
    }

    /// <summary>As the file writes it.</summary>
    public static string Text(string kind, string? sa, IpAddress? address) => (sa, address) switch
    {
        (null, null) => kind,
        ({ }, null) => $"{kind}: {sa}",
        (null, { }) => $"{kind}: {{ address: {address} }}",
        _ => $"{kind}: {{ sa: {sa}, address: {address} }}",
    };

    private static string Text(ActionTrait? action, ushort? identifier) =>
        $"{action?.ToString().ToLowerInvariant() ?? "some action"}{(identifier is { } id ? $", ID {id}" : string.Empty)}";

    private static string Text(AlternateList alternates)
    {
        var addresses = new string[alternates.Count];
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i] = alternates[i].ToString();
        }

        return addresses.Length == 0 ? "none" : string.Join(", ", addresses);
    }
}
