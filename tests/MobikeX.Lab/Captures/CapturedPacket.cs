using System.Buffers.Binary;
using System.Net;
using MobikeX.Protocol.Ikev2;
using MobikeX.Xfrm;

namespace MobikeX.Lab.Captures;

/// <summary>What an outsider sees of a packet.</summary>
internal enum PacketKind
{
    /// <summary>Neighbour discovery, ARP, multicast of the link: never leaves the link.</summary>
    LinkBusiness,

    Esp,

    Ah,

    /// <summary>ESP in UDP (RFC 3948).</summary>
    EspInUdp,

    /// <summary>IKE on the port of NAT traversal, or a NAT keepalive.</summary>
    Ike,

    /// <summary>Anything else: it was not protected.</summary>
    Clear,
}

/// <summary>A packet as it arrived from one of the links.</summary>
/// <param name="Interface">The index of the interface that it arrived at.</param>
/// <param name="Octets">From the IP header on.</param>
internal sealed record CapturedPacket(int Interface, byte[] Octets)
{
    private const int IPv4Version = 4, IPv6Version = 6, IPv6HeaderLength = 40, UdpHeaderLength = 8;
    private const byte Udp = 17;

    public PacketKind Kind { get; } = KindOf(Octets);

    public IPAddress Source => new(IsIPv4 ? Octets.AsSpan(12, 4) : Octets.AsSpan(8, 16));

    public IPAddress Destination => new(IsIPv4 ? Octets.AsSpan(16, 4) : Octets.AsSpan(24, 16));

    private bool IsIPv4 => Octets[0] >> 4 == IPv4Version;

    /// <summary>The SPI and the sequence number of an ESP packet, in UDP or not; null for another.</summary>
    public (uint Spi, uint Sequence)? EspHeader
    {
        get
        {
            if (Kind is not (PacketKind.Esp or PacketKind.EspInUdp))
            {
                return null;
            }

            ReadOnlySpan<byte> header = Octets.AsSpan(HeaderLength(Octets) + (Kind == PacketKind.EspInUdp ? UdpHeaderLength : 0));
            return (BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        }
    }

    private static PacketKind KindOf(ReadOnlySpan<byte> packet)
    {
        bool isIPv4 = packet.Length >= 20 && packet[0] >> 4 == IPv4Version, isIPv6 = packet.Length >= IPv6HeaderLength && packet[0] >> 4 == IPv6Version;
        if (!isIPv4 && !isIPv6)
        {
            return PacketKind.LinkBusiness;
        }

        const byte multicast = 0xff, linkLocalHigh = 0xfe, linkLocalLow = 0x80;
        if (isIPv6 && (packet[24] == multicast || (packet[8] == linkLocalHigh && packet[9] == linkLocalLow) || IsNeighbourDiscovery(packet)))
        {
            return PacketKind.LinkBusiness;
        }

        byte protocol = isIPv4 ? packet[9] : packet[6];
        return protocol switch
        {
            (byte)XfrmProtocol.Esp => PacketKind.Esp,
            (byte)XfrmProtocol.Ah => PacketKind.Ah,
            Udp => KindOfUdp(packet[HeaderLength(packet)..]),
            _ => PacketKind.Clear,
        };
    }

    private static bool IsNeighbourDiscovery(ReadOnlySpan<byte> packet) => packet[6] == 58 && packet.Length > IPv6HeaderLength && packet[IPv6HeaderLength] is >= 133 and <= 137;

    private static PacketKind KindOfUdp(ReadOnlySpan<byte> udp)
    {
        if (udp.Length < UdpHeaderLength || (BinaryPrimitives.ReadUInt16BigEndian(udp) != Constants.NatTraversalPort && BinaryPrimitives.ReadUInt16BigEndian(udp[2..]) != Constants.NatTraversalPort))
        {
            return PacketKind.Clear;
        }

        // A NAT keepalive is shorter than the marker.
        ReadOnlySpan<byte> payload = udp[UdpHeaderLength..];
        return payload.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32BigEndian(payload) == 0 ? PacketKind.Ike : PacketKind.EspInUdp;
    }

    private static int HeaderLength(ReadOnlySpan<byte> packet) => packet[0] >> 4 == IPv4Version ? (packet[0] & 0xf) * 4 : IPv6HeaderLength;
}
