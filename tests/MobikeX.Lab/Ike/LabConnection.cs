using MobikeX.Lab.Network;

namespace MobikeX.Lab.Ike;

/// <summary>What two hosts agree to: how they prove who they are, and what they protect.</summary>
/// <param name="Certificates">Who issued what they sign with; null where they share a key.</param>
/// <param name="IsTunnel">Tunnel mode between the inner addresses, or transport mode between the hosts' own.</param>
internal sealed record LabConnection(LabCertificates? Certificates, bool IsTunnel)
{
    public const string SharedKey = "a key that the two hosts of the lab share";

    /// <summary>How each daemon's configuration names it.</summary>
    public const string Name = "lab", Child = "net";

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
