using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MobikeX.Cli.Scenarios;
using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Cli.Demo;

/// <summary>
/// A small network on loopback. Each interface of a peer is a UDP socket at an ephemeral port of 127.0.0.1, and stands for an
/// address of the documentation ranges: a packet is seen to come from the address of the socket that sent it.
/// </summary>
internal sealed class DemoNetwork : IDisposable
{
    private const int LargestDatagram = ushort.MaxValue;

    private readonly List<DemoInterface> _interfaces = [];
    private readonly byte[] _buffer = new byte[LargestDatagram];

    /// <exception cref="SocketException">Loopback has no UDP.</exception>
    public DemoNetwork()
    {
        foreach ((PeerRole peer, string name, IpAddress address) in DemoSetting.Interfaces)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            _interfaces.Add(new DemoInterface(peer, name, address, socket));
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        }
    }

    public IReadOnlyList<DemoInterface> Interfaces => _interfaces;

    public void Dispose() => _interfaces.ForEach(each => each.Socket.Dispose());

    /// <summary>Sends a datagram between two addresses; one to or from an address that nobody has goes nowhere.</summary>
    public void Send(IpAddress source, IpAddress destination, ReadOnlySpan<byte> datagram)
    {
        if (At(source) is { } from && At(destination) is { } to)
        {
            from.Socket.SendTo(datagram, SocketFlags.None, to.EndPoint);
        }
    }

    /// <summary>Takes the next datagram; null where none comes in time. A stranger's datagram is passed over.</summary>
    public DemoDatagram? Receive(TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        for (TimeSpan left = patience; left > TimeSpan.Zero; left = patience - Stopwatch.GetElapsedTime(start))
        {
            var readable = _interfaces.Select(each => each.Socket).ToList();
            Socket.Select(readable, null, null, left);
            if (readable.Count > 0 && Read(readable[0]) is { } datagram)
            {
                return datagram;
            }
        }

        return null;
    }

    private DemoDatagram? Read(Socket socket)
    {
        EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
        int length = socket.ReceiveFrom(_buffer, ref sender);
        if (_interfaces.Find(each => each.EndPoint.Equals(sender)) is not { } from)
        {
            return null;
        }

        DemoInterface to = _interfaces.Single(each => each.Socket == socket);
        ushort port = Constants.NatTraversalPort;
        return new DemoDatagram(to.Peer, new PacketAddresses(from.Address, port, to.Address, port), _buffer[..length]);
    }

    private DemoInterface? At(IpAddress address) => _interfaces.Find(each => each.Address == address);
}

/// <summary>An interface of a peer: the address that it stands for, and the socket that it is.</summary>
internal sealed record DemoInterface(PeerRole Peer, string Name, IpAddress Address, Socket Socket)
{
    public IPEndPoint EndPoint => (IPEndPoint)Socket.LocalEndPoint!;
}

/// <summary>A datagram that arrived.</summary>
internal sealed record DemoDatagram(PeerRole Receiver, PacketAddresses Packet, byte[] Octets);
