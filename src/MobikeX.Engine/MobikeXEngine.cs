using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>One end of an IKE_SA: messages, commands and time go in; messages, effects and events come out.</summary>
/// <remarks>
/// It opens no socket, starts no thread and reads no clock. Time is counted from an epoch of the caller's choosing. After every
/// call the caller takes what came out, until nothing is left: <see cref="EngineDriver"/> does it for the effects.
/// </remarks>
public abstract class MobikeXEngine
{
    /// <summary>So many octets from the start of the object on is what every request reads.</summary>
    private const int OftenRead = 88;

    private readonly EngineWorkspace _workspace;
    private EngineOutbox? _outbox;
    private RequestProcessor? _requests;
    private int _lastEffect;
    private uint _lastToken;

    private protected MobikeXEngine(IkeSa ike, EngineOptions options, EngineWorkspace? workspace)
    {
        Ike = ike ?? throw new ArgumentNullException(nameof(ike));
        Options = options ?? throw new ArgumentNullException(nameof(options));
        _workspace = workspace ?? new EngineWorkspace();
    }

    /// <summary>The IKE_SA that this is one end of.</summary>
    public IkeSa Ike { get; }

    /// <summary>When <see cref="HandleTimeout"/> is to be called at the latest; null where nothing is awaited.</summary>
    public abstract TimeSpan? NextDeadline { get; }

    internal EngineOptions Options { get; }

    /// <summary>Whether it was the peer that ended the use of the version which was agreed last; null where none was ended. The peer may still wait for what was begun under it.</summary>
    internal bool? EndedByPeer { get; private set; }

    /// <summary>True at the Responder of the IKE_SA.</summary>
    internal abstract bool PeerIsInitiator { get; }

    /// <summary>Asks the processor for the memory that a request on each of these IKE_SAs touches. It changes nothing, and may always be left out.</summary>
    /// <remarks>
    /// For a caller that has received several datagrams: where there are so many IKE_SAs that they are in no cache, it calls this for their
    /// engines, a dozen or two, before it handles the first. Memory is then waited for once, and not by each request again. An array of this
    /// type would look at each engine that is put into it, and so wait for it; one of a type that is sealed does not.
    /// </remarks>
    /// <param name="engines">The engines of the requests; one may stand there twice.</param>
    public static void Prefetch(ReadOnlySpan<MobikeXEngine> engines)
    {
        // Step by step for all: where an object lies is known only once the one before it is there, and those of other requests come meanwhile.
        foreach (MobikeXEngine engine in engines)
        {
            CacheHint.Fetch(engine, OftenRead);
        }

        foreach (MobikeXEngine engine in engines)
        {
            CacheHint.Fetch(engine.Ike, IkeSa.OftenRead);
        }

        foreach (MobikeXEngine engine in engines)
        {
            if (engine.Ike.NextChild is { } child)
            {
                CacheHint.Fetch(child, ChildSa.OftenRead);
            }
        }
    }

    /// <summary>Takes a request of the peer. Its response comes out once every action in it is done.</summary>
    public void HandleRequest(in ReceivedMessage message, TimeSpan now, IIpsecReader sas)
    {
        RequestProcessor request = _workspace.RentRequest();
        request.NextOfEngine = _requests;
        _requests = request;
        request.Begin(this, message, now, sas);
        RespondIfDone(request, now);
    }

    /// <summary>Takes the addresses that a peer adds to its answer to a negotiation (RFC 4555 section 3.4). A response is answered by nothing.</summary>
    private protected void TakeAlternates(in ReceivedMessage response, TimeSpan now, IIpsecReader sas)
    {
        if (Ike.Version is null)
        {
            return;
        }

        NotifyChain offered = new();
        PayloadChainReader reader = new(response.First, response.Payloads);
        while (reader.TryRead(out PayloadView payload))
        {
            if (payload.TryReadNotify(out NotifyPayload notify, out _)
                && notify.Spi.IsEmpty
                && notify.NotifyMessageType is NotifyType.AdditionalIp4Address or NotifyType.AdditionalIp6Address or NotifyType.NoAdditionalAddresses)
            {
                offered.Add(notify.NotifyMessageType, notify.Data);
            }
        }

        if (offered.First == PayloadType.NoNextPayload)
        {
            return;
        }

        RequestProcessor request = _workspace.RentRequest();
        request.Begin(this, new ReceivedMessage(response.Exchange, response.Token, offered.First, offered.Octets.Span, response.Packet), now, sas);
        request.End();
        _workspace.Return(request);
    }

