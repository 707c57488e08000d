using MobikeX.Ike;
using MobikeX.Runtime;

namespace MobikeX.Cli.Run;

/// <summary>Keeps the addresses that peers give to this host on it, as long as their IKE_SAs live. It belongs to the thread of the endpoint.</summary>
/// <param name="host">Where they are put; null: nowhere.</param>
/// <param name="warn">Is told what could not be done.</param>
internal sealed class InnerAddressKeeper(IInnerAddresses? host, Action<string> warn)
{
    private readonly Dictionary<ulong, IReadOnlyList<IpAddress>> _given = [];

    /// <summary>Takes what the endpoint tells.</summary>
    public void Take(IkeEvent told)
    {
        if (host is null)
        {
            return;
        }

        switch (told)
        {
            case InnerAddressesGiven given:
                _given[told.LocalSpi] = given.Addresses;
                Each(given.Addresses, host.Add);
                break;
            case SaRekeyed rekeyed when _given.Remove(rekeyed.FormerSpi, out IReadOnlyList<IpAddress>? addresses):
                _given[told.LocalSpi] = addresses;
                break;
            case SaEnded when _given.Remove(told.LocalSpi, out IReadOnlyList<IpAddress>? addresses):
                Each(addresses.Where(address => !_given.Values.Any(others => others.Contains(address))), host.Remove);
                break;
        }
    }

    private void Each(IEnumerable<IpAddress> addresses, Func<IpAddress, string?> change)
    {
        foreach (IpAddress address in addresses)
        {
            if (change(address) is { } fault)
            {
                warn(fault);
            }
        }
    }
}
