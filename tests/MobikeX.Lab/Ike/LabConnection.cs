using MobikeX.Lab.Network;

namespace MobikeX.Lab.Ike;

/// <summary>What two hosts agree to: how they prove who they are, and what they protect.</summary>
/// <param name="Certificates">Who issued what they sign with; null where they share a key.</param>
/// <param name="IsTunnel">Tunnel mode between the inner addresses, or transport mode between the hosts' own.</param>
internal sealed record LabConnection(LabCertificates? Certificates, bool IsTunnel)
{
    public const string SharedKey = "a key that the two hosts of the lab share";

    /// <summary>How each daemon's configuration names it.</summary>
    public const string Name = "lab", Child = "net", TransportChild = "hosts";

    /// <summary>The octets that an IP packet with IKE may have on any link of IPv6.</summary>
    public const int UsualFragmentSize = 1280;

    /// <summary>Whether ours set up another pair of CHILD_SAs beside the tunnel: in transport mode, between the hosts' own addresses.</summary>
    public bool AddsTransport { get; init; }

    /// <summary>The prefixes that ours let the other end move to; none: anywhere.</summary>
    public string AcceptedAddresses { get; init; } = string.Empty;

    /// <summary>Whether ours move by themselves when an address goes.</summary>
    public bool Follows { get; init; } = true;

    /// <summary>The versions of MOBIKE that ours offer and take: 1 is RFC 4555, 2 is MOBIKE-X.</summary>
    public string Versions { get; init; } = "[2, 1]";

    /// <summary>The algorithms of the IKE_SA, by the words that strongSwan and ours share.</summary>
    public string IkeAlgorithms { get; init; } = "aes256gcm16-prfsha256-ecp256";

    /// <summary>The algorithms of the CHILD_SA, by the words that strongSwan and ours share.</summary>
    public string ChildAlgorithms { get; init; } = "aes256gcm16-ecp256";

    /// <summary>The octets of an IP packet with IKE from which on strongSwan and ours send fragments.</summary>
    public int FragmentSize { get; init; } = UsualFragmentSize;

    /// <summary>Whether the gateway wants a COOKIE from whoever begins: ours of everybody, strongSwan as long as another IKE_SA is half open.</summary>
    public bool WantsCookie { get; init; }

    /// <summary>The prefix from which the gateway gives the mobile host an address inside the tunnel, which is then its selector; null where it gives none.</summary>
    public string? Pool { get; init; }

    /// <summary>After how many seconds without a sign of the other end each of them asks for one.</summary>
    public int LivenessSeconds { get; init; } = 30;
}

/// <summary>One end of a connection.</summary>
/// <param name="Identity">A domain name.</param>
/// <param name="Addresses">Where it may be, the first to begin with.</param>
/// <param name="Selector">What of it is protected in tunnel mode.</param>
internal sealed record LabIkeEnd(NetworkNamespace Host, string Identity, IReadOnlyList<string> Addresses, string Selector)
{
    /// <summary>Where it is at first.</summary>
    public string Address => Addresses[0];

    public static LabIkeEnd Mobile(LabNetwork network, params string[] addresses) =>
        new(network.MobileHost, "mobile.example", addresses is [] ? [LabNetwork.Link1, LabNetwork.Link2] : addresses, $"{LabNetwork.InnerMobile}/32");

    public static LabIkeEnd Gateway(LabNetwork network, params string[] addresses) =>
        new(network.GatewayHost, "gateway.example", addresses is [] ? [LabNetwork.Gateway] : addresses, LabNetwork.InnerNetwork);
}
