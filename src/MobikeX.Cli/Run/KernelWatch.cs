using MobikeX.Xfrm;

namespace MobikeX.Cli.Run;

/// <summary>Takes what the kernel tells, on a thread in the network namespace of the one that began it. Where the kernel stops telling, that is said, and the watch begins anew.</summary>
/// <typeparam name="T">What listens to the kernel.</typeparam>
internal sealed class KernelWatch<T> : IDisposable
    where T : class, IDisposable
{
    /// <summary>How often the watch looks whether it is to end.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly Func<T> _open;
    private readonly Action<T, TimeSpan> _take;
    private readonly Action<string> _missed;
    private readonly TimeSpan _pause;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _watching;
    private T? _watcher;

    /// <summary>Begins to watch.</summary>
    /// <param name="first">What listens; it is disposed of by this.</param>
    /// <param name="open">Listens anew.</param>
    /// <param name="take">Waits for a time at most, and takes what was told; where the watch has begun anew, what has changed meanwhile too.</param>
    /// <param name="missed">Hears, in words, why the kernel stopped telling.</param>
    /// <param name="pause">How long to wait before the watch begins anew.</param>
    public KernelWatch(T first, Func<T> open, Action<T, TimeSpan> take, Action<string> missed, TimeSpan pause)
    {
        _watcher = first;
        _open = open;
        _take = take;
        _missed = missed;
        _pause = pause;
        _watching = Task.Factory.StartNew(Watch, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _watching.Wait();
        _watcher?.Dispose();
        _ending.Dispose();
    }

    private void Watch()
    {
        string? told = null;
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                _watcher ??= _open();
                _take(_watcher, Tick);
                told = null;
            }
            catch (XfrmException fault)
            {
                _watcher?.Dispose();
                _watcher = null;
                if (told != fault.Message)
                {
                    told = fault.Message;
                    _missed(told);
                }

                _ending.Token.WaitHandle.WaitOne(_pause);
            }
        }
    }
}
