using MobikeX.Generators.Binding;

namespace MobikeX.Generators.Tests;

/// <summary>A document's names in C#, and the nearest name to one that is misspelt.</summary>
public class BindingNamesTests
{
    [Theory]
    [InlineData("UPDATE_SA_ADDRESSES", "UpdateSaAddresses")]
    [InlineData("IP", "Ip")]
    [InlineData("MOBIKE-X", "MobikeX")]
    [InlineData("MOBIKE-X_UNSUPPORTED", "MobikeXUnsupported")]
    [InlineData("COOKIE2", "Cookie2")]
    [InlineData("ADDITIONAL_IP6_ADDRESS", "AdditionalIp6Address")]
    [InlineData("UDP-Encapsulated-Tunnel", "UdpEncapsulatedTunnel")]
    [InlineData("No Next Payload", "NoNextPayload")]
    [InlineData("IPv6", "IPv6")]
    [InlineData("HoA", "HoA")]
    [InlineData("startTime", "StartTime")]
    [InlineData("ike-sa-and-child-sas", "IkeSaAndChildSas")]
    [InlineData("3DES", "_3des")]
    [InlineData("x", "X")]
    [InlineData("--", null)]
    public void A_name_becomes_an_identifier(string name, string? expected) => Assert.Equal(expected, ClrNames.From(name));

    [Theory]
    [InlineData("IP_VERSIO", "; did you mean 'IP_VERSION'?")]
    [InlineData("ip_version", "; did you mean 'IP_VERSION'?")]
    [InlineData("I_PVERSION", "; did you mean 'IP_VERSION'?")]
    [InlineData("CALSS", "; did you mean 'CLASS'?")]
    [InlineData("SOMETHING_ELSE", "")]
    [InlineData("", "")]
    public void A_near_name_is_proposed(string written, string expected) =>
        Assert.Equal(expected, Suggestion.For(written, ["IP_VERSION", "CLASS", "REACHABILITY"]));

    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("3-254", 3, 254)]
    [InlineData("0x10-0xFF", 16, 255)]
    public void A_range_is_a_number_or_two(string text, ulong first, ulong last)
    {
        Assert.True(Numbers.TryParseRange(text, out ulong low, out ulong high));
        Assert.Equal((first, last), (low, high));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1 000")]
    [InlineData("9-5")]
    [InlineData("0x")]
    [InlineData("18446744073709551616")]
    public void Anything_else_is_no_range(string text) => Assert.False(Numbers.TryParseRange(text, out _, out _));

    [Theory]
    [InlineData("1", 1, 1)]
    [InlineData("0..1", 0, 1)]
    [InlineData("0..*", 0, null)]
    [InlineData("2..5", 2, 5)]
    public void A_count_has_a_minimum_and_perhaps_a_maximum(string text, int minimum, int? maximum)
    {
        Assert.True(Numbers.TryParseCount(text, out int low, out int? high));
        Assert.Equal((minimum, maximum), (low, high));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2..1")]
    [InlineData("*")]
    [InlineData("1..")]
    [InlineData("..1")]
    public void Anything_else_is_no_count(string text) => Assert.False(Numbers.TryParseCount(text, out _, out _));
}
