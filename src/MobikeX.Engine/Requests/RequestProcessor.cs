using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>Works through one request, payload by payload, and gathers what is answered.</summary>
/// <remarks>
/// It waits where an action needs the backend, with a copy of the payloads that are left, and goes on when the outcome is known.
/// An engine has one only while a request is under way; the <see cref="EngineWorkspace"/> keeps those that are free.
/// </remarks>
internal sealed partial class RequestProcessor
{
    private readonly MobikeNotifies _mobike;
    private readonly MobikeXNotifies _mobikeX;
    private MobikeXEngine _engine = null!;
    private byte[] _rest = [];
    private int _restLength;
    private PayloadType _restFirst;

    public RequestProcessor()
    {
        _mobike = new MobikeNotifies(this);
        _mobikeX = new MobikeXNotifies(this);
    }

    /// <summary>The next request that the engine has under way.</summary>
    public RequestProcessor? NextOfEngine { get; set; }

    /// <summary>The effect whose outcome is awaited; 0 where none is.</summary>
    public int AwaitedEffect { get; private set; }

    public ExchangeType Exchange { get; private set; }

    public uint Token { get; private set; }

    public PacketAddresses Packet { get; private set; }

    /// <summary>When the request was received, however long the backend has taken since.</summary>
    public TimeSpan Received { get; private set; }

    public IIpsecReader Sas { get; private set; } = null!;

    public NatObservation Nat { get; private set; }

    public AnswerChain Answers { get; } = new();

    public IkeSa Ike => _engine.Ike;

    public EngineOptions Options => _engine.Options;

    /// <summary>True where version 1 is agreed.</summary>
    public bool IsMobike => Ike.Version == MobikeVersion.Mobike;

    /// <summary>Whether the peer may send a notify in a request.</summary>
    public bool PeerMaySend(SenderTrait sender) => _engine.PeerIsInitiator || sender == SenderTrait.Either;

    /// <summary>Takes a request, and works through it until it is done or waits for the backend.</summary>
    public void Begin(MobikeXEngine engine, in ReceivedMessage message, TimeSpan now, IIpsecReader sas)
    {
        _engine = engine;
        Exchange = message.Exchange;
        Token = message.Token;
        Packet = message.Packet;
        Received = now;
        Sas = sas;
        BeginActions();
        if (!TryObserve(message))
        {
            React(Reaction.InvalidSyntax);
        }
        else if (!RefusesCritical())
        {
            Walk(message.Payloads, message.First);
        }
    }

    /// <summary>Goes on with the outcome of the awaited effect.</summary>
    public void Resume(bool succeeded, IIpsecReader sas)
    {
        AwaitedEffect = 0;
        Sas = sas;
        Settle(succeeded);
        Walk(_rest.AsSpan(0, _restLength), _restFirst);
    }

    /// <summary>Lets go of everything that belongs to the request.</summary>
    public void End()
    {
        EndActions();
        Answers.Clear();
        _engine = null!;
        Sas = null!;
    }

    /// <summary>The peer offers versions.</summary>
    public void TakeOffer(IReadOnlyList<MobikeVersion> named) => _engine.TakeOffer(named, Answers);

    /// <summary>The peer wants MOBIKE-X no more.</summary>
    public void TakeWithdrawal(IReadOnlyList<MobikeVersion> named)
    {
        _engine.TakeWithdrawal(named);
        if (Ike.Version is null)
        {
            ForgetAlternates();
        }
    }

    public void Tell(EngineEvent engineEvent) => _engine.Put(engineEvent);

    /// <summary>
    /// Looks through the whole chain before anything is done: a chain that cannot be walked, or has something critical that is not understood,
    /// is refused as a whole, and NATs are told behind the UPDATE that they concern.
    /// </summary>
    private bool TryObserve(in ReceivedMessage message)
    {
        NatObservation nat = default;
        PayloadType? critical = null;
        PayloadChainReader reader = new(message.First, message.Payloads);
        while (reader.TryRead(out PayloadView payload))
        {
            if (payload.TryReadNotify(out NotifyPayload notify, out WireFailure failure))
            {
                nat.Observe(notify, Ike, message.Packet);
            }
            else if (failure.Kind != WireFailureKind.None)
            {
                return false;
            }

            if (payload.Critical && !Understands(payload.Type, notify))
            {
                critical ??= payload.Type;
            }
        }

        Nat = nat;
        _critical = critical;
        return reader.Failure.Kind == WireFailureKind.None;
    }

    private void Walk(ReadOnlySpan<byte> payloads, PayloadType first)
    {
        PayloadChainReader reader = new(first, payloads);
        while (reader.TryRead(out PayloadView payload))
        {
            Take(payload);
            if (AwaitedEffect != 0)
            {
                Keep(reader.Rest, reader.Next);
                return;
            }
        }

        EndMessage();
    }

    /// <summary>What is left may lie in <see cref="_rest"/> itself, from an earlier wait.</summary>
    private void Keep(ReadOnlySpan<byte> rest, PayloadType first)
    {
        byte[] kept = _rest.Length < rest.Length ? new byte[rest.Length] : _rest;
        rest.CopyTo(kept);
        _rest = kept;
        _restLength = rest.Length;
        _restFirst = first;
    }

    /// <summary>The version that is agreed picks the reading, payload by payload: a request may agree on one, or end its use.</summary>
    private void Take(in PayloadView payload)
    {
        if (!payload.TryReadNotify(out NotifyPayload notify, out _))
        {
            TakeOther(payload);
        }
        else if (Ike.Version is null || (IsMobike && notify.NotifyMessageType == MobikeSupportedNotify.Type))
        {
            // An offer is read alike whatever was agreed before it: version 1 has no reading of its data.
            UnnegotiatedNotifies.Take(notify, _engine, Answers);
        }
        else if (IsMobike)
        {
            MobikeNotifies handler = _mobike;
            Protocol.Mobike.NotifyDispatcher.Dispatch(notify, ref handler);
        }
        else
        {
            MobikeXNotifies handler = _mobikeX;
            Protocol.NotifyDispatcher.Dispatch(notify, ref handler);
        }
    }
}
