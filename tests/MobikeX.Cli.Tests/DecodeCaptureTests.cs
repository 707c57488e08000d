namespace MobikeX.Cli.Tests;

/// <summary>Captures are made by <see cref="CaptureBuilder"/>; offsets count from the start of the file.</summary>
public class DecodeCaptureTests
{
    private const byte Notify = 41;
    private const byte Encrypted = 46;
    private static readonly byte[] Marker = [0, 0, 0, 0];
    private static readonly byte[] Message = CaptureBuilder.Ike(Notify, Convert.FromHexString(HexVectors.End));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pcap_of_either_byte_order_is_read(bool bigEndian)
    {
        byte[] frame = CaptureBuilder.Ethernet(CaptureBuilder.Udp("192.0.2.1", 500, "203.0.113.1", 500, Message));

        ToolRun run = Decode(CaptureBuilder.Pcap(CaptureBuilder.LinkEthernet, bigEndian, frame), "--json");

        // 24 octets of file header, 16 of record header, 14 of Ethernet, 20 of IPv4, 8 of UDP; then 28 of IKE.
        Assert.Equal(
            """{"messages":[{"packet":1,"offset":82,"source":"192.0.2.1:500","destination":"203.0.113.1:500","exchange":"INFORMATIONAL","response":false,"messageId":1"""
            + ""","initiatorSpi":"00000000000000a1","responderSpi":"00000000000000b1","payloads":"""
            + """[{"offset":110,"code":40962,"name":"END_OF_SELECTOR","critical":false,"parameters":[]}]}],"problems":[]}""" + "\n",
            run.Output);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pcapng_of_either_byte_order_is_read(bool bigEndian)
    {
        byte[] packet = CaptureBuilder.Udp("192.0.2.1", 500, "203.0.113.1", 500, Message);

        ToolRun run = Decode(CaptureBuilder.PcapNg(CaptureBuilder.LinkRaw, bigEndian, packet));

        Assert.Equal(
            """
            INFORMATIONAL request 1, packet 1, 192.0.2.1:500 to 203.0.113.1:500 at 104
            └── END_OF_SELECTOR (40962) at 132

            """,
            run.Output,
            ignoreLineEndingDifferences: true);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
    }

    [Fact]
    public void IPv6_and_a_VLAN_tag_are_walked_through()
    {
        byte[] frame = CaptureBuilder.Ethernet(CaptureBuilder.Udp("2001:db8::1", 4500, "2001:db8::2", 4500, [.. Marker, .. Message]), vlan: 5);

        ToolRun run = Decode(CaptureBuilder.Pcap(CaptureBuilder.LinkEthernet, bigEndian: false, frame));

        Assert.StartsWith("INFORMATIONAL request 1, packet 1, [2001:db8::1]:4500 to [2001:db8::2]:4500 at 110\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("END_OF_SELECTOR", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void On_the_NAT_traversal_port_only_what_has_the_marker_is_IKE()
    {
        byte[] esp = CaptureBuilder.Udp("192.0.2.1", 4500, "203.0.113.1", 4500, [0xc1, 0, 0, 1, 0, 0, 0, 1]);
        byte[] keepalive = CaptureBuilder.Udp("192.0.2.1", 4500, "203.0.113.1", 4500, [0xff]);
        byte[] ike = CaptureBuilder.Udp("192.0.2.1", 4500, "203.0.113.1", 4500, [.. Marker, .. Message]);

        ToolRun run = Decode(CaptureBuilder.Pcap(CaptureBuilder.LinkRaw, bigEndian: false, esp, keepalive, ike));

        Assert.StartsWith("INFORMATIONAL request 1, packet 3,", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
    }

    [Fact]
    public void Other_ports_are_passed_over()
    {
        byte[] dns = CaptureBuilder.Udp("192.0.2.1", 5353, "203.0.113.1", 53, Message);

        ToolRun run = Decode(CaptureBuilder.Pcap(CaptureBuilder.LinkRaw, bigEndian: false, dns));

        Assert.Equal(new ToolRun(ExitCode.Fine, "no IKE message\n", ""), run);
    }

    [Fact]
    public void An_encrypted_payload_is_named_and_not_opened()
    {
        // Its next payload (41) is the first one inside.
        byte[] sealedMessage = CaptureBuilder.Ike(Encrypted, [Notify, 0, 0, 8, 1, 2, 3, 4]);

        ToolRun run = Decode(CaptureBuilder.Pcap(CaptureBuilder.LinkRaw, bigEndian: false, CaptureBuilder.Udp("192.0.2.1", 500, "203.0.113.1", 500, sealedMessage)));

        Assert.Contains("SK (payload 46, 8 octets, encrypted: not opened)", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
    }

    [Fact]
    public void A_fragment_is_said_and_not_put_together()
    {
        byte[] packet = CaptureBuilder.Udp("192.0.2.1", 500, "203.0.113.1", 500, Message);
        packet[6] = 0x20; // More fragments.

        ToolRun run = Decode(CaptureBuilder.Pcap(CaptureBuilder.LinkRaw, bigEndian: false, packet));

        Assert.Contains("problem offset 40: packet 1: a fragment of a UDP datagram", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, run.ExitCode);
    }

    [Fact]
    public void A_record_longer_than_the_file_is_a_problem_and_the_packets_before_are_decoded()
    {
        byte[] packet = CaptureBuilder.Udp("192.0.2.1", 500, "203.0.113.1", 500, Message);
        byte[] file = CaptureBuilder.Pcap(CaptureBuilder.LinkRaw, bigEndian: false, packet, packet);

        ToolRun run = Decode(file[..^1]);

        Assert.Contains("END_OF_SELECTOR", run.Output, StringComparison.Ordinal);
        Assert.Contains($"problem offset {40 + packet.Length}: pcap: a record says it has {packet.Length} octets, the file has {packet.Length - 1} more", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, run.ExitCode);
    }

    [Fact]
    public void A_length_in_the_IKE_header_that_the_datagram_contradicts_is_a_problem()
    {
        byte[] longer = [.. Message];
        longer[27] += 4;

        ToolRun run = Decode(CaptureBuilder.Pcap(CaptureBuilder.LinkRaw, bigEndian: false, CaptureBuilder.Udp("192.0.2.1", 500, "203.0.113.1", 500, longer)));

        Assert.Contains("problem offset 68: packet 1: the IKE header says 40 octets, the datagram has 36", run.Output, StringComparison.Ordinal);
        Assert.Contains("END_OF_SELECTOR", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, run.ExitCode);
    }

    [Fact]
    public void A_truncated_IP_header_is_a_problem()
    {
        byte[] packet = CaptureBuilder.Udp("192.0.2.1", 500, "203.0.113.1", 500, Message)[..10];

        ToolRun run = Decode(CaptureBuilder.Pcap(CaptureBuilder.LinkRaw, bigEndian: false, packet));

        Assert.Contains("problem offset 40: packet 1: a link, IP or UDP header is cut short or malformed", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, run.ExitCode);
    }

    [Fact]
    public void A_pcapng_packet_of_an_interface_that_is_not_described_is_a_problem()
    {
        byte[] section = CaptureBuilder.PcapNg(CaptureBuilder.LinkRaw, bigEndian: true);
        byte[] stray = CaptureBuilder.Block(6, bigEndian: true, [0, 0, 0, 7, .. new byte[16]]);

        ToolRun run = Decode([.. section, .. stray]);

        Assert.Contains("pcapng: a packet of interface 7, which no block describes", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, run.ExitCode);
    }

    private static ToolRun Decode(byte[] capture, params string[] options)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, capture);
            return ToolRun.Of(["decode", "--file", path, .. options]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
