using System.Buffers.Binary;
using MobikeX.Cli.Decoding;

namespace MobikeX.Cli.Captures;

/// <summary>The newer capture format: sections of blocks, each section in its own byte order (draft-ietf-opsawg-pcapng).</summary>
internal ref struct PcapNgFile
{
    private const uint SectionHeaderBlock = 0x0a0d0d0a;
    private const uint InterfaceDescriptionBlock = 1;
    private const uint SimplePacketBlock = 3;
    private const uint EnhancedPacketBlock = 6;
    private const uint ByteOrderMagic = 0x1a2b3c4d;

    /// <summary>Block type and length before the body; the length stands once more after it.</summary>
    private const int BodyOffset = 8;
    private const int FrameLength = 12;

    private readonly ReadOnlySpan<byte> _file;
    private readonly List<Problem> _problems;
    private readonly List<CapturedPacket> _packets = [];
    private readonly List<(int LinkType, uint SnapLength)> _interfaces = [];
    private bool _bigEndian;

    private PcapNgFile(ReadOnlySpan<byte> file, List<Problem> problems)
    {
        _file = file;
        _problems = problems;
    }

    internal static bool IsPcapNg(ReadOnlySpan<byte> file) =>
        file.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32BigEndian(file) == SectionHeaderBlock;

    internal static List<CapturedPacket> Read(ReadOnlySpan<byte> file, List<Problem> problems)
    {
        var reader = new PcapNgFile(file, problems);
        int offset = 0;
        while (offset < file.Length && reader.TryReadBlock(offset, out int length))
        {
            offset += length;
        }

        return reader._packets;
    }

    private bool TryReadBlock(int offset, out int length)
    {
        length = 0;
        ReadOnlySpan<byte> rest = _file[offset..];
        if (rest.Length < FrameLength)
        {
            return Stop(offset, "the file ends inside a block's header");
        }

        // The type of a section header is the same in either byte order; what follows it tells the order.
        bool section = BinaryPrimitives.ReadUInt32BigEndian(rest) == SectionHeaderBlock;
        if (section)
        {
            _bigEndian = BinaryPrimitives.ReadUInt32BigEndian(rest[BodyOffset..]) == ByteOrderMagic;
            if (!_bigEndian && BinaryPrimitives.ReadUInt32LittleEndian(rest[BodyOffset..]) != ByteOrderMagic)
            {
                return Stop(offset + BodyOffset, "a section header without its byte-order magic");
            }

            _interfaces.Clear();
        }

        uint total = CaptureFile.ReadUInt32(rest[4..], _bigEndian);
        if (total < FrameLength || total % 4 != 0 || total > rest.Length)
        {
            return Stop(offset, $"a block says it has {total} octets, the file has {rest.Length} more");
        }

        length = (int)total;
        if (CaptureFile.ReadUInt32(rest[(length - 4)..], _bigEndian) != total)
        {
            return Stop(offset + length - 4, "the two lengths of a block differ");
        }

        ReadBody(section ? SectionHeaderBlock : CaptureFile.ReadUInt32(rest, _bigEndian), offset + BodyOffset, rest[BodyOffset..(length - 4)]);
        return true;
    }

    /// <summary>A block whose body is malformed is a problem of its own: its length still leads to the next.</summary>
    private readonly void ReadBody(uint type, int offset, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case InterfaceDescriptionBlock when body.Length >= 8:
                _interfaces.Add((CaptureFile.ReadUInt16(body, _bigEndian), CaptureFile.ReadUInt32(body[4..], _bigEndian)));
                break;
            case EnhancedPacketBlock when body.Length >= 20:
                AddPacket(
                    CaptureFile.ReadUInt32(body, _bigEndian),
                    CaptureFile.ReadUInt32(body[12..], _bigEndian),
                    CaptureFile.ReadUInt32(body[16..], _bigEndian),
                    offset + 20,
                    body.Length - 20);
                break;
            case SimplePacketBlock when body.Length >= 4:
                // It belongs to the first interface, and says only the original length: the capture cut it at the snap length (0: nowhere).
                uint original = CaptureFile.ReadUInt32(body, _bigEndian);
                uint snap = _interfaces.Count > 0 && _interfaces[0].SnapLength > 0 ? _interfaces[0].SnapLength : uint.MaxValue;
                AddPacket(0, Math.Min(original, snap), original, offset + 4, body.Length - 4);
                break;
            case InterfaceDescriptionBlock or EnhancedPacketBlock or SimplePacketBlock:
                _problems.Add(new Problem(offset, "pcapng", "a block too short for what its type says"));
                break;
        }
    }

    private readonly void AddPacket(uint interfaceId, uint captured, uint original, int offset, int room)
    {
        if (interfaceId >= _interfaces.Count)
        {
            _problems.Add(new Problem(offset, "pcapng", $"a packet of interface {interfaceId}, which no block describes"));
        }
        else if (captured > room)
        {
            _problems.Add(new Problem(offset, "pcapng", $"a packet says it has {captured} octets, its block has {room}"));
        }
        else
        {
            _packets.Add(new CapturedPacket(_packets.Count + 1, offset, (int)captured, _interfaces[(int)interfaceId].LinkType, original));
        }
    }

    private readonly bool Stop(int offset, string reason)
    {
        _problems.Add(new Problem(offset, "pcapng", reason));
        return false;
    }
}
