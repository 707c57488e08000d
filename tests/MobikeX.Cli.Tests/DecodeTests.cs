namespace MobikeX.Cli.Tests;

public class DecodeTests
{
    [Fact]
    public void A_request_prints_as_a_tree()
    {
        ToolRun run = ToolRun.Of("decode", HexVectors.Request);

        Assert.Equal(
            """
            SELECTOR (40961) at 0
            └── SPI at 8
                └── spi: c1000001
            UPDATE_SA_ADDRESSES (16400) at 16
            ├── IP at 24
            │   ├── check: false
            │   ├── old: true
            │   ├── new: false
            │   ├── header: true
            │   ├── inner: false
            │   └── address: 192.0.2.1
            ├── IP at 32
            │   ├── check: false
            │   ├── old: false
            │   ├── new: true
            │   ├── header: true
            │   ├── inner: false
            │   └── address: 198.51.100.7
            └── ID at 40
                └── identifier: 7
            END_OF_SELECTOR (40962) at 44

            """,
            run.Output,
            ignoreLineEndingDifferences: true);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void A_request_prints_as_json()
    {
        ToolRun run = ToolRun.Of("decode", "--json", HexVectors.Selector + HexVectors.End);

        Assert.Equal(
            """{"payloads":[{"offset":0,"code":40961,"name":"SELECTOR","critical":false,"parameters":[{"offset":8,"name":"SPI","fields":{"spi":"c1000001"}}]},"""
            + """{"offset":16,"code":40962,"name":"END_OF_SELECTOR","critical":false,"parameters":[]}],"problems":[]}""" + "\n",
            run.Output);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
    }

    [Fact]
    public void Multihoming_Information_is_a_nested_value()
    {
        // M 1, V 00 (IPv6), H 1: 10000010; preference 9, class CoA, R 1 in the upper two bits, start 0, life 3600.
        const string Hex = "00000028" + "0000400e" + "03820000" + "09024000" + "00000000" + "00000e10" + "20010db8000000000000000000000007";

        ToolRun run = ToolRun.Of("decode", "--json", Hex);

        Assert.Equal(
            """{"payloads":[{"offset":0,"code":16398,"name":"ADDITIONAL_IP_ADDRESS","critical":false,"parameters":[{"offset":8,"name":"IP","fields":"""
            + """{"check":false,"old":false,"new":false,"header":true,"inner":false"""
            + ""","information":{"preference":9,"class":"CoA","reachability":"REACHABLE","startTime":0,"lifeTime":3600},"address":"2001:db8::7"}}]}],"problems":[]}""" + "\n",
            run.Output);
    }

    [Fact]
    public void Parameters_keep_the_order_of_the_wire()
    {
        // ID first, then the new address.
        ToolRun run = ToolRun.Of("decode", "00000014" + "00004010" + "07000007" + "03260000" + "c6336407");

        Assert.Equal(
            """
            UPDATE_SA_ADDRESSES (16400) at 0
            ├── ID at 8
            │   └── identifier: 7
            └── IP at 12
                ├── check: false
                ├── old: false
                ├── new: true
                ├── header: true
                ├── inner: false
                └── address: 198.51.100.7

            """,
            run.Output,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Versions_are_numbers_in_json()
    {
        // VERSION: NBR 2, versions 1 and 2, no padding.
        ToolRun run = ToolRun.Of("decode", "--json", "0080000c" + "0000400c" + "01020102");

        Assert.Equal(
            """{"payloads":[{"offset":0,"code":16396,"name":"MOBIKE_SUPPORTED","critical":true,"parameters":[{"offset":8,"name":"VERSION","fields":{"versions":[1,2]}}]}],"problems":[]}""" + "\n",
            run.Output);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
    }

    [Fact]
    public void A_notify_with_fields_has_them_beside_an_empty_list_of_parameters()
    {
        ToolRun run = ToolRun.Of("decode", "--json", "00000010" + "00004011" + "0102030405060708");

        Assert.Equal(
            """{"payloads":[{"offset":0,"code":16401,"name":"COOKIE2","critical":false,"parameters":[],"fields":{"data":"0102030405060708"}}],"problems":[]}""" + "\n",
            run.Output);
    }

    [Fact]
    public void A_type_that_no_spec_knows_keeps_its_data()
    {
        ToolRun run = ToolRun.Of("decode", "--json", "0000000b" + "00009c40" + "abcdef");

        Assert.Equal(
            """{"payloads":[{"offset":0,"code":40000,"name":null,"critical":false,"parameters":[],"data":"abcdef"}],"problems":[]}""" + "\n",
            run.Output);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
    }

    [Fact]
    public void The_version_says_how_a_code_point_is_read()
    {
        const string Hex = "0000000c" + "0000400d" + "c6336407";

        ToolRun version1 = ToolRun.Of("decode", "--json", "--version", "1", Hex);

        Assert.Equal(
            """{"payloads":[{"offset":0,"code":16397,"name":"ADDITIONAL_IP4_ADDRESS","critical":false,"parameters":[],"fields":{"address":"198.51.100.7"}}],"problems":[]}""" + "\n",
            version1.Output);
    }

    [Theory]
    [InlineData("-")]
    [InlineData(null)]
    public void Hex_comes_from_standard_input_too(string? argument)
    {
        ToolRun run = ToolRun.With("00 00 00 08\n00:00:a0:02\n", argument is null ? ["decode", "--json"] : ["decode", "--json", argument]);

        Assert.Contains("END_OF_SELECTOR", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
    }

    [Fact]
    public void A_binary_file_is_a_chain()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Convert.FromHexString(HexVectors.Request));

            Assert.Equal(ToolRun.Of("decode", HexVectors.Request), ToolRun.Of("decode", "--file", path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_reserved_IP_version_is_a_problem_with_its_place_and_answer()
    {
        // V 11: 01101010.
        ToolRun run = ToolRun.Of("decode", "--json", "00000010" + "00004010" + "036a0000" + "c0000201");

        Assert.Contains("\"problems\":[{\"offset\":9,\"path\":\"UPDATE_SA_ADDRESSES.IP.version\",", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\"reaction\":\"UNACCEPTABLE_PARAMETER\"}]}\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, run.ExitCode);
    }

    [Fact]
    public void A_notify_that_cannot_be_read_does_not_hide_the_next()
    {
        // A parameter of type 99 ends what can be read of the first notify.
        ToolRun run = ToolRun.Of("decode", "2900000c" + "00004010" + "63000000" + HexVectors.End);

        Assert.Contains("END_OF_SELECTOR (40962) at 12", run.Output, StringComparison.Ordinal);
        Assert.Contains("problem offset 8: UPDATE_SA_ADDRESSES", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, run.ExitCode);
    }

    [Theory]
    [InlineData("290000080000a002", 8)] // A Notify should follow, and the input ends.
    [InlineData("000000100000a002", 0)] // The payload is longer than the input.
    [InlineData("000000080000a00200", 8)] // An octet behind the last payload.
    [InlineData("000000030000a002", 2)] // The payload is shorter than its header.
    [InlineData("0000", 2)] // The input ends inside the header.
    public void A_broken_chain_is_a_problem_with_its_offset(string hex, int offset)
    {
        ToolRun run = ToolRun.Of("decode", "--json", hex);

        Assert.Contains($"\"problems\":[{{\"offset\":{offset},", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, run.ExitCode);
    }

    [Fact]
    public void Payloads_of_other_kinds_are_named_and_their_fields_told()
    {
        // A Vendor ID (43) between two notifies.
        ToolRun run = ToolRun.Of("decode", "--json", "2b000008" + "0000a002" + "29000006" + "abcd" + HexVectors.End);

        Assert.Contains("""{"offset":8,"payload":43,"name":"V","critical":false,"length":6,"fields":{"vid":"abcd"}}""", run.Output, StringComparison.Ordinal);
        Assert.Contains("""{"offset":14,"code":40962""", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, run.ExitCode);
    }

    [Theory]
    [InlineData("0g", "offset 0: ")]
    [InlineData("00000", "offset 4: ")]
    [InlineData("", "offset 0: ")]
    public void Text_that_is_no_hex_is_refused_in_one_line_and_nothing_is_printed(string hex, string message)
    {
        ToolRun run = ToolRun.Of("decode", hex);

        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused()
    {
        ToolRun run = ToolRun.Of("decode", "--file", "no/such/file.pcap");

        Assert.Equal(new ToolRun(ExitCode.Wrong, "", "no/such/file.pcap: no such file\n"), run);
    }

    [Theory]
    [InlineData("/", "/: is a folder, not a file")]
    [InlineData("/dev/zero", "/dev/zero: more than 256 MiB, the largest input that is read")]
    public void A_file_that_is_none_or_has_no_end_is_refused(string file, string message) =>
        Assert.Equal(new ToolRun(ExitCode.Wrong, "", message + "\n"), ToolRun.Of("decode", "--file", file));
}
