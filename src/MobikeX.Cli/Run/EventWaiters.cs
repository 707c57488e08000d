using MobikeX.Cli.Run.Control;
using MobikeX.Ike;

namespace MobikeX.Cli.Run;

/// <summary>Commands that wait for what an endpoint tells. It belongs to the thread of the endpoint.</summary>
internal sealed class EventWaiters
{
    private readonly List<(Func<IkeEvent, ControlAnswer?> Judge, TaskCompletionSource<ControlAnswer> Outcome)> _waiting = [];

    /// <summary>Waits until the judge has an answer.</summary>
    public void Add(Func<IkeEvent, ControlAnswer?> judge, TaskCompletionSource<ControlAnswer> outcome)
    {
        _waiting.RemoveAll(static waiting => waiting.Outcome.Task.IsCompleted);
        _waiting.Add((judge, outcome));
    }

    /// <summary>Shows an event to all that wait.</summary>
    public void Take(IkeEvent told) => _waiting.RemoveAll(waiting => waiting.Outcome.Task.IsCompleted
        || (waiting.Judge(told) is { } answer && waiting.Outcome.TrySetResult(answer)));
}
