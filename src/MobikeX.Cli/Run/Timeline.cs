using Microsoft.Extensions.Logging;
using MobikeX.Engine;
using MobikeX.Ike;

namespace MobikeX.Cli.Run;

/// <summary>Logs what an endpoint tells: who, which exchange, what it says, from where to where. Never a key.</summary>
internal sealed partial class Timeline(ILogger<Timeline> log)
{
    /// <summary>Logs an event.</summary>
    public void Take(IkeEvent told)
    {
        string connection = told.Connection;
        string spi = $"{told.LocalSpi:x16}";
        switch (told)
        {
            case MessageSent sent when log.IsEnabled(LogLevel.Information):
                Sent(connection, spi, IkeNames.Of(sent.Exchange), Half(sent.IsResponse), sent.MessageId, sent.Payloads.ToString(), Source(sent.Packet), Destination(sent.Packet));
                break;
            case MessageReceived received when log.IsEnabled(LogLevel.Information):
                Received(
                    connection, spi, IkeNames.Of(received.Exchange), Half(received.IsResponse), received.MessageId, received.Payloads.ToString(), Source(received.Packet), Destination(received.Packet));
                break;
            case RequestSentAgain again:
                SentAgain(connection, spi, IkeNames.Of(again.Exchange), again.MessageId, again.Attempt, Source(again.Path), Destination(again.Path));
                break;
            case RequestRepeated again:
                Repeated(again.Times == 1 ? LogLevel.Information : LogLevel.Debug, connection, spi, IkeNames.Of(again.Exchange), again.MessageId, Source(again.Path), Destination(again.Path));
                break;
            case RequestRefused refused when log.IsEnabled(LogLevel.Debug):
                RefusedRequest(Source(refused.Packet), Destination(refused.Packet), Words(refused.Refusal));
                break;
            case SaEstablished established:
                Established(connection, spi, established.Peer, Source(established.Path), Destination(established.Path));
                break;
            case InnerAddressesGiven given:
                Given(connection, spi, string.Join(", ", given.Addresses));
                break;
            case SaRekeyed rekeyed:
                Rekeyed(connection, spi, $"{rekeyed.FormerSpi:x16}");
                break;
            case SaRekeyFailed failed:
                FailedRekey(connection, spi, failed.Reason);
                break;
            case SaEnded ended:
                Ended(connection, spi, ended.Reason);
                break;
            case ChildEstablished child:
                EstablishedChild(connection, spi, child.Child, $"{child.LocalSpi32:x8}", $"{child.RemoteSpi32:x8}", child.Selectors);
                break;
            case ChildRekeyed child:
                RekeyedChild(connection, spi, child.Child, $"{child.LocalSpi32:x8}", $"{child.RemoteSpi32:x8}", $"{child.FormerSpi:x8}");
                break;
            case ChildEnded child:
                EndedChild(connection, spi, child.Child, $"{child.LocalSpi32:x8}");
                break;
            case ChildAtLimit child when child.IsHard:
                SpentChild(connection, spi, child.Child, $"{child.LocalSpi32:x8}");
                break;
            case ChildAtLimit child:
                NearlySpentChild(connection, spi, child.Child, $"{child.LocalSpi32:x8}");
                break;
            case ChildFailed child:
                FailedChild(connection, spi, child.Child, child.Reason);
                break;
            case PathChanged moved:
                Moved(connection, spi, Source(moved.Path), Destination(moved.Path));
                break;
            case PeerFailed failed:
                Failed(connection, spi, failed.Reason);
                break;
            case IpsecRefused refused:
                Refused(connection, spi, refused.What, refused.Reason);
                break;
            case EngineTold { Event: var engineEvent, Version: var version }:
                Told(connection, spi, EngineEventText.Of(engineEvent, version));
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Connection} {Spi} sends {Exchange} {Half} {MessageId} [{Payloads}] {Source} → {Destination}")]
    private partial void Sent(string connection, string spi, string exchange, string half, uint messageId, string payloads, string source, string destination);

    [LoggerMessage(2, LogLevel.Information, "{Connection} {Spi} takes {Exchange} {Half} {MessageId} [{Payloads}] {Source} → {Destination}")]
    private partial void Received(string connection, string spi, string exchange, string half, uint messageId, string payloads, string source, string destination);

    [LoggerMessage(3, LogLevel.Information, "{Connection} {Spi} sends {Exchange} request {MessageId} again ({Attempt}) {Source} → {Destination}")]
    private partial void SentAgain(string connection, string spi, string exchange, uint messageId, int attempt, string source, string destination);

    [LoggerMessage(4, LogLevel.Information, "{Connection} {Spi} established with {Peer} {Source} → {Destination}")]
    private partial void Established(string connection, string spi, string peer, string source, string destination);

    [LoggerMessage(5, LogLevel.Information, "{Connection} {Spi} has new keys, in place of {FormerSpi}")]
    private partial void Rekeyed(string connection, string spi, string formerSpi);

    [LoggerMessage(17, LogLevel.Warning, "{Connection} {Spi} keeps its keys: {Reason}")]
    private partial void FailedRekey(string connection, string spi, string reason);

    [LoggerMessage(6, LogLevel.Information, "{Connection} {Spi} ended: {Reason}")]
    private partial void Ended(string connection, string spi, string reason);

    [LoggerMessage(7, LogLevel.Information, "{Connection} {Spi} CHILD_SA {Child} established, in {ChildSpi}, out {RemoteChildSpi}: {Selectors}")]
    private partial void EstablishedChild(string connection, string spi, string child, string childSpi, string remoteChildSpi, string selectors);

    [LoggerMessage(8, LogLevel.Information, "{Connection} {Spi} CHILD_SA {Child} {ChildSpi} ended")]
    private partial void EndedChild(string connection, string spi, string child, string childSpi);

    [LoggerMessage(9, LogLevel.Warning, "{Connection} {Spi} CHILD_SA {Child} failed: {Reason}")]
    private partial void FailedChild(string connection, string spi, string child, string reason);

    [LoggerMessage(10, LogLevel.Information, "{Connection} {Spi} moved {Source} → {Destination}")]
    private partial void Moved(string connection, string spi, string source, string destination);

    [LoggerMessage(11, LogLevel.Warning, "{Connection} {Spi} {Reason}")]
    private partial void Failed(string connection, string spi, string reason);

    [LoggerMessage(12, LogLevel.Information, "{Connection} {Spi} MOBIKE: {Told}")]
    private partial void Told(string connection, string spi, string told);

    [LoggerMessage(13, LogLevel.Information, "{Connection} {Spi} CHILD_SA {Child} has new keys, in {ChildSpi}, out {RemoteChildSpi}, in place of {FormerChildSpi}")]
    private partial void RekeyedChild(string connection, string spi, string child, string childSpi, string remoteChildSpi, string formerChildSpi);

    [LoggerMessage(14, LogLevel.Information, "{Connection} {Spi} CHILD_SA {Child} {ChildSpi} has carried what it may, and is rekeyed")]
    private partial void NearlySpentChild(string connection, string spi, string child, string childSpi);

    [LoggerMessage(15, LogLevel.Warning, "{Connection} {Spi} CHILD_SA {Child} {ChildSpi} has carried all it may, so that the kernel has ended it")]
    private partial void SpentChild(string connection, string spi, string child, string childSpi);

    [LoggerMessage(16, LogLevel.Information, "{Connection} {Spi} has inside the tunnel {Addresses}")]
    private partial void Given(string connection, string spi, string addresses);

    [LoggerMessage(18, LogLevel.Warning, "{Connection} {Spi} the IPsec of this host does not {What}: {Reason}")]
    private partial void Refused(string connection, string spi, string what, string reason);

    [LoggerMessage(EventId = 19, Message = "{Connection} {Spi} takes {Exchange} request {MessageId} again, and answers as before {Source} → {Destination}")]
    private partial void Repeated(LogLevel level, string connection, string spi, string exchange, uint messageId, string source, string destination);

    [LoggerMessage(24, LogLevel.Debug, "refuses a first request {Source} → {Destination}: {Reason}")]
    private partial void RefusedRequest(string source, string destination, string reason);

    private static string Words(RequestRefusal refusal) => refusal switch
    {
        RequestRefusal.MajorVersion => "another major version of IKE",
        RequestRefusal.NoProposalChosen => "no connection takes its algorithms from there",
        RequestRefusal.KeyExchange => "its key exchange is of another group than the chosen one",
        RequestRefusal.Cookie => "it is to come again with a COOKIE",
        RequestRefusal.HalfOpenLimit => "too many IKE_SAs are half open",
        _ => "malformed",
    };

    private static string Half(bool isResponse) => isResponse ? "response" : "request";

    private static string Source(in PacketAddresses packet) => AddressText.Of(packet.Source, packet.SourcePort);

    private static string Destination(in PacketAddresses packet) => AddressText.Of(packet.Destination, packet.DestinationPort);
}
