namespace MobikeX.Cli.Captures;

/// <summary>One packet of a capture file, still in the file's octets.</summary>
/// <param name="Number">Counts from 1, as other tools show it.</param>
/// <param name="Offset">Where its octets begin in the file.</param>
/// <param name="LinkType">The LINKTYPE of the interface.</param>
/// <param name="OriginalLength">Octets on the wire; more than <paramref name="Length"/> where the capture cut the packet.</param>
internal readonly record struct CapturedPacket(int Number, int Offset, int Length, int LinkType, uint OriginalLength);
