namespace MobikeX.Engine;

/// <summary>One end of an IKE_SA: messages, commands and time go in; messages, effects and events come out.</summary>
/// <remarks>
/// It opens no socket, starts no thread and reads no clock. Time is counted from an epoch of the caller's choosing. After every
/// call the caller takes what came out, until nothing is left: <see cref="EngineDriver"/> does it for the effects.
/// </remarks>
public abstract class MobikeXEngine
{
    private readonly EngineWorkspace _workspace;
    private EngineOutbox? _outbox;
    private int _lastEffect;
    private uint _lastToken;

    private protected MobikeXEngine(IkeSa ike, EngineWorkspace? workspace)
    {
        Ike = ike ?? throw new ArgumentNullException(nameof(ike));
        _workspace = workspace ?? new EngineWorkspace();
    }

    /// <summary>The IKE_SA that this is one end of.</summary>
    public IkeSa Ike { get; }

    /// <summary>When <see cref="HandleTimeout"/> is to be called at the latest; null where nothing is awaited.</summary>
    public abstract TimeSpan? NextDeadline { get; }

    /// <summary>Takes a request of the peer. Its response comes out once every action in it is done.</summary>
    public abstract void HandleRequest(in ReceivedMessage message, TimeSpan now, IIpsecReader sas);

    /// <summary>Takes the response to a request of this engine.</summary>
    public abstract void HandleResponse(in ReceivedMessage message, TimeSpan now, IIpsecReader sas);

    /// <summary>Lets time pass.</summary>
    public abstract void HandleTimeout(TimeSpan now);

    /// <summary>Takes the outcome of an effect.</summary>
    public abstract void HandleEffect(int effectId, bool succeeded, TimeSpan now, IIpsecReader sas);

    /// <summary>Takes the next message to send.</summary>
    public bool TryPollTransmit(out Transmit transmit) => TryPoll(_outbox?.Transmits, out transmit);

    /// <summary>Takes the next change to ask the backend for.</summary>
    public bool TryPollEffect(out Effect effect) => TryPoll(_outbox?.Effects, out effect);

    /// <summary>Takes the next event for the upper layer.</summary>
    public bool TryPollEvent(out EngineEvent? engineEvent) => TryPoll(_outbox?.Events, out engineEvent);

    private protected uint NextToken() => ++_lastToken;

    private protected void Put(in Transmit transmit) => Outbox.Transmits.Enqueue(transmit);

    private protected void Put(EngineEvent engineEvent) => Outbox.Events.Enqueue(engineEvent);

    /// <summary>Asks for a change; <paramref name="targets"/> stay as they are until the outcome comes.</summary>
    private protected int Put(in SaChange change, SaSelection targets)
    {
        _lastEffect++;
        Outbox.Effects.Enqueue(new Effect(_lastEffect, change, targets));
        return _lastEffect;
    }

    private EngineOutbox Outbox => _outbox ??= _workspace.RentOutbox();

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
