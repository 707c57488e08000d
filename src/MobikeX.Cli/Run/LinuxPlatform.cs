using MobikeX.Xfrm;

namespace MobikeX.Cli.Run;

/// <summary>The IPsec and the addresses of this Linux kernel, in the network namespace of the calling thread.</summary>
internal sealed class LinuxPlatform : IDisposable
{
    private readonly XfrmClient _client;
    private readonly XfrmBackend _backend;
    private readonly HostAddresses _addresses;

    private LinuxPlatform(XfrmClient client, XfrmBackend backend, HostAddresses addresses)
    {
        _client = client;
        _backend = backend;
        _addresses = addresses;
    }

    /// <summary>What a daemon stands on.</summary>
    public DaemonPlatform Daemon => new(_backend, _backend, _addresses) { Prepare = IkeSocketPolicies.Prepare };

    /// <summary>Opens it.</summary>
    /// <exception cref="XfrmException">The kernel does not allow it, or lacks what it takes.</exception>
    public static LinuxPlatform Open()
    {
        XfrmClient client = XfrmClient.Open();
        try
        {
            return new LinuxPlatform(client, new XfrmBackend(client), HostAddresses.Open());
        }
        catch (XfrmException)
        {
            client.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _addresses.Dispose();
        _backend.Dispose();
        _client.Dispose();
    }
}
