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
}

/// <summary>One end of a connection.</summary>
/// <param name="Identity">A domain name.</param>
/// <param name="Address">Where it is at first.</param>
/// <param name="Selector">What of it is protected in tunnel mode.</param>
internal sealed record LabIkeEnd(NetworkNamespace Host, string Identity, string Address, string Selector)
{
    public static LabIkeEnd Mobile(LabNetwork network, string address = LabNetwork.Link1) => new(network.MobileHost, "mobile.example", address, $"{LabNetwork.InnerMobile}/32");

    public static LabIkeEnd Gateway(LabNetwork network) => new(network.GatewayHost, "gateway.example", LabNetwork.Gateway, LabNetwork.InnerNetwork);
}
