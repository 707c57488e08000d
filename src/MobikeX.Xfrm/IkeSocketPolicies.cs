using System.Net.Sockets;
using MobikeX.Xfrm.Layouts;

namespace MobikeX.Xfrm;

/// <summary>What the kernel must know of a UDP socket of IKE.</summary>
public static class IkeSocketPolicies
{
    private const int IPv4Level = 0;
    private const int IPv6Level = 41;
    private const int UdpLevel = 17;
    private const int IPv4SocketPolicy = 17;
    private const int IPv6SocketPolicy = 35;
    private const int UdpEncapsulation = 100;
    private const int EspInUdp = 2;

    /// <summary>Lets what the socket sends and receives pass as it is: IKE protects itself, and ESP in UDP is not to be protected again.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="takesEsp">Whether the kernel takes ESP out of the packets that come to the socket (RFC 3948).</param>
    /// <exception cref="SocketException">The process may not, or the kernel has no XFRM.</exception>
    public static void Prepare(Socket socket, bool takesEsp)
    {
        _ = socket ?? throw new ArgumentNullException(nameof(socket));
        bool isIPv6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
        var any = new XfrmSelector { Family = isIPv6 ? AddressFamilies.IPv6 : AddressFamilies.IPv4 };
        foreach (XfrmDirection direction in (XfrmDirection[])[XfrmDirection.In, XfrmDirection.Out])
        {
            socket.SetRawSocketOption(
                isIPv6 ? IPv6Level : IPv4Level,
                isIPv6 ? IPv6SocketPolicy : IPv4SocketPolicy,
                XfrmPolicy.Allow(new XfrmPolicyKey(any, direction)).Octets);
        }

        if (takesEsp)
        {
            socket.SetRawSocketOption(UdpLevel, UdpEncapsulation, BitConverter.GetBytes(EspInUdp));
        }
    }
}
