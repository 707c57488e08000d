using System.Net;
using System.Net.Sockets;
using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>A UDP socket of one address of this host and one of the two ports, so that it is known where a datagram came to, and chosen where it comes from.</summary>
internal sealed class IkeSocket : IDisposable
{
    private const byte Keepalive = (byte)Constants.Keepalive;
    private static readonly TimeSpan WaitAfterFault = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly bool _hasMarker;
    private readonly PortMap _ports;
    private readonly IPEndPoint _any;
    private volatile bool _isClosed;

    private IkeSocket(Socket socket, IpAddress address, bool hasMarker, PortMap ports)
    {
        _socket = socket;
        _hasMarker = hasMarker;
        _ports = ports;
        _any = new IPEndPoint(address.IsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        Address = address;
    }

    public IpAddress Address { get; }

    private ushort Port => (ushort)(_hasMarker ? Constants.NatTraversalPort : Constants.IkePort);

    /// <exception cref="SocketException">The address or the port cannot be had, or the system refuses what the socket needs.</exception>
    public static IkeSocket Open(IpAddress address, bool isForNat, PortMap ports, Action<Socket, bool>? prepare)
    {
        IPAddress local = address.ToIPAddress();
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (address.IsIPv6)
            {
                socket.DualMode = false;
            }

            prepare?.Invoke(socket, isForNat);
            socket.Bind(new IPEndPoint(local, ports.ToReal((ushort)(isForNat ? Constants.NatTraversalPort : Constants.IkePort))));
            return new IkeSocket(socket, address, isForNat, ports);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Receives until the socket is closed.</summary>
    public async Task ReceiveAsync(Action<PacketAddresses, byte[]> take, Action<string> tell)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(ushort.MaxValue);
        while (!_isClosed)
        {
            try
            {
                SocketReceiveFromResult received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, _any).ConfigureAwait(false);
                Take(buffer.AsSpan(0, received.ReceivedBytes), (IPEndPoint)received.RemoteEndPoint, take);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException fault) when (!_isClosed)
            {
                // Windows tells of a datagram that did not arrive, and of one that was too long, when the next is awaited.
                if (fault.SocketErrorCode is not (SocketError.ConnectionReset or SocketError.MessageSize))
                {
                    tell($"{Address} port {_ports.ToReal(Port)}: cannot receive: {fault.Message}");
                    await Task.Delay(WaitAfterFault).ConfigureAwait(false);
                }
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    /// <exception cref="SocketException">It cannot be sent: the address is gone, or there is no way to the peer.</exception>
    public void Send(in OutgoingDatagram datagram)
    {
        byte[] octets = datagram.Octets;
        if (_hasMarker && !datagram.IsKeepalive)
        {
            octets = new byte[Constants.NonEspMarker + datagram.Octets.Length];
            datagram.Octets.CopyTo(octets.AsSpan((int)Constants.NonEspMarker));
        }

        _socket.SendTo(octets, new IPEndPoint(datagram.Packet.Destination.ToIPAddress(), _ports.ToReal(datagram.Packet.DestinationPort)));
    }

    public void Dispose()
    {
        _isClosed = true;
        _socket.Dispose();
    }

    private void Take(ReadOnlySpan<byte> octets, IPEndPoint sender, Action<PacketAddresses, byte[]> take)
    {
        if (octets is [Keepalive] || sender.Port == 0)
        {
            return;
        }

        if (_hasMarker)
        {
            // What has no marker is ESP that the system did not take.
            if (octets.Length < Constants.NonEspMarker || octets[..(int)Constants.NonEspMarker].ContainsAnyExcept((byte)0))
            {
                return;
            }

            octets = octets[(int)Constants.NonEspMarker..];
        }

        take(new PacketAddresses(IpAddress.From(sender.Address), _ports.ToNamed((ushort)sender.Port), Address, Port), octets.ToArray());
    }
}
