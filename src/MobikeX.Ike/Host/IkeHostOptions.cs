using System.Net.Sockets;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>How a host of an endpoint is set up.</summary>
public sealed record IkeHostOptions
{
    /// <summary>The addresses of this host; there are sockets for each.</summary>
    public required IHostAddresses Addresses { get; init; }

    /// <summary>
    /// Prepares a socket before anything is sent or received: that the IPsec of the system leaves IKE alone, and, where it is true, that it
    /// takes ESP out of the UDP packets that come there. Null where neither is needed.
    /// </summary>
    /// <remarks>It throws <see cref="SocketException"/> where the system refuses.</remarks>
    public Action<Socket, bool>? Prepare { get; init; }

    /// <summary>The SAs that have carried what they may; null where the IPsec of the host does not count.</summary>
    public ISaExpiries? Expiries { get; init; }

    /// <summary>Takes the events of the endpoint, on the thread of the host's loop.</summary>
    public Action<IkeEvent>? Events { get; init; }

    /// <summary>Takes what is wrong with sockets, in words: an address that cannot be bound, a datagram that cannot be sent.</summary>
    public Action<string>? Faults { get; init; }

    /// <summary>How long the answers of peers to the last Deletes are awaited.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The UDP port that stands for that of IKE, for tests that may not open it: both ends have the same.</summary>
    public ushort Port { get; init; } = (ushort)Constants.IkePort;

    /// <summary>The UDP port that stands for that of NAT traversal, for tests that may not open it: both ends have the same.</summary>
    public ushort NatPort { get; init; } = (ushort)Constants.NatTraversalPort;
}
