using System.Collections.Immutable;
using MobikeX.Ike;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Cli.Run;

/// <summary>The addresses of this Linux host, in the network namespace of the thread that opened them.</summary>
internal sealed class HostAddresses : IHostAddresses
{
    /// <summary>How often the watch looks whether it is to end.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly AddressWatcher _watcher;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _watching;
    private volatile IReadOnlyList<IpAddress> _usable;
    private ImmutableHashSet<IpAddress> _excluded = [];

    private HostAddresses(AddressWatcher watcher)
    {
        _watcher = watcher;
        _usable = watcher.Usable;
        _watching = Task.Factory.StartNew(Watch, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public IReadOnlyList<IpAddress> Usable => [.. _usable.Where(address => !_excluded.Contains(address))];

    /// <summary>Begins to watch.</summary>
    /// <exception cref="XfrmException">The kernel does not tell.</exception>
    public static HostAddresses Open() => new(AddressWatcher.Open());

    /// <summary>An address is one inside a tunnel, by which no peer is reached, whatever the kernel says.</summary>
    public void Exclude(IpAddress address) => ImmutableInterlocked.Update(ref _excluded, static (set, added) => set.Add(added), address);

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
        while (!_ending.IsCancellationRequested)
        {
            if (_watcher.Wait(Tick).Count > 0)
            {
                _usable = _watcher.Usable;
                Changed?.Invoke();
            }
        }
    }
}
