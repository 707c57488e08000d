using System.Net;
using System.Net.Sockets;

namespace MobikeX.Ike.Tests;

/// <summary>Two addresses of the loopback network, and ports that are free at both.</summary>
internal static class Loopback
{
    public const string Mobile = "127.0.0.1";
    public const string Gateway = "127.0.0.2";

    public static (ushort Ike, ushort Nat) FreePorts()
    {
        using Socket ike = Bind(Mobile, 0), nat = Bind(Mobile, 0);
        (ushort, ushort) ports = ((ushort)((IPEndPoint)ike.LocalEndPoint!).Port, (ushort)((IPEndPoint)nat.LocalEndPoint!).Port);
        using Socket sameIke = Bind(Gateway, ports.Item1), sameNat = Bind(Gateway, ports.Item2);
        return ports;
    }

    private static Socket Bind(string address, ushort port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
        return socket;
    }
}