    /// <summary>Takes the response to a request of this engine.</summary>
    public abstract void HandleResponse(in ReceivedMessage message, TimeSpan now, IIpsecReader sas);

    /// <summary>Takes that a request of this engine is sent, for a carrier where requests wait for each other: what is waited for is waited for from here on.</summary>
    /// <param name="token">What the response is reported under.</param>
    /// <param name="now">The time.</param>
    public virtual void HandleSent(uint token, TimeSpan now)
    {
    }

    /// <summary>Takes that no response to a request of this engine will come: the carrier has given up.</summary>
    public abstract void HandleLoss(uint token, TimeSpan now, IIpsecReader sas);

    /// <summary>Takes that the IKE_SA has a successor, which inherits what was agreed (RFC 7296 section 2.18, RFC 4555 section 3.5).</summary>
    /// <param name="spi">The SPI that the Initiator receives on from now on.</param>
    /// <param name="responderSpi">The SPI that the Responder receives on from now on.</param>
    /// <param name="isReversed">Whether it was the Responder that asked for the successor.</param>
    /// <param name="sas">Where the IKE_SA is known.</param>
    public virtual void HandleRekey(ulong spi, ulong responderSpi, bool isReversed, IIpsecReader sas) =>
        sas.Directory.Rekey(Ike, spi, responderSpi, isReversed);

    /// <summary>Takes that a CHILD_SA has a successor, which stands where it stood when they were negotiated: a move that waits is one of both (RFC 7296 section 1.3.3).</summary>
    /// <param name="replaced">The CHILD_SA that is to end.</param>
    /// <param name="successor">The one in its place, which is installed.</param>
    public virtual void HandleChildRekey(ChildSa replaced, ChildSa successor)
    {
    }

    /// <summary>Lets time pass.</summary>
    public abstract void HandleTimeout(TimeSpan now);

    /// <summary>Takes the outcome of an effect.</summary>
    public void HandleEffect(int effectId, bool succeeded, TimeSpan now, IIpsecReader sas)
    {
        RequestProcessor? request = _requests;
        while (request is not null && request.AwaitedEffect != effectId)
        {
            request = request.NextOfEngine;
        }

        if (request is null)
        {
            TakeOwnEffect(effectId, succeeded, now, sas);
            return;
        }

        request.Resume(succeeded, sas);
        RespondIfDone(request, now);
    }

    /// <summary>Takes the next message to send.</summary>
    public bool TryPollTransmit(out Transmit transmit) => TryPoll(_outbox?.Transmits, out transmit);

    /// <summary>Takes the next change to ask the backend for.</summary>
    public bool TryPollEffect(out Effect effect) => TryPoll(_outbox?.Effects, out effect);

    /// <summary>Takes the next event for the upper layer.</summary>
    public bool TryPollEvent(out EngineEvent? engineEvent) => TryPoll(_outbox?.Events, out engineEvent);

    /// <summary>A request offers these versions.</summary>
    internal virtual void TakeOffer(IReadOnlyList<MobikeVersion> named, AnswerChain answers)
    {
    }

    /// <summary>A request offers versions in a way that cannot be read.</summary>
    internal virtual void TakeMalformedOffer(AnswerChain answers)
    {
    }

    /// <summary>A request says MOBIKE_UNSUPPORTED_VERSION with these versions.</summary>
    internal virtual void TakeWithdrawal(IReadOnlyList<MobikeVersion> named)
    {
    }

    /// <summary>A request asks for an action, and no version is agreed.</summary>
    internal virtual void TakeActionOfNoVersion(AnswerChain answers)
    {
    }

    /// <summary>No version is in use any more, and nothing is kept that was told under it.</summary>
    internal void ForgetVersion(bool byPeer)
    {
        Ike.Version = null;
        Ike.Alternates = AlternateList.Empty;
        EndedByPeer = byPeer;
        Put(new Deactivated(byPeer));
    }

    /// <summary>Takes those that are not to move yet out of the targets of an UPDATE; null where all are.</summary>
    internal virtual SaSelection? Defer(in SaChange change, SaSelection targets) => null;

