using System.Diagnostics;
using System.Diagnostics.Metrics;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Measures and traces of the platform, from what an endpoint tells. It belongs to the thread of the endpoint.</summary>
/// <remarks>
/// Every instrument but that of refused requests has the tag <c>connection</c>. No tag has a value that a peer chooses. Activities are the exchanges
/// that this host began.
/// </remarks>
public sealed class IkeTelemetry : IDisposable
{
    /// <summary>The name of the <see cref="Meter"/> and of the <see cref="ActivitySource"/>.</summary>
    public const string Name = "MobikeX.Ike";

    private readonly Meter _meter = new(Name);
    private readonly ActivitySource _activities = new(Name);
    private readonly UpDownCounter<int> _sas;
    private readonly UpDownCounter<int> _childSas;
    private readonly Counter<long> _exchanges;
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _retransmissions;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _moves;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _refused;
    private readonly HashSet<ulong> _established = [];

    /// <summary>The request of each IKE_SA that waits for its response: there is one at most.</summary>
    private readonly Dictionary<ulong, (uint MessageId, TimeSpan At, Activity? Activity)> _begun = [];

    /// <summary>The IKE_SA that one was put in the place of, by its own SPI.</summary>
    private readonly Dictionary<ulong, ulong> _former = [];

    /// <summary>Creates the instruments.</summary>
    public IkeTelemetry()
    {
        _sas = _meter.CreateUpDownCounter<int>("mobikex.ike.sas", "{sa}", "IKE_SAs that are established.");
        _childSas = _meter.CreateUpDownCounter<int>("mobikex.ike.child_sas", "{sa}", "Pairs of CHILD_SAs.");
        _exchanges = _meter.CreateCounter<long>("mobikex.ike.exchanges", "{exchange}", "Exchanges that are over.");
        _durations = _meter.CreateHistogram<double>("mobikex.ike.exchange.duration", "s", "Time from a request of this host to its response.");
        _retransmissions = _meter.CreateCounter<long>("mobikex.ike.retransmissions", "{message}", "Requests that were sent again, the same way or another.");
        _repeated = _meter.CreateCounter<long>("mobikex.ike.repeated_requests", "{message}", "Requests of peers that came again.");
        _refused = _meter.CreateCounter<long>("mobikex.ike.refused_requests", "{message}", "First requests of peers that were refused, by reason.");
        _failures = _meter.CreateCounter<long>("mobikex.ike.failures", "{failure}", "IKE_SAs that failed before or after they were set up, and what else failed, by reason.");
        _moves = _meter.CreateCounter<long>("mobikex.ike.moves", "{move}", "Changes of the way to a peer.");
    }

    /// <summary>Counts an event.</summary>
    public void Take(IkeEvent told)
    {
        _ = told ?? throw new ArgumentNullException(nameof(told));
        KeyValuePair<string, object?> connection = new("connection", told.Connection);
        switch (told)
        {
            case SaEstablished:
                _established.Add(told.LocalSpi);
                _sas.Add(1, connection);
                break;
            case SaRekeyed rekeyed:
                Rekey(rekeyed);
                break;
            case SaEnded ended:
                End(ended, connection);
                break;
            case ChildEstablished:
                _childSas.Add(1, connection);
                break;
            case ChildEnded:
                _childSas.Add(-1, connection);
                break;
            case ChildFailed:
                Fail("child_failed", connection);
                break;
            case PeerFailed:
                Fail("peer_failed", connection);
                break;
            case SaRekeyFailed:
                Fail("rekey_failed", connection);
                break;
            case IpsecRefused:
                Fail("ipsec_refused", connection);
                break;
            case RequestRefused refused:
                _refused.Add(1, Reason(Word(refused.Refusal)));
                break;
            case RequestRepeated:
                _repeated.Add(1, connection);
                break;
            case MessageSent { IsResponse: false } request:
                Begin(request);
                break;
            case MessageReceived { IsResponse: true } response:
                Finish(response, connection);
                break;
            case MessageSent answer:
                _exchanges.Add(1, connection, Kind(answer.Exchange), new("begun_by", "peer"));
                break;
            case RequestSentAgain:
                _retransmissions.Add(1, connection);
                break;
            case PathChanged:
                _moves.Add(1, connection);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, _, Activity? activity) in _begun.Values)
        {
            activity?.Dispose();
        }

