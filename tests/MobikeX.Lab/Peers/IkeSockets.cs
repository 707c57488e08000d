using System.Net;
using System.Net.Sockets;
using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Peers;

/// <summary>The UDP sockets of a peer at the port of NAT traversal, one for each of its addresses. The kernel takes ESP out of UDP there.</summary>
internal sealed class IkeSockets : IDisposable
{
    private const int MarkerLength = 4;

    private readonly Dictionary<IpAddress, Socket> _sockets = [];
    private readonly byte[] _buffer = new byte[ushort.MaxValue];

    public IkeSockets(NetworkNamespace host, IEnumerable<IpAddress> addresses) => host.Run(() =>
    {
        foreach (IpAddress address in addresses)
        {
            IPAddress local = address.ToIPAddress();
            var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            _sockets.Add(address, socket);
            socket.Bind(new IPEndPoint(local, Constants.NatTraversalPort));
            IkeSocketPolicies.Prepare(socket, takesEsp: true);
        }
    });

    public IEnumerable<Socket> All => _sockets.Values;

    /// <summary>Sends a message with the marker that tells it from ESP (RFC 3948, section 2.2).</summary>
    public void Send(in PacketAddresses packet, ReadOnlySpan<byte> message)
    {
        byte[] datagram = new byte[MarkerLength + message.Length];
        message.CopyTo(datagram.AsSpan(MarkerLength));
        _sockets[packet.Source].SendTo(datagram, new IPEndPoint(packet.Destination.ToIPAddress(), packet.DestinationPort));
    }

    /// <summary>Takes a message from one of the sockets.</summary>
    public ReadOnlySpan<byte> Receive(Socket socket, out PacketAddresses packet)
    {
        EndPoint sender = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        int length = socket.ReceiveFrom(_buffer, ref sender);
        var from = (IPEndPoint)sender;
        var to = (IPEndPoint)socket.LocalEndPoint!;
        packet = new PacketAddresses(IpAddress.From(from.Address), (ushort)from.Port, IpAddress.From(to.Address), (ushort)to.Port);
        return length < MarkerLength ? default : _buffer.AsSpan(MarkerLength, length - MarkerLength);
    }

    public void Dispose()
    {
        foreach (Socket socket in _sockets.Values)
        {
            socket.Dispose();
        }
    }
}
