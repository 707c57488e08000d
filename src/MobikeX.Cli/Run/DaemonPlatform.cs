using System.Net.Sockets;
using MobikeX.Engine;
using MobikeX.Ike;

namespace MobikeX.Cli.Run;

/// <summary>What a daemon stands on.</summary>
/// <param name="Backend">Moves SAs.</param>
/// <param name="Installer">Sets CHILD_SAs up and ends them.</param>
/// <param name="Addresses">The addresses of the host.</param>
internal sealed record DaemonPlatform(IIpsecBackend Backend, IChildSaInstaller Installer, IHostAddresses Addresses)
{
    /// <summary>Prepares the sockets of IKE for the IPsec of the system; null where it need not.</summary>
    public Action<Socket, bool>? Prepare { get; init; }

    /// <summary>Puts the addresses that peers give to this host on it; null where that is for somebody else.</summary>
    public IInnerAddresses? Inner { get; init; }

    /// <summary>The SAs and policies that an earlier run had left behind, and that were taken away.</summary>
    public IReadOnlyList<string> TakenAway { get; init; } = [];

    /// <summary>The SAs that have carried what they may; null where the IPsec of the system does not count.</summary>
    public ISaExpiries? Expiries { get; init; }

    /// <summary>The UDP port of IKE, and the one that IKE and ESP share where there is a NAT.</summary>
    public (ushort Ike, ushort Nat) Ports { get; init; } = ((ushort)Protocol.Ikev2.Constants.IkePort, (ushort)Protocol.Ikev2.Constants.NatTraversalPort);
}
