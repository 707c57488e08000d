using System.Buffers.Binary;
using MobikeX.Cli.Decoding;

namespace MobikeX.Cli.Captures;

/// <summary>The classic capture format: a file header, then records, all in the byte order of the machine that captured (draft-ietf-opsawg-pcap).</summary>
internal static class PcapFile
{
    private const uint MagicMicroseconds = 0xa1b2c3d4;
    private const uint MagicNanoseconds = 0xa1b23c4d;
    private const int HeaderLength = 24;
    private const int RecordHeaderLength = 16;

    internal static bool IsPcap(ReadOnlySpan<byte> file, out bool bigEndian)
    {
        bigEndian = false;
        if (file.Length < sizeof(uint))
        {
            return false;
        }

        bigEndian = BinaryPrimitives.ReadUInt32BigEndian(file) is MagicMicroseconds or MagicNanoseconds;
        return bigEndian || BinaryPrimitives.ReadUInt32LittleEndian(file) is MagicMicroseconds or MagicNanoseconds;
    }

    internal static List<CapturedPacket> Read(ReadOnlySpan<byte> file, List<Problem> problems)
    {
        var packets = new List<CapturedPacket>();
        IsPcap(file, out bool bigEndian);
        if (file.Length < HeaderLength)
        {
            problems.Add(new Problem(file.Length, "pcap", "the file ends inside its header"));
            return packets;
        }

        // The upper half holds the length of a frame check sequence, which is of no interest here.
        int linkType = (int)(CaptureFile.ReadUInt32(file[20..], bigEndian) & 0xffff);
        for (int offset = HeaderLength; offset < file.Length;)
        {
            if (file.Length - offset < RecordHeaderLength)
            {
                problems.Add(new Problem(offset, "pcap", "the file ends inside a record's header"));
                break;
            }

            uint captured = CaptureFile.ReadUInt32(file[(offset + 8)..], bigEndian);
            uint original = CaptureFile.ReadUInt32(file[(offset + 12)..], bigEndian);
            int left = file.Length - offset - RecordHeaderLength;
            if (captured > left)
            {
                problems.Add(new Problem(offset, "pcap", $"a record says it has {captured} octets, the file has {left} more"));
                break;
            }

            packets.Add(new CapturedPacket(packets.Count + 1, offset + RecordHeaderLength, (int)captured, linkType, original));
            offset += RecordHeaderLength + (int)captured;
        }

        return packets;
    }
}
