using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MobikeX.Cli.Scenarios;
using MobikeX.Engine;
using MobikeX.Ike;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Cli.Demo;

/// <summary>
/// A small network on loopback. Each interface of a peer stands for an address of the documentation ranges: it has a UDP socket for each
/// port of IKE, at an ephemeral port of 127.0.0.1, and a packet is seen to come from the address of the socket that sent it.
/// </summary>
internal sealed class DemoNetwork : IDisposable
{
    private const int LargestDatagram = ushort.MaxValue;
    private const int Marker = (int)Constants.NonEspMarker;

    private readonly List<DemoInterface> _interfaces = [];
    private readonly byte[] _buffer = new byte[LargestDatagram];

    /// <exception cref="SocketException">Loopback has no UDP.</exception>
    public DemoNetwork()
    {
        try
        {
            foreach ((PeerRole peer, string name, IpAddress address) in DemoSetting.Interfaces)
            {
                var opened = new DemoInterface(peer, name, address, NewSocket(), NewSocket());
                _interfaces.Add(opened);
                opened.Ike.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                opened.Nat.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            }
        }
        catch (SocketException)
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<DemoInterface> Interfaces => _interfaces;

    public void Dispose()
    {
        foreach (DemoInterface each in _interfaces)
        {
            each.Ike.Dispose();
            each.Nat.Dispose();
        }
    }

    /// <summary>Sends a datagram and gives back what is on the wire; one to or from an address that nobody has goes nowhere.</summary>
    public byte[] Send(in OutgoingDatagram datagram)
    {
        PacketAddresses packet = datagram.Packet;
        bool hasMarker = packet.SourcePort == Constants.NatTraversalPort && !datagram.IsKeepalive;
        byte[] octets = hasMarker ? [.. new byte[Marker], .. datagram.Octets] : datagram.Octets;
        if (At(packet.Source) is { } from && At(packet.Destination) is { } to)
        {
            from.Socket(packet.SourcePort).SendTo(octets, SocketFlags.None, DemoInterface.EndPoint(to.Socket(packet.DestinationPort)));
        }

        return octets;
    }

    /// <summary>Takes the next datagram; null where none comes in time. A stranger's datagram is passed over.</summary>
    public DemoDatagram? Receive(TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan left = patience;
        do
        {
            List<Socket> readable = [.. _interfaces.SelectMany(each => (Socket[])[each.Ike, each.Nat])];
            Socket.Select(readable, null, null, left > TimeSpan.Zero ? left : TimeSpan.Zero);
            if (readable.Count > 0 && Read(readable[0]) is { } datagram)
            {
                return datagram;
            }

            left = patience - Stopwatch.GetElapsedTime(start);
        }
        while (left > TimeSpan.Zero);
        return null;
    }

    private DemoDatagram? Read(Socket socket)
    {
        EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
        Span<byte> octets = _buffer.AsSpan(0, socket.ReceiveFrom(_buffer, ref sender));
        if (_interfaces.Find(each => each.PortOf(sender) is not null) is not { } from)
        {
            return null;
        }

        DemoInterface to = _interfaces.Single(each => each.Ike == socket || each.Nat == socket);
        if (to.Nat == socket)
        {
            if (octets.Length < Marker)
            {
                return null;
            }

            octets = octets[Marker..];
        }

        var packet = new PacketAddresses(from.Address, from.PortOf(sender)!.Value, to.Address, to.PortOf(socket.LocalEndPoint!)!.Value);
        return new DemoDatagram(to.Peer, packet, octets.ToArray());
    }

    private DemoInterface? At(IpAddress address) => _interfaces.Find(each => each.Address == address);

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
}

/// <summary>An interface of a peer: the address that it stands for, and the sockets that are its ports of IKE and of NAT traversal.</summary>
internal sealed record DemoInterface(PeerRole Peer, string Name, IpAddress Address, Socket Ike, Socket Nat)
{
    public Socket Socket(ushort port) => port == Constants.NatTraversalPort ? Nat : Ike;

    /// <summary>The port that stands for a socket of this interface; null for the address of another.</summary>
    public ushort? PortOf(EndPoint endPoint) =>
        EndPoint(Ike).Equals(endPoint) ? (ushort)Constants.IkePort : EndPoint(Nat).Equals(endPoint) ? (ushort)Constants.NatTraversalPort : null;

    public static IPEndPoint EndPoint(Socket socket) => (IPEndPoint)socket.LocalEndPoint!;
}

/// <summary>A datagram that arrived.</summary>
/// <param name="Receiver">Whose it is.</param>
/// <param name="Packet">The addresses and ports that stand for those of loopback.</param>
/// <param name="Octets">The message: the marker in front of it is taken off.</param>
internal sealed record DemoDatagram(PeerRole Receiver, PacketAddresses Packet, byte[] Octets);
