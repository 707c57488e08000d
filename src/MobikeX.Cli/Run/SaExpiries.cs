using MobikeX.Ike;
using MobikeX.Xfrm;

namespace MobikeX.Cli.Run;

/// <summary>The SAs of this Linux kernel that have carried what they may, in the network namespace of the thread that opened them.</summary>
internal sealed class SaExpiries : ISaExpiries
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly KernelWatch<XfrmWatcher> _watch;

    private SaExpiries(XfrmWatcher watcher) => _watch = new KernelWatch<XfrmWatcher>(watcher, XfrmWatcher.OpenForExpiries, Take, Miss, Pause);

    /// <inheritdoc/>
    public event Action<SaExpiry>? Expired;

    /// <inheritdoc/>
    public event Action<string>? Missed;

    /// <summary>Begins to watch.</summary>
    /// <exception cref="XfrmException">The kernel does not tell.</exception>
    public static SaExpiries Open() => new(XfrmWatcher.OpenForExpiries());

    /// <inheritdoc/>
    public void Dispose() => _watch.Dispose();

    private void Take(XfrmWatcher watcher, TimeSpan longest)
    {
        foreach (XfrmSaEvent told in watcher.Wait(longest))
        {
            Take(told);
        }
    }

    private void Miss(string fault) =>
        Missed?.Invoke($"the kernel does not tell which SAs have carried what they may, and is asked anew; those that it does not tell of end at their hard limit: {fault}");

    private void Take(in XfrmSaEvent told)
    {
        switch (told.Kind)
        {
            case XfrmSaEventKind.Expiring or XfrmSaEventKind.Expired:
                Expired?.Invoke(new SaExpiry(told.Key.Protocol.ToIpsecProto(), told.Key.Destination, told.Key.Spi, told.Kind == XfrmSaEventKind.Expired));
                break;
            case XfrmSaEventKind.Lost:
                Missed?.Invoke("so many SAs have carried what they may at once that some were missed; they end at their hard limit");
                break;
        }
    }
}
