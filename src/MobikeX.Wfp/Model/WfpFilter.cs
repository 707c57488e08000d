using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Wfp;

/// <summary>Which way a filter or an SA is passed.</summary>
public enum WfpDirection : byte
{
    /// <summary>To the network.</summary>
    Outbound,

    /// <summary>From the network.</summary>
    Inbound,
}

/// <summary>A filter that hands traffic to IPsec: an entry of the SPD.</summary>
public sealed record WfpFilter
{
    /// <summary>The identifier that the engine gave it.</summary>
    public required ulong Id { get; init; }

    /// <summary>Which traffic it is asked about.</summary>
    public required WfpDirection Direction { get; init; }

    /// <summary>True where the traffic goes through a tunnel.</summary>
    public required bool IsTunnel { get; init; }

    /// <summary>True where it is about IPv6.</summary>
    public required bool IsIPv6 { get; init; }

    /// <summary>The local addresses that it is about, any one of them; none where it is about all.</summary>
    public required IReadOnlyList<AddressPrefix> Local { get; init; }

    /// <summary>The remote addresses that it is about, any one of them; none where it is about all.</summary>
    public required IReadOnlyList<AddressPrefix> Remote { get; init; }

    /// <summary>The tunnel's policy; empty in transport mode.</summary>
    public Guid ProviderContext { get; init; }

    /// <summary>The SA context for a further address of which it was added here; 0 where it was not.</summary>
    public ulong AddedFor { get; init; }

    /// <summary>True where its conditions on addresses all could be read.</summary>
    internal bool IsReadable { get; init; } = true;

    internal IReadOnlyList<AddressPrefix> At(bool local) => local ? Local : Remote;

    /// <summary>The one address that it is bound to at an end; none where it is not bound to a single one.</summary>
    internal IpAddress HostAt(bool local)
    {
        IReadOnlyList<AddressPrefix> prefixes = At(local);
        return IsReadable && prefixes.Count == 1 && prefixes[0].Length == prefixes[0].Address.Length * 8 ? prefixes[0].Address : default;
    }

    internal bool IsAbout(bool local, IpAddress address) =>
        IsReadable && IsIPv6 == address.IsIPv6 && (At(local).Count == 0 || At(local).Any(prefix => prefix.Contains(address)));
}
