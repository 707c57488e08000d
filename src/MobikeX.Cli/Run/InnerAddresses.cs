using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Cli.Run;

/// <summary>Addresses inside a tunnel on the loopback interface; they are none of those by which peers are reached.</summary>
internal sealed class InnerAddresses(LoopbackAddresses loopback, HostAddresses addresses) : IInnerAddresses
{
    /// <inheritdoc/>
    public string? Add(IpAddress address)
    {
        // An address by which peers are reached stays one: a peer may not take it from this host by giving it anew.
        if (addresses.Usable.Contains(address))
        {
            return $"{address} is given by a peer for use inside the tunnel, and this host has it already: it is left as it is";
        }

        addresses.Exclude(address);
        return Try(() => loopback.TryAdd(address));
    }

    /// <inheritdoc/>
    public string? Remove(IpAddress address) => Try(() =>
    {
        loopback.Remove(address);
        addresses.Include(address);
    });

    private static string? Try(Action change)
    {
        try
        {
            change();
            return null;
        }
        catch (XfrmException fault)
        {
            return fault.Message;
        }
    }
}
