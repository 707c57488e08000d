using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>MOBIKE and MOBIKE-X with one peer: the engine, and which way leads to the peer.</summary>
/// <remarks>
/// The engine says what is said of addresses; this says when. As the Initiator it looks for a way when the one in use fails or an address
/// goes: what is outstanding is sent every way with the same octets, the first way that a response comes is the one that works, and an UPDATE says so.
/// Of several changes the last one wins: an UPDATE that waits behind another exchange is for the way that is known when its turn comes.
/// </remarks>
internal sealed partial class PeerMobility(IkePeer peer) : IMobility
{
    private readonly Dictionary<uint, PendingAnswer> _answers = [];
    private MobikeXEngine? _engine;
    private IReadOnlyList<IpAddress> _locals = [];
    private IkeTimer? _timer;
    private uint _offer;
    private int _unsent;

    public bool WantsNatPort => Options.Versions.Count > 0;

    private MobilityOptions Options => peer.Connection.Mobility;

    private bool IsMobile => _engine?.Ike.Version is not null;

    public void AddToAuth(PayloadChain chain)
    {
        if (Options.Versions.Count == 0)
        {
            return;
        }

        var initiator = new MobikeXInitiator(peer.Sa!, Options.ForInitiator());
        _engine = initiator;
        initiator.Enable(peer.Now);
        if (Options.ProhibitsNats)
        {
            chain.Add(NatProhibition.Notify(peer.Path));
        }

        while (initiator.TryPollTransmit(out Transmit transmit))
        {
            _offer = transmit.Token;
            chain.AddChain(transmit.First, transmit.Payloads.Span);
        }
    }

    public void AddToLiveness(PayloadChain chain)
    {
        // A NAT that has forgotten its mapping shows itself by what the peer sees (RFC 4555 section 3.8).
        if (peer.IsInitiator && IsMobile && peer.LocalBehindNat)
        {
            chain.AddRange(NatDetection.Notifies(peer.Session, peer.Path));
        }
    }

    public void TakeAuthResponse(ReceivedPayloads response)
    {
        if (_engine is { } engine)
        {
            engine.HandleResponse(Received(response, _offer), peer.Now, peer.Sas);
            Drain();
        }
    }

    public void Answer(ReceivedPayloads request, PayloadChain answers, Action done)
    {
        if (_engine is null && !peer.IsInitiator && Options.Versions.Count > 0)
        {
            _engine = new MobikeXResponder(peer.Sa!, Options.ForResponder());
        }

        if (_engine is not { } engine)
        {
            done();
            return;
        }

        _answers[request.MessageId] = new PendingAnswer(answers, done);
        engine.HandleRequest(Received(request, request.MessageId), peer.Now, peer.Sas);
        Drain();
    }

    public void Established()
    {
        _offered = [];
        AskHowSeen();
        HandleAddresses(peer.Endpoint.Addresses);
    }

    public void Rekeyed(IkeSession successor)
    {
        ulong initiator = peer.IsInitiator ? successor.LocalSpi : successor.RemoteSpi;
        ulong responder = peer.IsInitiator ? successor.RemoteSpi : successor.LocalSpi;
        bool isReversed = successor.IsInitiator != peer.IsInitiator;
        if (_engine is { } engine)
        {
            engine.HandleRekey(initiator, responder, isReversed, peer.Sas);

            // The hash that tells where the peer sees this host has the SPIs in it: what it is from now on is asked at once.
            _seenAs = null;
            AskHowSeen();
        }
        else
        {
            peer.Sas.Directory.Rekey(peer.Sa!, initiator, responder, isReversed);
        }
    }

    public void ChildRekeyed(ChildSa replaced, ChildSa successor) => _engine?.HandleChildRekey(replaced, successor);

    public void Ended()
    {
        _timer?.Stop();
        _engine = null;
        _answers.Clear();
    }

    /// <summary>The response to a request of the engine.</summary>
    public void TakeEngineResponse(in Transmit transmit, ReceivedPayloads response)
    {
        if (_engine is { } engine)
        {
            engine.HandleResponse(Received(response, transmit.Token), peer.Now, peer.Sas);
            Drain();
            GoOnMoving();
        }
    }

    /// <summary>A request of the engine waits no more for its turn: from here on the engine waits for its response.</summary>
    public void TakeSent(in Transmit transmit)
    {
        _unsent--;
        _engine?.HandleSent(transmit.Token, peer.Now);
        SetTimer();
    }

    /// <summary>No response to a request of the engine will come.</summary>
    public void TakeEngineLoss(in Transmit transmit)
    {
        if (_engine is { } engine)
        {
            engine.HandleLoss(transmit.Token, peer.Now, peer.Sas);
            Drain();
        }
    }

    /// <summary>Which way a request of the engine goes: as it says, where this host has that address; the engine knows of no port but its own.</summary>
    public PacketAddresses PathFor(in Transmit transmit)
    {
        PacketAddresses path = peer.Path;
        PacketAddresses wanted = transmit.Packet;
        bool isCurrent = wanted.Source == path.Source && wanted.Destination == path.Destination;
        if (isCurrent || (_locals.Count > 0 && !_locals.Contains(wanted.Source)))
        {
            return path;
        }

        // A peer at the port of IKE takes a message with the non-ESP marker for none (RFC 7296 section 2.23).
        const ushort Ike = (ushort)Protocol.Ikev2.Constants.IkePort;
        return wanted.DestinationPort == Ike ? new PacketAddresses(wanted.Source, Ike, wanted.Destination, Ike)
            : peer.IsInitiator ? new PacketAddresses(wanted.Source, wanted.SourcePort, wanted.Destination, peer.Connection.RemoteNatPort)
            : wanted;
    }

    /// <summary>Carries out what the engine has put out, and tells what it tells.</summary>
    private void Drain()
    {
        if (_engine is not { } engine)
        {
            return;
        }

        while (engine.TryPollEffect(out Effect effect))
        {
            int id = effect.Id;
            SaChange change = effect.Change;
            Change(change, effect.Targets, succeeded =>
            {
                engine.HandleEffect(id, succeeded, peer.Now, peer.Sas);
                Drain();
                FollowSa();
                GoOnMoving();
            });
        }

        while (engine.TryPollTransmit(out Transmit transmit))
        {
            Put(transmit);
        }

        while (engine.TryPollEvent(out EngineEvent? told))
        {
            peer.Raise(new EngineTold(told!, engine.Ike.Version));
            Take(told!);
        }

        SetTimer();
    }

    private void Put(in Transmit transmit)
    {
        if (transmit.Kind == TransmitKind.Request)
        {
            _unsent++;
            peer.Begin(new EngineExchange(peer, this, transmit));
        }
        else if (_answers.Remove(transmit.Token, out PendingAnswer answer))
        {
            answer.Chain.AddChain(transmit.First, transmit.Payloads.Span);
            answer.Done();
        }
    }

    /// <summary>No time runs against a peer that has not been asked yet: its response is what the engine waits for.</summary>
    private void SetTimer()
    {
        _timer?.Stop();
        _timer = _unsent == 0 && _engine?.NextDeadline is { } deadline
            ? peer.After(deadline > peer.Now ? deadline - peer.Now : TimeSpan.Zero, () =>
            {
                _engine?.HandleTimeout(peer.Now);
                Drain();
            })
            : null;
    }

    private static ReceivedMessage Received(ReceivedPayloads message, uint token) =>
        new(message.Exchange, token, message.First, message.Chain, message.Packet);

    private readonly record struct PendingAnswer(PayloadChain Chain, Action Done);
}
