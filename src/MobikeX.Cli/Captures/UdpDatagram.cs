using System.Net;

namespace MobikeX.Cli.Captures;

/// <summary>A UDP datagram found in a capture.</summary>
/// <param name="Offset">Where its payload begins in the file.</param>
internal sealed record UdpDatagram(int Packet, IPEndPoint Source, IPEndPoint Destination, int Offset, int Length);
