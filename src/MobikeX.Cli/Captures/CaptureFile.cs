using System.Buffers.Binary;
using MobikeX.Cli.Decoding;

namespace MobikeX.Cli.Captures;

/// <summary>Reads pcap and pcapng files.</summary>
/// <remarks>
/// Our own reader, and not SharpPcap: that one is a shell around the native libpcap, which must then stand on the machine even to read
/// a file, and in a Native AOT program its library name is not found at all (it looks for wpcap on Linux).
/// </remarks>
internal static class CaptureFile
{
    internal static bool IsCapture(ReadOnlySpan<byte> file) => PcapFile.IsPcap(file, out _) || PcapNgFile.IsPcapNg(file);

    /// <summary>The packets up to the first octet that cannot be read, which is then a problem.</summary>
    internal static List<CapturedPacket> Read(ReadOnlySpan<byte> file, List<Problem> problems) =>
        PcapFile.IsPcap(file, out _) ? PcapFile.Read(file, problems) : PcapNgFile.Read(file, problems);

    internal static uint ReadUInt32(ReadOnlySpan<byte> source, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(source) : BinaryPrimitives.ReadUInt32LittleEndian(source);

    internal static ushort ReadUInt16(ReadOnlySpan<byte> source, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(source) : BinaryPrimitives.ReadUInt16LittleEndian(source);
}
