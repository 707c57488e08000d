using System.Net;
using MobikeX.Cli.Decoding;
using PacketDotNet;

namespace MobikeX.Cli.Captures;

/// <summary>Finds the UDP datagram in a captured packet: over Ethernet with VLAN tags, Linux cooked capture, loopback or bare IP, then IPv4 or IPv6.</summary>
internal static class PacketReader
{
    // LINKTYPE values that the library has no reader for under their own number: bare IPv4 and IPv6, and the older numbers of bare IP.
    private static readonly int[] BareIp = [12, 14, 101, 228, 229];

    private static readonly int[] Readable = [(int)LinkLayers.Null, (int)LinkLayers.Ethernet, (int)LinkLayers.LinuxSll, (int)LinkLayers.LinuxSll2];

    /// <summary>The datagram; null where the packet carries none, or a problem stands in the way.</summary>
    internal static UdpDatagram? Read(byte[] file, CapturedPacket captured, List<Problem> problems)
    {
        LinkLayers link = BareIp.Contains(captured.LinkType) ? LinkLayers.Raw : (LinkLayers)captured.LinkType;
        if (link != LinkLayers.Raw && !Readable.Contains(captured.LinkType))
        {
            problems.Add(new Problem(captured.Offset, $"packet {captured.Number}", $"link type {captured.LinkType} is not read here"));
            return null;
        }

        try
        {
            byte[] octets = file.AsSpan(captured.Offset, captured.Length).ToArray();
            return Read(Packet.ParsePacket(link, octets), captured, problems);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or InvalidOperationException or NotImplementedException or OverflowException or FormatException or NullReferenceException)
        {
            // How the library says that a header is cut short or contradicts itself; it does not say where.
            problems.Add(new Problem(captured.Offset, $"packet {captured.Number}", "a link, IP or UDP header is cut short or malformed"));
            return null;
        }
    }

    private static UdpDatagram? Read(Packet packet, CapturedPacket captured, List<Problem> problems)
    {
        IPPacket? ip = packet.Extract<IPPacket>();
        if (ip is null)
        {
            return null;
        }

        if (IsFragment(ip))
        {
            // Without the first fragment nothing says which ports a fragment belongs to, so every one of UDP is told.
            if (ip.Protocol == ProtocolType.Udp)
            {
                problems.Add(new Problem(captured.Offset, $"packet {captured.Number}", "a fragment of a UDP datagram; fragments are not put together here"));
            }

            return null;
        }

        if (ip.PayloadPacket is not UdpPacket udp)
        {
            return null;
        }

        int offset = udp.HeaderSegment.Offset + udp.HeaderSegment.Length;
        int said = udp.Length - udp.HeaderSegment.Length;
        int length = Math.Min(said, captured.Length - offset);
        if (length < said)
        {
            string reason = captured.OriginalLength > captured.Length
                ? $"the capture kept {captured.Length} of {captured.OriginalLength} octets"
                : $"UDP says it carries {said} octets, the packet has {length}";
            problems.Add(new Problem(captured.Offset + offset, $"packet {captured.Number}", reason));
        }

        return new UdpDatagram(
            captured.Number,
            new IPEndPoint(ip.SourceAddress, udp.SourcePort),
            new IPEndPoint(ip.DestinationAddress, udp.DestinationPort),
            captured.Offset + offset,
            Math.Max(length, 0));
    }

    private static bool IsFragment(IPPacket ip) => ip switch
    {
        IPv4Packet four => four.FragmentOffset != 0 || (four.FragmentFlags & 1) != 0,
        IPv6Packet six => six.ExtensionHeaders.Any(header => header is IPv6FragmentationExtensionHeader fragment && (fragment.FragmentOffset != 0 || fragment.More)),
        _ => false,
    };
}