    /// <summary>True where a move of some of these SAs is still to be made.</summary>
    internal virtual bool IsMoving(SaSelection sas) => false;

    /// <summary>True where a move of some of these SAs is still to be made, so that the action means other addresses than they have.</summary>
    internal virtual bool IsAhead(in RequestedAction action, SaSelection sas) => false;

    /// <summary>An UPDATE is done, but for the SAs that were deferred.</summary>
    internal virtual void Updated(in SaChange change, SaSelection moved, SaSelection? deferred)
    {
    }

    /// <summary>Version 1: notes an UPDATE; false where a later one came before.</summary>
    internal virtual bool IsLatestUpdate(uint messageId) => true;

    internal void Put(EngineEvent engineEvent) => Outbox.Events.Enqueue(engineEvent);

    /// <summary>Asks for a change; <paramref name="targets"/> stay as they are until the outcome comes.</summary>
    /// <returns>What the outcome is reported under.</returns>
    internal int Put(in SaChange change, SaSelection targets)
    {
        _lastEffect++;
        Outbox.Effects.Enqueue(new Effect(_lastEffect, change, targets));
        return _lastEffect;
    }

    /// <summary>Sends a request between the current addresses.</summary>
    /// <returns>What the response is reported under.</returns>
    internal uint Send(ExchangeType exchange, NotifyChain notifies) => Send(exchange, notifies, ToPeer());

    /// <summary>Sends a request between given addresses.</summary>
    /// <returns>What the response is reported under.</returns>
    internal uint Send(ExchangeType exchange, NotifyChain notifies, in PacketAddresses packet)
    {
        _lastToken++;
        Outbox.Transmits.Enqueue(new Transmit(TransmitKind.Request, exchange, _lastToken, notifies.First, notifies.Octets, packet));
        return _lastToken;
    }

    /// <summary>The way to the peer: to an address of it, or to the current one. MOBIKE uses the port of NAT traversal (RFC 4555 section 3.3).</summary>
    internal PacketAddresses ToPeer(IpAddress address = default)
    {
        ushort initiatorPort = Ike.InitiatorPort != 0 ? Ike.InitiatorPort : (ushort)Protocol.Ikev2.Constants.NatTraversalPort;
        IpAddress initiator = PeerIsInitiator && !address.IsNone ? address : Ike.Initiator[0];
        IpAddress responder = !PeerIsInitiator && !address.IsNone ? address : Ike.Responder[0];
        PacketAddresses fromInitiator = new(initiator, initiatorPort, responder, (ushort)Protocol.Ikev2.Constants.NatTraversalPort);
        return PeerIsInitiator ? fromInitiator.Reversed : fromInitiator;
    }

    /// <summary>Takes the outcome of an effect that is not part of a request.</summary>
    private protected abstract void TakeOwnEffect(int effectId, bool succeeded, TimeSpan now, IIpsecReader sas);

    /// <summary>The response to a request is put out.</summary>
    private protected virtual void Responded(TimeSpan now)
    {
    }

    private EngineOutbox Outbox => _outbox ??= _workspace.RentOutbox();

    private void RespondIfDone(RequestProcessor request, TimeSpan now)
    {
        if (request.AwaitedEffect != 0)
        {
            return;
        }

        Unlink(request);
        Outbox.Transmits.Enqueue(new Transmit(TransmitKind.Response, request.Exchange, request.Token, request.Answers.First, request.Answers.Copy(), request.Packet.Reversed));
        request.End();
        _workspace.Return(request);
        Responded(now);
    }

    private void Unlink(RequestProcessor request)
    {
        if (_requests == request)
        {
            _requests = request.NextOfEngine;
        }
        else
        {
            RequestProcessor before = _requests!;
            while (before.NextOfEngine != request)
            {
                before = before.NextOfEngine!;
            }

            before.NextOfEngine = request.NextOfEngine;
        }

        request.NextOfEngine = null;
    }

    private bool TryPoll<T>(Queue<T>? queue, out T item)
    {
        if (queue is null || queue.Count == 0)
        {
            item = default!;
            return false;
        }

        item = queue.Dequeue();
        if (_outbox!.IsEmpty)
        {
            _workspace.Return(_outbox);
            _outbox = null;
        }

        return true;
    }
}
