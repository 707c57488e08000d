using System.Diagnostics;
using System.Diagnostics.Metrics;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Measures and traces of the platform, from what an endpoint tells. It belongs to the thread of the endpoint.</summary>
/// <remarks>
/// Instruments: <c>mobikex.ike.sas</c> and <c>mobikex.ike.child_sas</c>, those that are there; <c>mobikex.ike.exchanges</c>, by kind and by who began them;
/// <c>mobikex.ike.exchange.duration</c> in seconds, of those that this host began; <c>mobikex.ike.retransmissions</c>; <c>mobikex.ike.failures</c> by reason;
/// <c>mobikex.ike.moves</c>. Each has the tag <c>connection</c>. Activities are the exchanges that this host began.
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
    private readonly HashSet<ulong> _established = [];
    private readonly Dictionary<(ulong Spi, uint MessageId), (TimeSpan At, Activity? Activity)> _begun = [];

    /// <summary>Creates the instruments.</summary>
    public IkeTelemetry()
    {
        _sas = _meter.CreateUpDownCounter<int>("mobikex.ike.sas", "{sa}", "IKE_SAs that are established.");
        _childSas = _meter.CreateUpDownCounter<int>("mobikex.ike.child_sas", "{sa}", "Pairs of CHILD_SAs.");
        _exchanges = _meter.CreateCounter<long>("mobikex.ike.exchanges", "{exchange}", "Exchanges that are over.");
        _durations = _meter.CreateHistogram<double>("mobikex.ike.exchange.duration", "s", "Time from a request of this host to its response.");
        _retransmissions = _meter.CreateCounter<long>("mobikex.ike.retransmissions", "{message}", "Requests that were sent again.");
        _failures = _meter.CreateCounter<long>("mobikex.ike.failures", "{failure}", "What failed, by reason.");
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
            case SaRekeyed rekeyed when _established.Remove(rekeyed.FormerSpi):
                _established.Add(told.LocalSpi);
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
            case ChildFailed failed:
                Fail(failed.Reason, connection);
                break;
            case PeerFailed failed:
                Fail(failed.Reason, connection);
                break;
            case SaRekeyFailed failed:
                Fail(failed.Reason, connection);
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
        foreach ((_, Activity? activity) in _begun.Values)
        {
            activity?.Dispose();
        }

        _meter.Dispose();
        _activities.Dispose();
    }

    private void Begin(MessageSent begun)
    {
        Forget((begun.LocalSpi, begun.MessageId), "begun anew");
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
        _begun[(begun.LocalSpi, begun.MessageId)] = (begun.At, activity);
    }

    private void Finish(MessageReceived done, in KeyValuePair<string, object?> connection)
    {
        _exchanges.Add(1, connection, Kind(done.Exchange), new("begun_by", "us"));
        if (_begun.Remove((done.LocalSpi, done.MessageId), out (TimeSpan At, Activity? Activity) begun))
        {
            _durations.Record((done.At - begun.At).TotalSeconds, connection, Kind(done.Exchange));
            begun.Activity?.Dispose();
        }
    }

    private void End(SaEnded ended, in KeyValuePair<string, object?> connection)
    {
        if (_established.Remove(ended.LocalSpi))
        {
            _sas.Add(-1, connection);
        }
        else
        {
            Fail(ended.Reason, connection);
        }

        foreach ((ulong Spi, uint MessageId) key in _begun.Keys.Where(key => key.Spi == ended.LocalSpi).ToArray())
        {
            Forget(key, ended.Reason);
        }
    }

    private void Forget((ulong Spi, uint MessageId) key, string reason)
    {
        if (_begun.Remove(key, out (TimeSpan At, Activity? Activity) begun))
        {
            begun.Activity?.SetStatus(ActivityStatusCode.Error, reason);
            begun.Activity?.Dispose();
        }
    }

    private void Fail(string reason, in KeyValuePair<string, object?> connection) => _failures.Add(1, connection, new KeyValuePair<string, object?>("reason", reason));

    private static KeyValuePair<string, object?> Kind(ExchangeType exchange) => new("exchange", IkeNames.Of(exchange));
}
