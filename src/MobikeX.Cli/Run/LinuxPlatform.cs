using MobikeX.Xfrm;

namespace MobikeX.Cli.Run;

/// <summary>The IPsec and the addresses of this Linux kernel, in the network namespace of the calling thread.</summary>
internal sealed class LinuxPlatform : IDisposable
{
    private readonly XfrmClient _client;
    private readonly XfrmBackend _backend;
    private readonly HostAddresses _addresses;
    private readonly SaExpiries _expiries;

    private LinuxPlatform(XfrmClient client, XfrmBackend backend, HostAddresses addresses, SaExpiries expiries)
    {
        _client = client;
        _backend = backend;
        _addresses = addresses;
        _expiries = expiries;
    }

    /// <summary>What a daemon stands on.</summary>
    public DaemonPlatform Daemon => new(_backend, _backend, _addresses) { Prepare = IkeSocketPolicies.Prepare, Expiries = _expiries };

    /// <summary>Opens it.</summary>
    /// <exception cref="XfrmException">The kernel does not allow it, or lacks what it takes.</exception>
    public static LinuxPlatform Open()
    {
        List<IDisposable> opened = [];
        try
        {
            XfrmClient client = Keep(XfrmClient.Open());
            return new LinuxPlatform(client, Keep(new XfrmBackend(client)), Keep(HostAddresses.Open()), Keep(SaExpiries.Open()));
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

    /// <inheritdoc/>
    public void Dispose()
    {
        _expiries.Dispose();
        _addresses.Dispose();
        _backend.Dispose();
        _client.Dispose();
    }
}
