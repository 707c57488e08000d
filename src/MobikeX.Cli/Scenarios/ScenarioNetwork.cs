using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Cli.Scenarios;

/// <summary>
/// Carries messages between the two engines in virtual time. What it is told to lose is lost for good: the engines leave it to
/// the carrier to send again, and this one does not, so that a file sees what a lost exchange does.
/// </summary>
internal sealed class ScenarioNetwork(ScenarioHost initiator, ScenarioHost responder)
{
    /// <summary>More messages than any step needs: engines that answer each other for ever are stopped.</summary>
    private const int MessageLimit = 1000;

    private readonly Queue<Action> _underWay = new();
    private readonly List<ScenarioMessage> _messages = [];
    private readonly List<ScenarioTold> _told = [];
    private readonly uint[] _messageIds = new uint[2];
    private readonly Dictionary<(PeerRole Sender, uint MessageId), uint> _tokens = [];
    private IReadOnlySet<int> _lose = new HashSet<int>();

    public TimeSpan Now { get; private set; }

    /// <summary>The next change of a backend is to fail half-way.</summary>
    public bool FailNextChange { get; set; }

    public IReadOnlyList<ScenarioMessage> Messages => _messages;

    public IReadOnlyList<ScenarioTold> Told => _told;

    public ScenarioHost Host(PeerRole role) => role == PeerRole.Initiator ? initiator : responder;

    /// <summary>What is sent instead of the next response; null: what the engine says.</summary>
    public IReadOnlyList<ScenarioNotify>? Answer { get; set; }

    /// <summary>True where a change of one peer is made at the other too, since no engine asked for it; false where both engines are at work.</summary>
    public bool PeerFollows { get; set; } = true;

    /// <summary>Starts a new record of messages and events.</summary>
    /// <param name="lose">Which of the messages of the record are lost, by number.</param>
    public void Begin(IReadOnlySet<int> lose)
    {
        _messages.Clear();
        _told.Clear();
        _lose = lose;
        Answer = null;
        PeerFollows = true;
    }

    /// <summary>Puts a request before the peer of the sender, whose engine knows nothing of it.</summary>
    /// <param name="messageId">The Message ID; null: the one after the last that the sender used.</param>
    public void Inject(PeerRole sender, uint? messageId, ExchangeType exchange, PayloadType first, byte[] payloads, in PacketAddresses packet)
    {
        uint id = messageId ?? _messageIds[(int)sender];
        _messageIds[(int)sender] = id + 1;
        if (Send(sender, isResponse: false, id, exchange, first, payloads, packet))
        {
            ScenarioHost peer = Host(Other(sender));
            peer.Engine.HandleRequest(new ReceivedMessage(exchange, id, first, payloads, packet), Now, peer.Backend);
            Drain(peer);
        }

        Deliver();
    }

    /// <summary>Takes what an engine put out after a command, and carries messages until none is under way.</summary>
    public void Exchange(ScenarioHost host)
    {
        Drain(host);
        Deliver();
    }

    /// <summary>Moves time, stopping at every deadline of an engine on the way.</summary>
    public void Advance(TimeSpan until)
    {
        while (NextDeadline() is { } deadline && deadline <= until && _messages.Count < MessageLimit)
        {
            Now = deadline > Now ? deadline : Now;
            foreach (ScenarioHost host in (ScenarioHost[])[initiator, responder])
            {
                if (host.Engine.NextDeadline <= Now)
                {
                    host.Engine.HandleTimeout(Now);
                    Exchange(host);
                }
            }
        }

        Now = until > Now ? until : Now;
    }

    /// <summary>Moves time until the engines await nothing more.</summary>
    public void RunToEnd()
    {
        while (NextDeadline() is { } deadline && _messages.Count < MessageLimit)
        {
            Advance(deadline > Now ? deadline : Now);
        }
    }

    private TimeSpan? NextDeadline() =>
        initiator.Engine.NextDeadline is not { } first ? responder.Engine.NextDeadline
        : responder.Engine.NextDeadline is { } second && second < first ? second
        : first;

    private static PeerRole Other(PeerRole role) => role == PeerRole.Initiator ? PeerRole.Responder : PeerRole.Initiator;

    private void Deliver()
    {
        while (_underWay.TryDequeue(out Action? delivery))
        {
            delivery();
        }
    }

    private void Drain(ScenarioHost host)
    {
        RunEffects(host);
        while (host.Engine.TryPollEvent(out EngineEvent? told))
        {
            _told.AddRange(ScenarioEvents.Describe(Now, host, told!));
        }

        while (host.Engine.TryPollTransmit(out Transmit transmit))
        {
            Carry(host, transmit);
        }
    }

    private void RunEffects(ScenarioHost host)
    {
        ScenarioHost other = Host(Other(host.Role));
        while (host.Engine.TryPollEffect(out Effect effect))
        {
            if (FailNextChange)
            {
                host.Backend.FailNext();
                FailNextChange = false;
            }

            SaSelection counterparts = host.Counterparts(effect.Targets, other);
            bool succeeded = host.Backend.TryApply(effect.Change, effect.Targets);
            if (succeeded && PeerFollows)
            {
                // The engine of the sender was not asked, so its SAD follows here: both peers know the same addresses.
                other.Backend.TryApply(effect.Change, counterparts);
            }

            host.Engine.HandleEffect(effect.Id, succeeded, Now, host.Backend);
        }
    }

    private void Carry(ScenarioHost host, in Transmit transmit)
    {
        ScenarioHost peer = Host(Other(host.Role));
        ExchangeType exchange = transmit.Exchange;
        PayloadType first = transmit.First;
        byte[] payloads = transmit.Payloads.ToArray();
        PacketAddresses packet = transmit.Packet;
        bool isResponse = transmit.Kind == TransmitKind.Response;
        uint id = isResponse ? transmit.Token : _messageIds[(int)host.Role]++;
        if (isResponse && Answer is { } instead)
        {
            payloads = ScenarioNotation.Chain(instead, out first);
            Answer = null;
        }

        if (!isResponse)
        {
            _tokens.Add((host.Role, id), transmit.Token);
        }

        if (!Send(host.Role, isResponse, id, exchange, first, payloads, packet))
        {
            return;
        }

        if (!isResponse)
        {
            _underWay.Enqueue(() =>
            {
                peer.Engine.HandleRequest(new ReceivedMessage(exchange, id, first, payloads, packet), Now, peer.Backend);
                Drain(peer);
            });
        }
        else if (_tokens.TryGetValue((peer.Role, id), out uint token))
        {
            // Without a token it answers a request that no engine sent, and nobody waits for it.
            _underWay.Enqueue(() =>
            {
                peer.Engine.HandleResponse(new ReceivedMessage(exchange, token, first, payloads, packet), Now, peer.Backend);
                Drain(peer);
            });
        }
    }

    /// <summary>Records a message; false where it is lost.</summary>
    private bool Send(PeerRole sender, bool isResponse, uint id, ExchangeType exchange, PayloadType first, byte[] payloads, in PacketAddresses packet)
    {
        int number = _messages.Count + 1;
        bool lost = _lose.Contains(number) || number > MessageLimit;
        _messages.Add(new ScenarioMessage(number, Now, sender, isResponse, id, exchange, packet, first, payloads, lost));
        return !lost;
    }
}
