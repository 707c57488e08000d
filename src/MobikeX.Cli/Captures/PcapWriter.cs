using System.Buffers.Binary;
using System.Net.Sockets;
using MobikeX.Engine;

namespace MobikeX.Cli.Captures;

/// <summary>Writes a capture of UDP datagrams in bare IPv4 packets (the classic format: draft-ietf-opsawg-pcap).</summary>
internal sealed class PcapWriter : IDisposable
{
    private const uint MagicMicroseconds = 0xa1b2c3d4;
    private const ushort MajorVersion = 2;
    private const ushort MinorVersion = 4;
    private const uint BareIp = 101;
    private const int IpHeader = 20;
    private const int UdpHeader = 8;
    private const byte Version4AndLength = (4 << 4) | (IpHeader / sizeof(uint));
    private const byte HopLimit = 64;

    private readonly FileStream _file;

    private PcapWriter(FileStream file) => _file = file;

    /// <summary>Makes the file, or empties it.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static PcapWriter Create(string path)
    {
        try
        {
            var writer = new PcapWriter(File.Create(path));
            Span<byte> header = stackalloc byte[24];
            header.Clear();
            BinaryPrimitives.WriteUInt32BigEndian(header, MagicMicroseconds);
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], MajorVersion);
            BinaryPrimitives.WriteUInt16BigEndian(header[6..], MinorVersion);
            BinaryPrimitives.WriteUInt32BigEndian(header[16..], ushort.MaxValue);
            BinaryPrimitives.WriteUInt32BigEndian(header[20..], BareIp);
            writer._file.Write(header);
            return writer;
        }
        catch (Exception fault) when (InputFile.IsRefused(fault))
        {
            throw new InputException($"{path}: {fault.Message}");
        }
    }

    /// <summary>Writes a datagram between two addresses of IPv4.</summary>
    public void Write(TimeSpan time, in PacketAddresses addresses, byte[] datagram)
    {
        byte[] packet = Packet(addresses, datagram);
        Span<byte> record = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(record, (uint)time.TotalSeconds);
        BinaryPrimitives.WriteUInt32BigEndian(record[4..], (uint)(time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond));
        BinaryPrimitives.WriteUInt32BigEndian(record[8..], (uint)packet.Length);
        BinaryPrimitives.WriteUInt32BigEndian(record[12..], (uint)packet.Length);
        _file.Write(record);
        _file.Write(packet);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static byte[] Packet(in PacketAddresses addresses, byte[] datagram)
    {
        byte[] packet = new byte[IpHeader + UdpHeader + datagram.Length];
        packet[0] = Version4AndLength;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[8] = HopLimit;
        packet[9] = (byte)ProtocolType.Udp;
        addresses.Source.TryWrite(packet.AsSpan(12));
        addresses.Destination.TryWrite(packet.AsSpan(16));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum(packet.AsSpan(0, IpHeader)));

        // The checksum of UDP stays 0, which says that there is none (RFC 768).
        Span<byte> udp = packet.AsSpan(IpHeader);
        BinaryPrimitives.WriteUInt16BigEndian(udp, addresses.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], addresses.DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)(UdpHeader + datagram.Length));
        datagram.CopyTo(udp[UdpHeader..]);
        return packet;
    }

    private static ushort Checksum(ReadOnlySpan<byte> header)
    {
        uint sum = 0;
        for (int i = 0; i < header.Length; i += sizeof(ushort))
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(header[i..]);
        }

        sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~(sum + (sum >> 16));
    }
}
