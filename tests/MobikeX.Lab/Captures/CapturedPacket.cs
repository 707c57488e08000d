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

    /// <summary>IKE on either of its ports.</summary>
    Ike,

    /// <summary>The octet that keeps the mapping of a NAT (RFC 3948 section 2.3).</summary>
    NatKeepalive,

    /// <summary>A router or a host says that a packet did not arrive.</summary>
    Unreachable,

    /// <summary>Anything else: it was not protected.</summary>
    Clear,
}

/// <summary>A packet as it arrived from one of the links.</summary>
/// <param name="Interface">The index of the interface that it arrived at.</param>
/// <param name="Octets">From the IP header on.</param>
/// <param name="Time">When it arrived, in UTC.</param>
internal sealed record CapturedPacket(int Interface, byte[] Octets, DateTime Time)
{
    private const int IPv4Version = 4, IPv6Version = 6, IPv6HeaderLength = 40, UdpHeaderLength = 8;
    private const int MarkerLength = sizeof(uint), SpiLength = sizeof(ulong), IkeHeaderLength = 28;
    private const byte Icmp = 1, Udp = 17, IcmpV6 = 58, DestinationUnreachable = 3, DestinationUnreachableV6 = 1;

    public PacketKind Kind { get; } = KindOf(Octets);

    public IPAddress Source => new(IsIPv4 ? Octets.AsSpan(12, 4) : Octets.AsSpan(8, 16));

    public IPAddress Destination => new(IsIPv4 ? Octets.AsSpan(16, 4) : Octets.AsSpan(24, 16));

    /// <summary>Its octets on the wire, however many of them were kept.</summary>
    public int Length => IsIPv4 ? BinaryPrimitives.ReadUInt16BigEndian(Octets.AsSpan(2)) : BinaryPrimitives.ReadUInt16BigEndian(Octets.AsSpan(4)) + IPv6HeaderLength;

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

    /// <summary>What the header of an IKE message says (RFC 7296 section 3.1); null for another packet.</summary>
    public IkeHeader? Ike
    {
        get
        {
            if (Kind != PacketKind.Ike)
            {
                return null;
            }

            ReadOnlySpan<byte> udp = Octets.AsSpan(HeaderLength(Octets));
            ReadOnlySpan<byte> header = udp[(UdpHeaderLength + (UsesPort(udp, Constants.NatTraversalPort) ? MarkerLength : 0))..];
            return new IkeHeader(
                BinaryPrimitives.ReadUInt64BigEndian(header),
                BinaryPrimitives.ReadUInt64BigEndian(header[SpiLength..]),
                BinaryPrimitives.ReadUInt32BigEndian(header[20..]));
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
            Icmp when packet[HeaderLength(packet)] == DestinationUnreachable => PacketKind.Unreachable,
            IcmpV6 when packet.Length > IPv6HeaderLength && packet[IPv6HeaderLength] == DestinationUnreachableV6 => PacketKind.Unreachable,
            _ => PacketKind.Clear,
        };
    }

    private static bool IsNeighbourDiscovery(ReadOnlySpan<byte> packet) => packet[6] == IcmpV6 && packet.Length > IPv6HeaderLength && packet[IPv6HeaderLength] is >= 133 and <= 137;

    private static PacketKind KindOfUdp(ReadOnlySpan<byte> udp)
    {
        if (udp.Length < UdpHeaderLength)
        {
            return PacketKind.Clear;
        }

        if (!UsesPort(udp, Constants.NatTraversalPort))
        {
            return UsesPort(udp, Constants.IkePort) && udp.Length >= UdpHeaderLength + IkeHeaderLength ? PacketKind.Ike : PacketKind.Clear;
        }

        ReadOnlySpan<byte> payload = udp[UdpHeaderLength..];
        return payload.Length < MarkerLength ? PacketKind.NatKeepalive
            : BinaryPrimitives.ReadUInt32BigEndian(payload) != 0 ? PacketKind.EspInUdp
            : payload.Length >= MarkerLength + IkeHeaderLength ? PacketKind.Ike : PacketKind.Clear;
    }

    private static bool UsesPort(ReadOnlySpan<byte> udp, ushort port) =>
        BinaryPrimitives.ReadUInt16BigEndian(udp) == port || BinaryPrimitives.ReadUInt16BigEndian(udp[sizeof(ushort)..]) == port;

    private static int HeaderLength(ReadOnlySpan<byte> packet) => packet[0] >> 4 == IPv4Version ? (packet[0] & 0xf) * 4 : IPv6HeaderLength;
}

/// <summary>The part of an IKE message that everyone sees.</summary>
internal readonly record struct IkeHeader(ulong InitiatorSpi, ulong ResponderSpi, uint MessageId);
