using CsCheck;
using MobikeX.Ike.Messages;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

public class NarrowingTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.1.0.0/16", "10.1.0.0/16")]
    [InlineData("10.1.0.0/16", "0.0.0.0/0", "10.1.0.0/16")]
    [InlineData("10.0.0.1-10.0.0.9", "10.0.0.5-10.0.0.20", "10.0.0.5-10.0.0.9")]
    [InlineData("10.0.0.0/8", "11.0.0.0/8", "")]
    [InlineData("10.0.0.0/8 2001:db8::/32", "2001:db8:1::/48 10.1.0.0/16", "10.1.0.0/16 2001:db8:1::/48")]
    [InlineData("0.0.0.0/0", "::/0", "")]
    [InlineData("10.0.0.0/8[tcp]", "10.0.0.0/8", "10.0.0.0/8[6]")]
    [InlineData("10.0.0.0/8[tcp/80]", "10.0.0.0/8[/1-100]", "10.0.0.0/8[6/80]")]
    [InlineData("10.0.0.0/8[tcp]", "10.0.0.0/8[udp]", "")]
    [InlineData("10.0.0.0/8[udp/1-99]", "10.0.0.0/8[udp/50-200]", "10.0.0.0/8[17/50-99]")]
    [InlineData("10.0.0.0/8[udp/1-9]", "10.0.0.0/8[udp/10-20]", "")]
    [InlineData("10.1.1.1/32[tcp/443] 10.0.0.0/8", "10.1.0.0/16", "10.1.0.0/16")]
    [InlineData("10.1.1.1/32[tcp/443] 10.0.0.0/8", "10.1.0.0/16[udp] 10.1.1.0/24[tcp]", "10.1.0.0/16[17] 10.1.1.0/24[6]")]
    public void The_Responder_takes_what_both_allow(string offered, string own, string narrowed)
    {
        Assert.Equal(narrowed.Length > 0, Narrowing.TryNarrow(Selectors(offered), Selectors(own), out IReadOnlyList<TrafficSelector> result));
        Assert.Equal(Selectors(narrowed), result);
    }

    [Fact]
    public void Opaque_ports_are_among_any_ports_and_no_others()
    {
        TrafficSelector opaque = Selectors("10.0.0.1/32[tcp]")[0] with { StartPort = ushort.MaxValue, EndPort = 0 };

        Assert.Equal(opaque, Narrowing.Intersect(opaque, Selectors("10.0.0.0/8")[0]));
        Assert.Equal(opaque, Narrowing.Intersect(Selectors("10.0.0.0/8")[0], opaque));
        Assert.Equal(opaque, Narrowing.Intersect(opaque, opaque));
        Assert.Null(Narrowing.Intersect(opaque, Selectors("10.0.0.0/8[tcp/80]")[0]));
    }

    [Fact]
    public void An_answer_must_lie_within_the_offer()
    {
        Assert.True(Narrowing.IsSubset(Selectors("10.1.0.0/16[tcp] 10.2.0.0/16"), Selectors("10.0.0.0/8")));
        Assert.False(Narrowing.IsSubset(Selectors("10.1.0.0/16 11.0.0.0/8"), Selectors("10.0.0.0/8")));
        Assert.False(Narrowing.IsSubset([], Selectors("10.0.0.0/8")));
    }

    [Fact]
    public void Behind_a_NAT_a_host_is_known_by_another_address()
    {
        IpAddress outside = IpAddress.Parse("192.0.2.7");
        IReadOnlyList<TrafficSelector> offered = Selectors("10.0.0.5/32[tcp/80] 10.0.0.5/32");

        IReadOnlyList<TrafficSelector> seen = Narrowing.Substitute(offered, outside);

        Assert.Equal(Selectors("192.0.2.7/32[tcp/80] 192.0.2.7/32"), seen);
        Assert.True(Narrowing.AreHosts(seen));
        Assert.Equal(offered, Narrowing.Substitute(seen, offered[0].Start));
        Assert.Equal(Selectors("10.0.0.0/24"), Narrowing.Substitute(Selectors("10.0.0.0/24"), outside));
    }

    [Fact]
    public void What_is_narrowed_lies_within_both() => Gen.Select(AnySelectors, AnySelectors).Sample((offered, own) =>
    {
        bool some = Narrowing.TryNarrow(offered, own, out IReadOnlyList<TrafficSelector> narrowed);

        Assert.Equal(some, narrowed.Count > 0);
        Assert.True(narrowed.Count <= byte.MaxValue);
        Assert.All(narrowed, part => Assert.Contains(offered, whole => Narrowing.Contains(whole, part)));
        Assert.All(narrowed, part => Assert.Contains(own, whole => Narrowing.Contains(whole, part)));
    });

    private static Gen<TrafficSelector[]> AnySelectors { get; } =
        Gen.Select(Gen.Byte[0, 2], Gen.UShort[0, 4], Gen.UShort[0, 4], Gen.Byte[0, 20], Gen.Byte[0, 20], Gen.Bool, (protocol, startPort, endPort, start, end, isIPv4) =>
            new TrafficSelector(protocol, startPort, endPort, Address(isIPv4, start), Address(isIPv4, end))).Array[0, 30];

    private static IpAddress Address(bool isIPv4, byte last) => AddressRange.ToAddress(last, isIPv4);

    private static IReadOnlyList<TrafficSelector> Selectors(string text) => SelectorTemplate.Resolve(
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => SelectorTemplate.TryParse(part, out SelectorTemplate value, out string fault) ? value : throw new FormatException(fault))]);
}
