using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Mobike;

namespace MobikeX.Engine;

/// <summary>Checks, one after the other, that the Initiator receives at the addresses that it moved to: guards and actions of <see cref="ReturnRoutabilityMachine"/>.</summary>
/// <remarks>Of several moves of an SA the last one counts: what waits is no more than one move of each address of each SA.</remarks>
internal sealed class ReturnRoutabilityCheck : IReturnRoutabilityHandler
{
    private readonly MobikeXResponder _engine;
    private readonly Action<byte[]> _fillCookie;
    private readonly List<CheckedMove> _waiting = [];
    private readonly byte[] _cookie = new byte[2 * Protocol.Mobike.Constants.Cookie2Minimum];
    private ReturnRoutabilityMachine _machine;
    private CheckedMove? _move;
    private uint? _token;
    private TimeSpan _patience;
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

    /// <summary>What moves once an address is confirmed, in the order of the checks.</summary>
    public IEnumerable<PendingMove> Moves =>
        (_move is null ? _waiting : [_move, .. _waiting]).Select(static move => new PendingMove(move.Change, move.Deferred));

    /// <summary>Wants an address to be checked, before the change is made to what waits for it.</summary>
    public void Require(CheckedMove move)
    {
        Overtake(move);
        _waiting.Add(move);
    }

    /// <summary>Leaves the SAs of a move to it, whatever they waited for.</summary>
    public void Overtake(CheckedMove move)
    {
        // A check that is under way goes on, though what waited for it may be another's by now.
        _move?.GiveWayTo(move);
        _waiting.RemoveAll(earlier => earlier.GiveWayTo(move));
    }

    /// <summary>Lets an SA wait for what another waits for, whose successor it is.</summary>
    public void Inherit(SecurityAssociation replaced, SecurityAssociation successor)
    {
        _move?.Inherit(replaced, successor);
        _waiting.ForEach(move => move.Inherit(replaced, successor));
    }

    /// <summary>Begins the next check, where none is under way.</summary>
    public void BeginNext(TimeSpan now)
    {
        if (_token is not null || _waiting.Count == 0)
        {
            return;
        }

        _now = now;
        _move = _waiting[0];
        _waiting.RemoveAt(0);
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

    /// <summary>The check is sent: its response is waited for from here on.</summary>
    public void TakeSent(TimeSpan now) => Deadline = now + _patience;

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

    bool IReturnRoutabilityHandler.StillInUse() => _engine.Ike.Version is not null;

    void IReturnRoutabilityHandler.SendCookie()
    {
        _fillCookie(_cookie);
        _token = _engine.Send(ExchangeType.Informational, new NotifyChain().Add(Cookie2Notify.Type, _cookie), _engine.ToPeer(_move!.Address));
    }

    void IReturnRoutabilityHandler.Confirm()
    {
        CheckedMove move = End();
        _engine.Put(new ReturnRoutabilityConfirmed(move.Address));
        move.Deferred.RemoveAll(sa => sa.IsClosed || move.Change.Keeps(sa));
        if (move.Deferred.Count > 0)
        {
            _engine.Move(move.Change, move.Deferred, made: null);
        }
    }

    void IReturnRoutabilityHandler.CloseIkeSa()
    {
        _waiting.Clear();
        _engine.Put(new ReturnRoutabilityFailed(End().Address, Mismatch: true));
        _engine.CloseIkeSa();
    }

    void IReturnRoutabilityHandler.GiveUp() => _engine.Put(new ReturnRoutabilityFailed(End().Address, Mismatch: false));

    void IReturnRoutabilityHandler.StartTimer(ReturnRoutabilityTimer timer, TimeSpan duration)
    {
        _patience = duration;
        Deadline = _now + duration;
    }

    void IReturnRoutabilityHandler.StopTimer(ReturnRoutabilityTimer timer) => Deadline = null;

    private bool HasCookie(in ReceivedMessage message)
    {
        PayloadChainReader reader = new(message.First, message.Payloads);
        while (reader.TryRead(out PayloadView payload))
        {
            if (payload.TryReadNotify(out NotifyPayload notify, out _)
                && Protocol.Mobike.NotifyDispatcher.TryRead(notify, out Cookie2Notify returned)
                && FixedTime.AreEqual(returned.Data, _cookie))
            {
                return true;
            }
        }

        return false;
    }

    private CheckedMove End()
    {
        CheckedMove ended = _move!;
        _move = null;
        _token = null;
        return ended;
    }
}
