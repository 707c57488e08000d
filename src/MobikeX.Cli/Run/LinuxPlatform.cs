using MobikeX.Xfrm;

namespace MobikeX.Cli.Run;

/// <summary>The IPsec and the addresses of this Linux kernel, in the network namespace of the calling thread.</summary>
internal sealed class LinuxPlatform : IDisposable
{
    private readonly XfrmClient _client;
    private readonly XfrmBackend _backend;
    private readonly HostAddresses _addresses;
    private readonly SaExpiries _expiries;

    private readonly LoopbackAddresses _loopback;
    private readonly IReadOnlyList<string> _takenAway;

    private LinuxPlatform(XfrmClient client, XfrmBackend backend, HostAddresses addresses, SaExpiries expiries, LoopbackAddresses loopback, IReadOnlyList<string> takenAway)
    {
        _loopback = loopback;
        _takenAway = takenAway;
        _client = client;
        _backend = backend;
        _addresses = addresses;
        _expiries = expiries;
    }

    /// <summary>What a daemon stands on.</summary>
    public DaemonPlatform Daemon => new(_backend, _backend, _addresses)
    {
        Prepare = IkeSocketPolicies.Prepare,
        Expiries = _expiries,
        Inner = new InnerAddresses(_loopback, _addresses),
        TakenAway = _takenAway,
    };

    /// <summary>Opens it. What an earlier run left behind goes: with it went the IKE_SAs that the SAs belong to.</summary>
    /// <exception cref="XfrmException">The kernel does not allow it, or lacks what it takes; or another daemon runs in this network namespace.</exception>
    public static LinuxPlatform Open()
    {
        List<IDisposable> opened = [];
        try
        {
            XfrmClient client = Keep(XfrmClient.Open());
            IReadOnlyList<string> moved = RemoveMoves(client);
            XfrmBackend backend = Keep(new XfrmBackend(client));
            LoopbackAddresses loopback = Keep(LoopbackAddresses.Open());
            IReadOnlyList<string> left = [.. moved, .. backend.RemoveLeftBehind(), .. loopback.RemoveLeftBehind().Select(static address => address.ToString())];
            return new LinuxPlatform(client, backend, Keep(HostAddresses.Open()), Keep(SaExpiries.Open()), loopback, left);
        }
        catch (XfrmException)
        {
            opened.Reverse();
            opened.ForEach(static each => each.Dispose());
            throw;
        }

        T Keep<T>(T each)
            where T : IDisposable
        {
            opened.Add(each);
            return each;
        }
    }

    private static IReadOnlyList<string> RemoveMoves(XfrmClient client)
    {
        using XfrmRecovery? recovery = XfrmRecovery.Find(client);
        return recovery is null ? [] : recovery.Remove();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _expiries.Dispose();
        _addresses.Dispose();
        _loopback.Dispose();
        _backend.Dispose();
        _client.Dispose();
    }
}
