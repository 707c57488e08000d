using MobikeX.Engine;
using MobikeX.Ike.Authentication;
using MobikeX.Ike.Messages;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>What is configured for the IKE_SAs with one peer, or with peers of one kind.</summary>
public sealed record IkeConnectionOptions
{
    /// <summary>After what time an IKE_SA is rekeyed where nothing else is said.</summary>
    public static readonly TimeSpan UsualRekeyTime = TimeSpan.FromHours(4);

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The addresses of this host for it, the first to begin with; any where it is empty.</summary>
    public IReadOnlyList<IpAddress> LocalAddresses { get; init; } = [];

    /// <summary>The addresses of the peer, the first to begin with; empty where only the peer begins.</summary>
    public IReadOnlyList<IpAddress> RemoteAddresses { get; init; } = [];

    /// <summary>Where the peer may begin from; where it is empty, from <see cref="RemoteAddresses"/>, or from anywhere where they are empty too.</summary>
    public IReadOnlyList<AddressPrefix> AcceptedFrom { get; init; } = [];

    /// <summary>The UDP port of the peer. At that of IKE messages go to the port of NAT traversal by themselves (RFC 7296 section 2.23); any other is one for NAT traversal, and is kept.</summary>
    public ushort RemotePort { get; init; } = (ushort)Protocol.Ikev2.Constants.IkePort;

    /// <summary>Who this host is: an address, a domain name, a mail address or a distinguished name.</summary>
    public required string LocalIdentity { get; init; }

    /// <summary>Who the peer must be; null for anyone that proves its identity.</summary>
    public string? RemoteIdentity { get; init; }

    /// <summary>What this host proves its identity with.</summary>
    public required Credential LocalCredential { get; init; }

    /// <summary>What the peer's proof is held against.</summary>
    public required Credential RemoteCredential { get; init; }

    /// <summary>The algorithms of the IKE_SA, the most wanted first.</summary>
    public IReadOnlyList<IkeProposal> Proposals { get; init; } = IkeProposal.Default;

    /// <summary>The CHILD_SAs: the first is set up within IKE_AUTH, the others follow it.</summary>
    public IReadOnlyList<ChildOptions> Children { get; init; } = [];

    /// <summary>How many CHILD_SAs there may be at once; further ones of the peer are refused.</summary>
    public int ChildLimit { get; init; } = 32;

    /// <summary>After what time without a sign of the peer it is asked for one (RFC 7296 section 2.4); zero where it never is.</summary>
    public TimeSpan LivenessInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After what time the IKE_SA is rekeyed; zero where it never is.</summary>
    public TimeSpan RekeyTime { get; init; } = UsualRekeyTime;

    /// <summary>After what time an IKE_SA that was not rekeyed ends; zero where it never does.</summary>
    public TimeSpan LifeTime { get; init; }

    /// <summary>Whether messages may be cut into fragments (RFC 7383).</summary>
    public bool Fragmentation { get; init; } = true;

    /// <summary>Whether ESP is carried in UDP where no NAT was found either.</summary>
    public bool ForceUdpEncapsulation { get; init; }

    /// <summary>Whether this host asks the peer for an IPv4 address inside the tunnel (RFC 7296 section 2.19).</summary>
    public bool RequestIPv4Address { get; init; }

    /// <summary>Whether this host asks the peer for an IPv6 address inside the tunnel.</summary>
    public bool RequestIPv6Address { get; init; }

    /// <summary>What a peer that asks for an address inside the tunnel is given it from.</summary>
    public IReadOnlyList<AddressPool> Pools { get; init; } = [];

    /// <summary>What becomes of its IKE_SAs when the same peer sets up another.</summary>
    public Uniqueness Uniqueness { get; init; }

    /// <summary>How MOBIKE and MOBIKE-X are used.</summary>
    public MobilityOptions Mobility { get; init; } = new();

    /// <summary>True where a text names an identity.</summary>
    public static bool IsIdentity(string text) => Identification.TryParse(text, out _);

    /// <summary>The port of the peer for messages that have the non-ESP marker.</summary>
    internal ushort RemoteNatPort => HasNatPort ? RemotePort : (ushort)Protocol.Ikev2.Constants.NatTraversalPort;

    /// <summary>True where there is no other port of the peer.</summary>
    internal bool HasNatPort => RemotePort != (ushort)Protocol.Ikev2.Constants.IkePort;

    internal bool Accepts(IpAddress local, IpAddress remote) =>
        (LocalAddresses.Count == 0 || LocalAddresses.Contains(local))
        && (AcceptedFrom.Count > 0 ? AcceptedFrom.Any(prefix => prefix.Contains(remote)) : RemoteAddresses.Count == 0 || RemoteAddresses.Contains(remote));
}
