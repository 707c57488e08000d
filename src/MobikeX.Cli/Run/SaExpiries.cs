using MobikeX.Ike;
using MobikeX.Protocol;
using MobikeX.Xfrm;

namespace MobikeX.Cli.Run;

/// <summary>The SAs of this Linux kernel that have carried what they may, in the network namespace of the thread that opened them.</summary>
internal sealed class SaExpiries : ISaExpiries
{
    /// <summary>How often the watch looks whether it is to end.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly XfrmWatcher _watcher;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _watching;

    private SaExpiries(XfrmWatcher watcher)
    {
        _watcher = watcher;
        _watching = Task.Factory.StartNew(Watch, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public event Action<SaExpiry>? Expired;

    /// <inheritdoc/>
    public event Action<string>? Missed;

    /// <summary>Begins to watch.</summary>
    /// <exception cref="XfrmException">The kernel does not tell.</exception>
    public static SaExpiries Open() => new(XfrmWatcher.OpenForExpiries());

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _watching.Wait();
        _watcher.Dispose();
        _ending.Dispose();
    }

    private void Watch()
    {
        try
        {
            while (!_ending.IsCancellationRequested)
            {
                foreach (XfrmSaEvent told in _watcher.Wait(Tick))
                {
                    Take(told);
                }
            }
        }
        catch (XfrmException fault)
        {
            Missed?.Invoke($"SAs that have carried what they may are not told any more, and end at their hard limit: {fault.Message}");
        }
    }

    private void Take(in XfrmSaEvent told)
    {
        switch (told.Kind)
        {
            case XfrmSaEventKind.Expiring or XfrmSaEventKind.Expired:
                IpsecProto protocol = told.Key.Protocol == XfrmProtocol.Ah ? IpsecProto.Ah : IpsecProto.Esp;
                Expired?.Invoke(new SaExpiry(protocol, told.Key.Destination, told.Key.Spi, told.Kind == XfrmSaEventKind.Expired));
                break;
            case XfrmSaEventKind.Lost:
                Missed?.Invoke("so many SAs have carried what they may at once that some were missed; they end at their hard limit");
                break;
        }
    }
}
