using System.Net.Sockets;
using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>The sockets of every address of this host, at both ports.</summary>
internal sealed class IkeSockets(PortMap ports, Action<Socket, bool>? prepare, Action<PacketAddresses, byte[]> take, Action<string> tell) : IDisposable
{
    private readonly Dictionary<(IpAddress Address, bool IsForNat), IkeSocket> _sockets = [];

    /// <summary>Opens sockets for addresses that have come, and closes those of addresses that are gone.</summary>
    /// <returns>What is wrong with the first socket that could not be opened; null where there is none.</returns>
    public SocketException? Follow(IReadOnlyCollection<IpAddress> addresses)
    {
        foreach ((IpAddress Address, bool IsForNat) key in _sockets.Keys.Where(key => !addresses.Contains(key.Address)).ToArray())
        {
            _sockets.Remove(key, out IkeSocket? gone);
            gone!.Dispose();
        }

        SocketException? first = null;
        foreach (IpAddress address in addresses)
        {
            SocketException? plain = Open(address, isForNat: false), encapsulated = Open(address, isForNat: true);
            first ??= plain ?? encapsulated;
        }

        return first;
    }

    /// <summary>Sends a datagram from the address that it names.</summary>
    /// <returns>False where that cannot be done, which is told.</returns>
    public bool TrySend(in OutgoingDatagram datagram)
    {
        if (!_sockets.TryGetValue((datagram.Packet.Source, datagram.Packet.SourcePort != Constants.IkePort), out IkeSocket? socket))
        {
            tell($"cannot send {datagram.Packet}: the address is not one of this host");
            return false;
        }

        try
        {
            socket.Send(datagram);
            return true;
        }
        catch (SocketException fault)
        {
            tell($"cannot send {datagram.Packet}: {fault.Message}");
            return false;
        }
    }

    public void Dispose()
    {
        foreach (IkeSocket socket in _sockets.Values)
        {
            socket.Dispose();
        }

        _sockets.Clear();
    }

    private SocketException? Open(IpAddress address, bool isForNat)
    {
        if (_sockets.ContainsKey((address, isForNat)))
        {
            return null;
        }

        try
        {
            var socket = IkeSocket.Open(address, isForNat, ports, prepare);
            _sockets.Add((address, isForNat), socket);
            _ = Task.Run(() => socket.ReceiveAsync(take, tell));
            return null;
        }
        catch (SocketException fault)
        {
            tell($"{address} port {ports.ToReal((ushort)(isForNat ? Constants.NatTraversalPort : Constants.IkePort))}: {fault.Message}");
            return fault;
        }
    }
}
