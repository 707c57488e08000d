namespace MobikeX.Engine.Tests.Simulator;

/// <summary>Virtual time: what is to happen, in order. No two runs of the same seed differ.</summary>
internal sealed class SimulatorClock
{
    private readonly PriorityQueue<Action, (TimeSpan Time, long Order)> _agenda = new();
    private long _order;

    public TimeSpan Now { get; private set; }

    public int Steps { get; private set; }

    public void At(TimeSpan time, Action action) => _agenda.Enqueue(action, (time < Now ? Now : time, _order++));

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <summary>Lets everything happen that is due by <paramref name="until"/>.</summary>
    /// <exception cref="InvalidOperationException">It does not end within <paramref name="maximumSteps"/>.</exception>
    public void Run(TimeSpan until, int maximumSteps = 100_000)
    {
        while (_agenda.TryPeek(out Action? action, out (TimeSpan Time, long Order) due) && due.Time <= until)
        {
            _agenda.Dequeue();
            Now = due.Time;
            if (++Steps > maximumSteps)
            {
                throw new InvalidOperationException($"no end after {maximumSteps} steps");
            }

            action();
        }

        Now = until;
    }
}
