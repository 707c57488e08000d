using MobikeX.Protocol;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Cli.Kernel;

/// <summary>A pair of SAs of the kernel as an engine sees one: with a set of addresses at each end. It has no keys.</summary>
internal sealed record KernelSa
{
    /// <summary>The SPI that this host receives on; null where only the other direction is there.</summary>
    public uint? Inbound { get; init; }

    /// <summary>The SPI that it sends on; null where only the other direction is there.</summary>
    public uint? Outbound { get; init; }

    public required XfrmProtocol Protocol { get; init; }

    public required IpsecMode Mode { get; init; }

    public required IReadOnlyList<IpAddress> Local { get; init; }

    public required IReadOnlyList<IpAddress> Remote { get; init; }

    /// <summary>The traffic selectors at this end, from the policies.</summary>
    public required IReadOnlyList<string> LocalSelectors { get; init; }

    public required IReadOnlyList<string> RemoteSelectors { get; init; }

    public required uint RequestId { get; init; }

    public required string Algorithms { get; init; }

    public required ulong Sent { get; init; }

    public required ulong Received { get; init; }

    public required ulong Octets { get; init; }

    public required XfrmMark Mark { get; init; }

    public required uint InterfaceId { get; init; }

    /// <summary>Every SA of the network namespace of this thread, paired where the pair can be told.</summary>
    /// <exception cref="XfrmException">The kernel does not say.</exception>
    public static IReadOnlyList<KernelSa> List(XfrmClient client)
    {
        IReadOnlyList<XfrmSa> sas = client.ListSas();
        try
        {
            using AddressWatcher addresses = AddressWatcher.Open();
            return KernelSaPairing.Pair(sas, client.ListPolicies(), addresses.All);
        }
        finally
        {
            foreach (XfrmSa sa in sas)
            {
                sa.Dispose();
            }
        }
    }
}
