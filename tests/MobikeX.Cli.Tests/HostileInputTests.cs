using CsCheck;

namespace MobikeX.Cli.Tests;

/// <summary>Whatever comes in, the tool ends with one of its exit codes, and never with an exception.</summary>
public class HostileInputTests
{
    private const string Spec =
        """
        spec: probe
        title: A probe
        document: probe-00
        namespace: Probe
        registries:
          COLOR: { ref: "1", doc: Colours., width: 8, values: { RED: 0, BLUE: 1 }, unassigned: [2-255] }
        structs:
          DOT:
            ref: "2"
            doc: A dot.
            fields:
              - color: { bits: 8, registry: COLOR, doc: Its colour. }
              - size: { bits: 16, unit: octets, doc: Its size. }
        """;

    private static readonly byte[] Packet = CaptureBuilder.Udp("192.0.2.1", 500, "203.0.113.1", 500, CaptureBuilder.Ike(41, Convert.FromHexString(HexVectors.Request)));

    [Fact]
    public void Decode_ends_on_any_octets() =>
        Gen.Byte.Array[1, 200].Sample(octets => ExpectAnAnswer(ToolRun.Of("decode", "--json", Convert.ToHexString(octets))), iter: 2000);

    [Fact]
    public void Decode_ends_on_a_request_with_any_octet_changed_under_either_version()
    {
        byte[] request = Convert.FromHexString(HexVectors.Request);
        Gen.Select(Gen.Int[0, request.Length - 1], Gen.Byte, Gen.Int[1, request.Length], Gen.Int[1, 2]).Sample(
            (index, octet, length, version) =>
            {
                byte[] changed = [.. request];
                changed[index] = octet;
                ExpectAnAnswer(ToolRun.Of("decode", "--version", $"{version}", Convert.ToHexString(changed.AsSpan(0, length))));
            },
            iter: 2000);
    }

    [Fact]
    public void Decode_ends_on_any_text_in_place_of_hex() =>
        Gen.String.Sample(text => Assert.InRange(ToolRun.With(text, "decode").ExitCode, ExitCode.Fine, ExitCode.Wrong), iter: 500);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_ends_on_a_capture_with_any_octets_changed_or_cut(bool next)
    {
        byte[] Capture(int link, byte[] packet) => next
            ? CaptureBuilder.PcapNg(link, bigEndian: false, packet, packet)
            : CaptureBuilder.Pcap(link, bigEndian: false, packet, packet);
        byte[][] captures =
        [
            Capture(CaptureBuilder.LinkRaw, Packet),
            Capture(CaptureBuilder.LinkEthernet, CaptureBuilder.Ethernet(Packet, vlan: 5)),
            Capture(CaptureBuilder.LinkEthernet, CaptureBuilder.Ethernet(CaptureBuilder.Udp("2001:db8::1", 500, "2001:db8::2", 500, [1, 2, 3]))),
        ];

        Gen.Select(Gen.Int[0, captures.Length - 1].Select(index => captures[index]), Gen.Int[4, 400].Array[0, 4], Gen.Byte.Array[4], Gen.Int[4, 500]).Sample(
            (capture, places, octets, length) =>
            {
                byte[] changed = [.. capture];
                for (int i = 0; i < places.Length; i++)
                {
                    changed[places[i] % changed.Length] = octets[i];
                }

                ExpectAnAnswer(DecodeFile(changed[..Math.Min(length, changed.Length)]));
            },
            iter: 1000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_tells_where_a_capture_is_cut_off(bool next)
    {
        byte[] capture = next
            ? CaptureBuilder.PcapNg(CaptureBuilder.LinkRaw, bigEndian: false, Packet, Packet)
            : CaptureBuilder.Pcap(CaptureBuilder.LinkRaw, bigEndian: false, Packet, Packet);
        int whole = 0;
        for (int length = sizeof(uint); length <= capture.Length; length++)
        {
            ToolRun run = DecodeFile(capture[..length]);
            ExpectAnAnswer(run);
            whole += run.ExitCode == ExitCode.Fine ? 1 : 0;
        }

        // pcapng: behind the section header, behind the interface, and behind each packet; pcap has one header before its packets.
        Assert.Equal(next ? 4 : 3, whole);
    }

    [Theory]
    [InlineData(new byte[] { 0xd4, 0xc3, 0xb2, 0xa1 })]
    [InlineData(new byte[] { 0xa1, 0xb2, 0x3c, 0x4d })]
    [InlineData(new byte[] { 0x0a, 0x0d, 0x0d, 0x0a })]
    public void Decode_ends_on_any_octets_behind_the_magic_of_a_capture(byte[] magic) =>
        Gen.Byte.Array[0, 120].Sample(octets => ExpectAnAnswer(DecodeFile([.. magic, .. octets])), iter: 300);

    [Fact]
    public void Encode_ends_on_any_text() =>
        Gen.String.Sample(text => ExpectARefusal(ToolRun.With(text, "encode")), iter: 500);

    [Fact]
    public void Encode_ends_on_any_text_of_the_characters_of_YAML() =>
        Gen.Char["-:{}[],'\"#&*!|>%@` \n\tSPIa0"].Array[0, 40].Sample(text => ExpectARefusal(ToolRun.With(new string(text), "encode")), iter: 2000);

    [Fact]
    public void Encode_refuses_a_tag_that_the_YAML_library_throws_on() => ExpectARefusal(ToolRun.With("[!, !, []", "encode"));

    [Fact]
    public void Encode_refuses_a_text_nested_without_end()
    {
        ToolRun run = ToolRun.With(new string('[', 100_000), "encode");

        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.Contains("nested deeper than", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lint_and_generate_end_on_a_spec_that_breaks_off_anywhere()
    {
        string folder = Directory.CreateTempSubdirectory("mobikex-test-").FullName;
        try
        {
            string spec = Path.Combine(folder, "spec.yaml");
            string target = Path.Combine(folder, "out");
            Gen.Select(Gen.Int[0, Spec.Length], Gen.Char["-:{}[],'\"#&*!|>%@` \n\ta0"].Array[0, 6]).Sample(
                (length, tail) =>
                {
                    File.WriteAllText(spec, Spec[..length] + new string(tail));
                    ToolRun lint = ToolRun.Of("lint", spec);
                    Assert.InRange(lint.ExitCode, ExitCode.Fine, ExitCode.No);
                    Assert.NotEmpty(lint.Output);
                    Assert.Equal(lint.ExitCode, ToolRun.Of("generate", spec, "--out", target).ExitCode);
                    Assert.True(lint.ExitCode == ExitCode.Fine || !Directory.Exists(target));
                    if (Directory.Exists(target))
                    {
                        Directory.Delete(target, recursive: true);
                    }
                },
                iter: 200,
                threads: 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void ExpectAnAnswer(ToolRun run)
    {
        Assert.InRange(run.ExitCode, ExitCode.Fine, ExitCode.No);
        Assert.NotEmpty(run.Output);
        Assert.Empty(run.Error);
    }

    /// <summary>Random text may happen to be a list of nothing; all else is refused, and nothing is printed then.</summary>
    private static void ExpectARefusal(ToolRun run)
    {
        if (run.ExitCode != ExitCode.Fine)
        {
            Assert.Equal(ExitCode.Wrong, run.ExitCode);
            Assert.NotEmpty(run.Error);
            Assert.Empty(run.Output);
        }
    }

    private static ToolRun DecodeFile(byte[] octets)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, octets);
            return ToolRun.Of("decode", "--file", path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
