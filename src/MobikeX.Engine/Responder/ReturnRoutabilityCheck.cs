using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Mobike;

namespace MobikeX.Engine;

/// <summary>Checks, one after the other, that the Initiator receives at the addresses that it moved to: guards and actions of <see cref="ReturnRoutabilityMachine"/>.</summary>
internal sealed class ReturnRoutabilityCheck : IReturnRoutabilityHandler
{
    private readonly MobikeXResponder _engine;
    private readonly Action<byte[]> _fillCookie;
    private readonly Queue<Move> _waiting = new();
    private readonly byte[] _cookie = new byte[2 * Protocol.Mobike.Constants.Cookie2Minimum];
    private ReturnRoutabilityMachine _machine;
    private Move _move;
    private uint? _token;
    private bool _sameCookie;
    private TimeSpan _now;

    public ReturnRoutabilityCheck(MobikeXResponder engine, Action<byte[]> fillCookie)
    {
        _engine = engine;
        _fillCookie = fillCookie;
    }

    /// <summary>When the cookie is waited for no longer.</summary>
    public TimeSpan? Deadline { get; private set; }

    /// <summary>True where nothing is checked, and nothing waits to be.</summary>
    public bool IsIdle => _token is null && _waiting.Count == 0;

    /// <summary>True where the response to the check is reported under this token.</summary>
    public bool Awaits(uint token) => _token == token;

    /// <summary>Wants an address to be checked, before the change is made to what waits for it.</summary>
    public void Require(in SaChange change, SaSelection? deferred) => _waiting.Enqueue(new Move(change, deferred));

    /// <summary>Begins the next check, where none is under way.</summary>
    public void BeginNext(TimeSpan now)
    {
        if (_token is not null || _waiting.Count == 0)
        {
            return;
        }

        _now = now;
        _move = _waiting.Dequeue();
        ReturnRoutabilityCheck self = this;
        _machine.Required(ref self);
    }

    /// <summary>Takes the response to the check.</summary>
    public void TakeResponse(in ReceivedMessage message, TimeSpan now)
    {
        _sameCookie = HasCookie(message);
        ReturnRoutabilityCheck self = this;
        _machine.Returned(ref self);
        BeginNext(now);
    }

    public void HandleTimeout(TimeSpan now)
    {
        if (Deadline is { } deadline && deadline <= now)
        {
            TakeLoss(now);
        }
    }

    /// <summary>No response to the check will come.</summary>
    public void TakeLoss(TimeSpan now)
    {
        Deadline = null;
        ReturnRoutabilityCheck self = this;
        _machine.TimedOut(ref self);
        BeginNext(now);
    }

    bool IReturnRoutabilityHandler.SameCookie() => _sameCookie;

    void IReturnRoutabilityHandler.SendCookie()
    {
        _fillCookie(_cookie);
        _token = _engine.Send(ExchangeType.Informational, new NotifyChain().Add(Cookie2Notify.Type, _cookie), _engine.ToPeer(_move.Change.New));
    }

    void IReturnRoutabilityHandler.Confirm()
    {
        _token = null;
        _engine.Put(new ReturnRoutabilityConfirmed(_move.Change.New));
        if (_move.Deferred is { } deferred)
        {
            _engine.Move(_move.Change, deferred, made: null);
        }
    }

    void IReturnRoutabilityHandler.CloseIkeSa()
    {
        _token = null;
        _waiting.Clear();
        _engine.Put(new ReturnRoutabilityFailed(_move.Change.New, Mismatch: true));
        _engine.CloseIkeSa();
    }

    void IReturnRoutabilityHandler.GiveUp()
    {
        _token = null;
        _engine.Put(new ReturnRoutabilityFailed(_move.Change.New, Mismatch: false));
    }

    void IReturnRoutabilityHandler.StartTimer(ReturnRoutabilityTimer timer, TimeSpan duration) => Deadline = _now + duration;

    void IReturnRoutabilityHandler.StopTimer(ReturnRoutabilityTimer timer) => Deadline = null;

    private bool HasCookie(in ReceivedMessage message)
    {
        PayloadChainReader reader = new(message.First, message.Payloads);
        while (reader.TryRead(out PayloadView payload))
        {
            if (payload.TryReadNotify(out NotifyPayload notify, out _)
                && notify.NotifyMessageType == Cookie2Notify.Type
                && notify.Spi.IsEmpty
                && notify.Data.SequenceEqual(_cookie))
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct Move(SaChange Change, SaSelection? Deferred);
}
