using System.Text.Json;
using CsCheck;

namespace MobikeX.Cli.Tests;

/// <summary>What decode prints as JSON is itself the notation (JSON is YAML), so encode makes the same octets of it.</summary>
public class RoundTripTests
{
    private static readonly Gen<string> Flag = Gen.Bool.Select(value => value ? "true" : "false");
    private static readonly Gen<string> Address = Gen.OneOf(
        Gen.Byte.Array[4].Select(octets => new System.Net.IPAddress(octets).ToString()),
        Gen.Byte.Array[16].Select(octets => new System.Net.IPAddress(octets).ToString()));

    private static readonly Gen<string> Information = Gen.Select(Gen.Byte, Gen.Byte, Gen.Int[0, 3], Gen.UInt, Gen.UInt).Select(
        (preference, type, reachability, start, life) =>
            $", information: {{ preference: {preference}, class: {type}, reachability: {reachability}, startTime: {start}, lifeTime: {life} }}");

    private static readonly Gen<string> Ip = Gen.Select(Flag, Flag, Flag, Flag, Flag, Address, Gen.OneOf(Gen.Const(string.Empty), Information)).Select(
        (check, old, fresh, header, inner, address, information) =>
            $"{{ IP: {{ check: {check}, old: {old}, new: {fresh}, header: {header}, inner: {inner}, address: '{address}'{information} }} }}");

    private static readonly Gen<string> SelectorParameter = Gen.OneOf(
        Ip,
        Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[8]).Select(spi => $"{{ SPI: {{ spi: '{Convert.ToHexString(spi)}' }} }}"),
        Gen.Byte.Select(mode => $"{{ IPSEC_MODE: {{ mode: {mode} }} }}"),
        Gen.Byte.Select(protocol => $"{{ IPSEC_PROTO: {{ protocol: {protocol} }} }}"),
        Gen.Byte.Select(value => $"{{ SELECTOR_SPECIFIC_VALUE_PARAMETER: {{ value: {value} }} }}"));

    private static readonly Gen<string> Notify = Gen.OneOf(
        SelectorParameter.List[1, 5].Select(parameters => $"- SELECTOR: [ {string.Join(", ", parameters)} ]"),
        Gen.Byte.Array[1, 9].Select(versions => $"- MOBIKE_SUPPORTED: [ {{ VERSION: {{ versions: [{string.Join(", ", versions)}] }} }} ]"),
        Gen.Byte.Array[8, 64].Select(data => $"- COOKIE2: {{ data: '{Convert.ToHexString(data)}' }}"),
        Gen.UShort.Select(identifier => $"- UNMATCHED_SELECTOR_SET: [ {{ ID: {{ identifier: {identifier} }} }} ]"),
        Gen.Byte.Array[0, 20].Select(data => $"- {{ code: 50000, critical: true, data: '{Convert.ToHexString(data)}' }}"),
        Gen.Const("- END_OF_SELECTOR: []"));

    [Fact]
    public void Encode_writes_what_decode_printed()
    {
        Notify.List[1, 6].Sample(notifies =>
        {
            ToolRun written = ToolRun.With(string.Join('\n', notifies), "encode");
            Assert.Equal("", written.Error);

            ToolRun read = ToolRun.Of("decode", "--json", written.Output);
            Assert.NotEqual(ExitCode.Wrong, read.ExitCode);

            Assert.Equal(written.Output, ToolRun.With(NotifiesOf(read.Output), "encode").Output);
        }, iter: 300);
    }

    /// <summary>The list of notifies that a JSON answer tells of.</summary>
    private static string NotifiesOf(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return string.Join('\n', document.RootElement.GetProperty("payloads").EnumerateArray().Select(payload =>
        {
            string critical = payload.GetProperty("critical").GetRawText();
            if (payload.GetProperty("name").GetString() is not { } name)
            {
                return $"- {{ code: {payload.GetProperty("code")}, critical: {critical}, data: '{payload.GetProperty("data")}' }}";
            }

            string contents = payload.TryGetProperty("fields", out JsonElement fields)
                ? fields.GetRawText()
                : $"[{string.Join(", ", payload.GetProperty("parameters").EnumerateArray().Select(parameter => $"{{ {parameter.GetProperty("name")}: {parameter.GetProperty("fields").GetRawText()} }}"))}]";
            return $"- {{ {name}: {contents}, critical: {critical} }}";
        }));
    }
}
