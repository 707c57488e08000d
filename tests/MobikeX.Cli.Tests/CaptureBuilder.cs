using System.Buffers.Binary;
using System.Net;

namespace MobikeX.Cli.Tests;

/// <summary>Makes captures octet by octet, so that a test says what it feeds in.</summary>
internal static class CaptureBuilder
{
    public const int LinkEthernet = 1;
    public const int LinkRaw = 101;

    private const ushort TypeIPv4 = 0x0800;
    private const ushort TypeIPv6 = 0x86dd;
    private const ushort TypeVlan = 0x8100;

    /// <summary>A classic capture with microseconds.</summary>
    public static byte[] Pcap(int linkType, bool bigEndian, params byte[][] packets)
    {
        var file = new List<byte>();
        file.AddRange(UInt32(0xa1b2c3d4, bigEndian));
        file.AddRange(UInt16(2, bigEndian));
        file.AddRange(UInt16(4, bigEndian));
        file.AddRange(UInt32(0, bigEndian));
        file.AddRange(UInt32(0, bigEndian));
        file.AddRange(UInt32(65535, bigEndian));
        file.AddRange(UInt32((uint)linkType, bigEndian));
        foreach (byte[] packet in packets)
        {
            file.AddRange(UInt32(0, bigEndian));
            file.AddRange(UInt32(0, bigEndian));
            file.AddRange(UInt32((uint)packet.Length, bigEndian));
            file.AddRange(UInt32((uint)packet.Length, bigEndian));
            file.AddRange(packet);
        }

        return [.. file];
    }

    /// <summary>A section with one interface, and each packet in an Enhanced Packet Block.</summary>
    public static byte[] PcapNg(int linkType, bool bigEndian, params byte[][] packets)
    {
        var file = new List<byte>();
        file.AddRange(Block(0x0a0d0d0a, bigEndian, [.. UInt32(0x1a2b3c4d, bigEndian), .. UInt16(1, bigEndian), .. UInt16(0, bigEndian), .. Enumerable.Repeat((byte)0xff, 8)]));
        file.AddRange(Block(1, bigEndian, [.. UInt16((ushort)linkType, bigEndian), 0, 0, .. UInt32(0, bigEndian)]));
        foreach (byte[] packet in packets)
        {
            byte[] padding = new byte[(4 - (packet.Length % 4)) % 4];
            byte[] length = UInt32((uint)packet.Length, bigEndian);
            file.AddRange(Block(6, bigEndian, [.. UInt32(0, bigEndian), .. UInt32(0, bigEndian), .. UInt32(0, bigEndian), .. length, .. length, .. packet, .. padding]));
        }

        return [.. file];
    }

    public static byte[] Block(uint type, bool bigEndian, byte[] body)
    {
        byte[] length = UInt32((uint)body.Length + 12, bigEndian);
        return [.. UInt32(type, bigEndian), .. length, .. body, .. length];
    }

    /// <summary>An Ethernet frame, with a VLAN tag where a number is given.</summary>
    public static byte[] Ethernet(byte[] ip, int? vlan = null)
    {
        byte[] type = UInt16(ip[0] >> 4 == 6 ? TypeIPv6 : TypeIPv4, bigEndian: true);
        byte[] tag = vlan is { } number ? [.. UInt16(TypeVlan, bigEndian: true), .. UInt16((ushort)number, bigEndian: true)] : [];
        return [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, .. tag, .. type, .. ip];
    }

    /// <summary>An IPv4 or IPv6 packet with UDP; checksums are zero, since no reader of captures may trust them.</summary>
    public static byte[] Udp(string source, int sourcePort, string destination, int destinationPort, byte[] payload)
    {
        byte[] udp =
        [
            .. UInt16((ushort)sourcePort, bigEndian: true),
            .. UInt16((ushort)destinationPort, bigEndian: true),
            .. UInt16((ushort)(8 + payload.Length), bigEndian: true),
            0, 0,
            .. payload,
        ];
        byte[] from = IPAddress.Parse(source).GetAddressBytes();
        byte[] to = IPAddress.Parse(destination).GetAddressBytes();
        return from.Length == 4
            ? [0x45, 0, .. UInt16((ushort)(20 + udp.Length), bigEndian: true), 0, 1, 0, 0, 64, 17, 0, 0, .. from, .. to, .. udp]
            : [0x60, 0, 0, 0, .. UInt16((ushort)udp.Length, bigEndian: true), 17, 64, .. from, .. to, .. udp];
    }

    /// <summary>An IKE message of the exchange INFORMATIONAL, request 1 of the Initiator.</summary>
    public static byte[] Ike(byte firstPayload, byte[] payloads) =>
    [
        0, 0, 0, 0, 0, 0, 0, 0xa1,
        0, 0, 0, 0, 0, 0, 0, 0xb1,
        firstPayload, 0x20, 37, 0x08,
        0, 0, 0, 1,
        .. UInt32((uint)(28 + payloads.Length), bigEndian: true),
        .. payloads,
    ];

    private static byte[] UInt32(uint value, bool bigEndian)
    {
        byte[] octets = new byte[4];
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
        }

        return octets;
    }

    private static byte[] UInt16(ushort value, bool bigEndian) =>
        bigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];
}
