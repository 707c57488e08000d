namespace MobikeX.Ike;

/// <summary>Something that is to happen at a moment.</summary>
internal sealed class IkeTimer(Action elapsed)
{
    private Action? _elapsed = elapsed;

    public bool IsStopped => _elapsed is null;

    /// <summary>Nothing happens, and what was to happen is held no longer.</summary>
    public void Stop() => _elapsed = null;

    public void Elapse()
    {
        Action? elapsed = _elapsed;
        _elapsed = null;
        elapsed?.Invoke();
    }
}

/// <summary>The timers of an endpoint, in the order in which they elapse.</summary>
internal sealed class TimerQueue
{
    private const int FewestToClean = 64;

    private readonly PriorityQueue<IkeTimer, TimeSpan> _timers = new();
    private int _cleanAt = FewestToClean;

    /// <summary>How many are kept, stopped ones among them.</summary>
    public int Count => _timers.Count;

    public TimeSpan? Next
    {
        get
        {
            DropStopped();
            return _timers.TryPeek(out _, out TimeSpan due) ? due : null;
        }
    }

    public IkeTimer Add(TimeSpan due, Action elapsed)
    {
        if (_timers.Count >= _cleanAt)
        {
            Clean();
        }

        IkeTimer timer = new(elapsed);
        _timers.Enqueue(timer, due);
        return timer;
    }

    public void Run(TimeSpan now)
    {
        // A timer that is added meanwhile waits for the next call, so that this ends.
        List<IkeTimer> due = [];
        while (_timers.TryPeek(out _, out TimeSpan first) && first <= now)
        {
            due.Add(_timers.Dequeue());
        }

        foreach (IkeTimer timer in due)
        {
            if (!timer.IsStopped)
            {
                timer.Elapse();
            }
        }
    }

    /// <summary>Drops what was stopped, wherever it stands: a peer that has much begun and stopped may not fill the queue until it is due.</summary>
    private void Clean()
    {
        (IkeTimer, TimeSpan)[] running = [.. _timers.UnorderedItems.Where(static item => !item.Element.IsStopped)];
        _timers.Clear();
        _timers.EnqueueRange(running);
        _cleanAt = Math.Max(FewestToClean, 2 * running.Length);
    }

    private void DropStopped()
    {
        while (_timers.TryPeek(out IkeTimer? timer, out _) && timer.IsStopped)
        {
            _timers.Dequeue();
        }
    }
}
