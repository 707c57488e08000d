namespace MobikeX.Ike;

/// <summary>Something that is to happen at a moment.</summary>
internal sealed class IkeTimer(Action elapsed)
{
    public bool IsStopped { get; private set; }

    public void Stop() => IsStopped = true;

    public void Elapse()
    {
        IsStopped = true;
        elapsed();
    }
}

/// <summary>The timers of an endpoint, in the order in which they elapse.</summary>
internal sealed class TimerQueue
{
    private readonly PriorityQueue<IkeTimer, TimeSpan> _timers = new();

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

    private void DropStopped()
    {
        while (_timers.TryPeek(out IkeTimer? timer, out _) && timer.IsStopped)
        {
            _timers.Dequeue();
        }
    }
}
