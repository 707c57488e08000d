using System.Net;
using System.Net.Sockets;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Traffic;

/// <summary>Sends IPv4 packets just as they are given, from a host that they need not come from.</summary>
internal sealed class PacketSender(NetworkNamespace host) : IDisposable
{
    private const int SourceAt = 12, DestinationAt = 16, ChecksumAt = 10;

    /// <summary>The kernel takes the header from the packet, and fills in its checksum.</summary>
    private readonly Socket _socket = host.Run(static () => new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Raw));

    public void Send(byte[] packet, string? source = null, string? destination = null)
    {
        byte[] sent = [.. packet];
        Replace(sent, SourceAt, source);
        Replace(sent, DestinationAt, destination);
        sent.AsSpan(ChecksumAt, sizeof(ushort)).Clear();
        _socket.SendTo(sent, new IPEndPoint(new IPAddress(sent.AsSpan(DestinationAt, 4)), 0));
    }

    public void Dispose() => _socket.Dispose();

    private static void Replace(byte[] packet, int at, string? address)
    {
        if (address is not null)
        {
            IPAddress.Parse(address).GetAddressBytes().CopyTo(packet, at);
        }
    }
}
