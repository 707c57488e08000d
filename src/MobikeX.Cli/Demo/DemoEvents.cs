using MobikeX.Cli.Run;
using MobikeX.Cli.Scenarios;
using MobikeX.Engine;
using MobikeX.Ike;

namespace MobikeX.Cli.Demo;

/// <summary>What the endpoints of the demo tell, in the words of scenario files where those have any.</summary>
internal static class DemoEvents
{
    /// <summary>An event in words; nothing where it tells nothing that the messages do not show.</summary>
    /// <param name="role">Who tells it.</param>
    /// <param name="other">The peer that it is told of; null where there is none any more.</param>
    /// <param name="sas">The SAs by name.</param>
    /// <param name="told">The event.</param>
    public static IEnumerable<ScenarioTold> Describe(PeerRole role, IkePeer? other, IReadOnlyDictionary<string, SecurityAssociation> sas, IkeEvent told)
    {
        ScenarioTold[] Tell(string kind, string? sa = null, string? details = null) => [new(told.At, role, kind, sa, null, details)];

        return told switch
        {
            EngineTold { Event: var engineEvent } => ScenarioEvents.Describe(told.At, role, sa => NameOf(sas, sa), DemoSetting.IkeSa, engineEvent),
            SaEstablished established => Tell("established", DemoSetting.IkeSa, $"with {established.Peer}, sealed by {other?.Algorithms}"),
            SaRekeyed => Tell("rekeyed", DemoSetting.IkeSa),
            SaEnded ended => Tell("ended", DemoSetting.IkeSa, ended.Reason),
            ChildEstablished child => Tell("established", child.Child, $"in {child.LocalSpi32:x8}, out {child.RemoteSpi32:x8}, {child.Selectors}"),
            ChildRekeyed child => Tell("rekeyed", child.Child),
            ChildFailed child => Tell("failed", child.Child, child.Reason),
            ChildEnded child => Tell("ended", child.Child),
            PathChanged moved => Tell("path", details: $"{AddressText.Of(moved.Path.Source, moved.Path.SourcePort)} → {AddressText.Of(moved.Path.Destination, moved.Path.DestinationPort)}"),
            RequestSentAgain again => Tell("sent-again", details: $"{IkeNames.Of(again.Exchange)} request {again.MessageId}"),
            SaRekeyFailed failed => Tell("not-rekeyed", DemoSetting.IkeSa, failed.Reason),
            PeerFailed failed => Tell("failed", details: failed.Reason),
            _ => [],
        };
    }

    private static string? NameOf(IReadOnlyDictionary<string, SecurityAssociation> sas, SecurityAssociation sa) => sas.FirstOrDefault(named => named.Value == sa).Key;
}
