using MobikeX.Ike;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Cli.Run;

/// <summary>The addresses of this Linux host, in the network namespace of the thread that opened them.</summary>
internal sealed class HostAddresses : IHostAddresses
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly KernelWatch<AddressWatcher> _watch;
    private readonly OuterAddresses _addresses;

    private HostAddresses(AddressWatcher watcher)
    {
        _addresses = new OuterAddresses(watcher.Usable);
        _watch = new KernelWatch<AddressWatcher>(watcher, AddressWatcher.Open, Take, Miss, Pause);
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public event Action<string>? Missed;

    /// <inheritdoc/>
    public IReadOnlyList<IpAddress> Usable => _addresses.Usable;

    /// <summary>Begins to watch.</summary>
    /// <exception cref="XfrmException">The kernel does not tell.</exception>
    public static HostAddresses Open() => new(AddressWatcher.Open());

    /// <summary>An address is one inside a tunnel, by which no peer is reached, whatever the kernel says.</summary>
    public void Exclude(IpAddress address) => _addresses.Exclude(address);

    /// <summary>An address is no longer one inside a tunnel: it counts where the kernel has it.</summary>
    public void Include(IpAddress address) => _addresses.Include(address);

    /// <inheritdoc/>
    public void Dispose() => _watch.Dispose();

    /// <summary>A watch that has begun anew may know other addresses from the start.</summary>
    private void Take(AddressWatcher watcher, TimeSpan longest)
    {
        _ = watcher.Wait(longest);
        if (_addresses.TryTake(watcher.Usable))
        {
            Changed?.Invoke();
        }
    }

    private void Miss(string fault) => Missed?.Invoke($"the kernel does not tell the addresses of this host, and is asked anew; until it does the last ones hold: {fault}");
}
