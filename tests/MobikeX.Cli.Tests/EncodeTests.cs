namespace MobikeX.Cli.Tests;

public class EncodeTests
{
    private const string Request =
        """
        - SELECTOR: [ { SPI: { spi: c1000001 } } ]
        - UPDATE_SA_ADDRESSES:
            - IP: { old: true, header: true, address: 192.0.2.1 }
            - IP: { new: true, header: true, address: 198.51.100.7 }
            - ID: { identifier: 7 }
        - END_OF_SELECTOR: []
        """;

    [Fact]
    public void A_list_of_notifies_becomes_a_chain() =>
        Assert.Equal(new ToolRun(ExitCode.Fine, HexVectors.Request + "\n", ""), ToolRun.With(Request, "encode"));

    [Fact]
    public void The_list_may_stand_under_notifies() =>
        Assert.Equal(HexVectors.End + "\n", ToolRun.With("notifies:\n  - END_OF_SELECTOR: []\n", "encode").Output);

    [Theory]
    [InlineData("- MOBIKE_SUPPORTED: []\n  critical: true", "00800008" + "0000400c")]
    [InlineData("- MOBIKE_SUPPORTED: [ { VERSION: { versions: [1, 2, 255] } } ]", "00000010" + "0000400c" + "010301" + "02ff000000")]
    [InlineData("- { code: 40000, data: abcdef }", "0000000b" + "00009c40" + "abcdef")]
    [InlineData("- { code: 40000, critical: true }", "00800008" + "00009c40")]
    [InlineData("- hex: 000000080000a002", HexVectors.End)]
    [InlineData("- hex: 000000080000a002\n- END_OF_SELECTOR: []", "290000080000a002" + HexVectors.End)]
    [InlineData("- COOKIE2: { data: 0102030405060708 }", "00000010" + "00004011" + "0102030405060708")]
    [InlineData("- COOKIE2: [ { data: 0102030405060708 } ]", "00000010" + "00004011" + "0102030405060708")]
    [InlineData("- SELECTOR: [ { IPSEC_MODE: { mode: 9 } } ]", "0000000c" + "0000a001" + "04090000")]
    [InlineData("- SELECTOR: [ { IPSEC_MODE: { mode: UDP-Encapsulated-Tunnel } } ]", "0000000c" + "0000a001" + "04030000")]
    [InlineData("[]", "")]
    public void Every_form_of_an_item_is_written(string list, string hex) =>
        Assert.Equal(new ToolRun(ExitCode.Fine, hex + "\n", ""), ToolRun.With(list, "encode"));

    [Fact]
    public void Version_1_writes_raw_addresses() =>
        Assert.Equal(
            "0000000c" + "0000400d" + "c6336407\n",
            ToolRun.With("- ADDITIONAL_IP4_ADDRESS: { address: 198.51.100.7 }", "encode", "--version", "1").Output);

    [Theory]
    [InlineData("- UPDATE_SA_ADRESSES: []", "1:3: no notify is called 'UPDATE_SA_ADRESSES'; did you mean 'UPDATE_SA_ADDRESSES'?")]
    [InlineData("- SELECTOR: [ { SPII: { spi: c1000001 } } ]", "1:17: no parameter is called 'SPII'; did you mean 'SPI'?")]
    [InlineData("- SELECTOR: [ { SPI: { spy: c1000001 } } ]", "1:17: SPI lacks the field 'spi'\nstandard input:1:24: SPI has no field 'spy'; did you mean 'spi'?")]
    [InlineData("- SELECTOR: [ { SPI: { spi: c100 } } ]", "1:29: SPI.spi: is not 4 or 8 octets")]
    [InlineData("- SELECTOR: [ { SPI: { spi: no hex } } ]", "1:29: SPI.spi is hexadecimal digits, two an octet, found 'no hex'")]
    [InlineData("- UPDATE_SA_ADDRESSES: [ { IP: { old: yes, address: 192.0.2.1 } } ]", "1:39: IP.old is true or false, found 'yes'")]
    [InlineData("- UPDATE_SA_ADDRESSES: [ { IP: { address: 192.0.2.256 } } ]", "1:43: IP.address is an IPv4 or IPv6 address, found '192.0.2.256'")]
    [InlineData("- UPDATE_SA_ADDRESSES: [ { ID: { identifier: 65536 } } ]", "1:46: ID.identifier is a number from 0 to 65535, found '65536'")]
    [InlineData("- SELECTOR: [ { IPSEC_MODE: { mode: tunel } } ]", "1:37: IPSEC_MODE.mode is a name or a number up to 255, found 'tunel'; did you mean 'Tunnel'?")]
    [InlineData("- END_OF_SELECTOR", "1:3: a notify is NAME: [parameters], found 'END_OF_SELECTOR'")]
    [InlineData("- SELECTOR:\n", "1:12: SELECTOR takes a list of parameters, [] for none, found nothing")]
    [InlineData("- { SELECTOR: [], END_OF_SELECTOR: [] }", "1:3: one notify an item: 'END_OF_SELECTOR' begins another")]
    [InlineData("- hex: 29000008", "1:8: the first octet, next payload, is 00 here")]
    [InlineData("- { code: 65536 }", "1:11: notify.code is a number from 0 to 65535, found '65536'")]
    [InlineData("- COOKIE2: { data: 00 }", "1:20: COOKIE2.data: is not 8 to 64 octets")]
    [InlineData("- END_OF_SELECTOR: [ { ID: { identifier: 1 } } ]", "1:3: END_OF_SELECTOR: carries no data")]
    [InlineData("- [", "")]
    [InlineData("", "1:1: ")]
    [InlineData("END_OF_SELECTOR: []", "1:1: ")]
    public void A_wrong_list_is_refused_with_its_place_and_nothing_is_printed(string list, string message)
    {
        ToolRun run = ToolRun.With(list, "encode");

        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.StartsWith("standard input:" + message, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Every_fault_of_a_list_is_named_in_one_run()
    {
        ToolRun run = ToolRun.With("- SELECTR: []\n- UPDATE_SA_ADDRESSES: [ { ID: {} } ]\n", "encode");

        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("standard input:1:3: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("standard input:2:28: ID lacks the field 'identifier'", lines[1], StringComparison.Ordinal);
    }
}