        _meter.Dispose();
        _activities.Dispose();
    }

    private void Begin(MessageSent begun)
    {
        Forget(begun.LocalSpi, "begun anew");
        // Not of what happens to be current on the thread, and not current for what follows: exchanges of several peers overlap.
        Activity? current = Activity.Current;
        Activity.Current = null;
        Activity? activity = _activities.StartActivity(IkeNames.Of(begun.Exchange), ActivityKind.Client);
        Activity.Current = current;
        activity?.SetTag("mobikex.connection", begun.Connection);
        activity?.SetTag("mobikex.spi", $"{begun.LocalSpi:x16}");
        activity?.SetTag("mobikex.message_id", begun.MessageId);
        activity?.SetTag("network.peer.address", begun.Packet.Destination.ToString());
        activity?.SetTag("network.peer.port", (int)begun.Packet.DestinationPort);
        _begun[begun.LocalSpi] = (begun.MessageId, begun.At, activity);
    }

    private void Finish(MessageReceived done, in KeyValuePair<string, object?> connection)
    {
        _exchanges.Add(1, connection, Kind(done.Exchange), new("begun_by", "us"));
        if (_begun.TryGetValue(done.LocalSpi, out (uint MessageId, TimeSpan At, Activity? Activity) begun) && begun.MessageId == done.MessageId)
        {
            _begun.Remove(done.LocalSpi);
            _durations.Record((done.At - begun.At).TotalSeconds, connection, Kind(done.Exchange));
            begun.Activity?.Dispose();
        }
    }

    /// <summary>What waits on the one before the former will never be answered.</summary>
    private void Rekey(SaRekeyed rekeyed)
    {
        if (_former.Remove(rekeyed.FormerSpi, out ulong older))
        {
            Forget(older, "no response");
        }

        _former[rekeyed.LocalSpi] = rekeyed.FormerSpi;
        if (_established.Remove(rekeyed.FormerSpi))
        {
            _established.Add(rekeyed.LocalSpi);
        }
    }

    private void End(SaEnded ended, in KeyValuePair<string, object?> connection)
    {
        if (_established.Remove(ended.LocalSpi))
        {
            _sas.Add(-1, connection);
        }

        if (Word(ended.Cause) is { } failure)
        {
            Fail(failure, connection);
        }

        Forget(ended.LocalSpi, ended.Reason);
        if (_former.Remove(ended.LocalSpi, out ulong former))
        {
            Forget(former, ended.Reason);
        }
    }

    private void Forget(ulong spi, string reason)
    {
        if (_begun.Remove(spi, out (uint MessageId, TimeSpan At, Activity? Activity) begun))
        {
            begun.Activity?.SetStatus(ActivityStatusCode.Error, reason);
            begun.Activity?.Dispose();
        }
    }

    private void Fail(string reason, in KeyValuePair<string, object?> connection) => _failures.Add(1, connection, Reason(reason));

    private static KeyValuePair<string, object?> Reason(string reason) => new("reason", reason);

    private static KeyValuePair<string, object?> Kind(ExchangeType exchange) => new("exchange", exchange.Name() ?? "other");

    /// <summary>The reason of a failure; null where an IKE_SA ended in good order.</summary>
    private static string? Word(EndCause cause) => cause switch
    {
        EndCause.NoResponse => "no_response",
        EndCause.NotAuthenticated => "not_authenticated",
        EndCause.Refused => "refused",
        EndCause.Malformed => "malformed",
        EndCause.Mobility => "mobility",
        EndCause.OwnFault => "own_fault",
        _ => null,
    };

    private static string Word(RequestRefusal refusal) => refusal switch
    {
        RequestRefusal.MajorVersion => "major_version",
        RequestRefusal.NoProposalChosen => "no_proposal_chosen",
        RequestRefusal.KeyExchange => "key_exchange",
        RequestRefusal.Cookie => "cookie",
        RequestRefusal.HalfOpenLimit => "half_open_limit",
        _ => "malformed",
    };
}
