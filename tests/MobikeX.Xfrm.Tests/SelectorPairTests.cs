using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Xfrm.Tests;

/// <summary>Traffic Selectors as the kernel's selectors.</summary>
public sealed class SelectorPairTests
{
    [Theory]
    [InlineData("10.0.0.0", "10.255.255.255", "10.0.0.0/8")]
    [InlineData("192.0.2.1", "192.0.2.1", "192.0.2.1/32")]
    [InlineData("192.0.2.1", "192.0.2.6", "192.0.2.1/32 192.0.2.2/31 192.0.2.4/31 192.0.2.6/32")]
    [InlineData("0.0.0.0", "255.255.255.255", "any")]
    [InlineData("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "any")]
    [InlineData("2001:db8::", "2001:db8::ffff", "2001:db8::/112")]
    public void A_range_is_the_fewest_prefixes(string first, string last, string expected)
    {
        var range = new TrafficRange(IpAddress.Parse(first), IpAddress.Parse(last));
        IpAddress other = IpAddress.Parse(range.First.IsIPv6 ? "2001:db8:1::1" : "198.51.100.1");
        IReadOnlyList<XfrmSelector> selectors = SelectorPairs.From([range], [new TrafficRange(other, other)]);
        Assert.Equal(expected, string.Join(' ', selectors.Select(static selector => selector.Source)));
        Assert.All(selectors, selector => Assert.Equal(XfrmSelectorSide.Host(other), selector.Destination));
    }

    [Fact]
    public void A_range_of_ports_is_a_few_masks()
    {
        TrafficRange any = Any() with { Protocol = 6 };
        IReadOnlyList<XfrmSelector> selectors = SelectorPairs.From([any], [any with { FirstPort = 1000, LastPort = 1007 }]);
        Assert.Equal(new XfrmPort(1000, 0xfff8), Assert.Single(selectors).DestinationPort);
        Assert.Equal(default, selectors[0].SourcePort);
        Assert.Equal(new XfrmPort(1000, 0xfff8), selectors[0].Reversed().SourcePort);
    }

    [Fact]
    public void Type_and_code_of_ICMP_stay_in_their_places_on_the_way_back()
    {
        TrafficRange echo = Any() with { Protocol = 1, FirstPort = 0x0800, LastPort = 0x08ff };
        XfrmSelector selector = Assert.Single(SelectorPairs.From([echo], [Any()]));
        Assert.Equal(new XfrmPort(8, ushort.MaxValue), selector.SourcePort);
        Assert.Equal(selector.SourcePort, selector.Reversed().SourcePort);
        Assert.Throws<XfrmException>(() => SelectorPairs.From([echo with { LastPort = 0x0900 }], [Any()]));
    }

    [Fact]
    public void Families_and_protocols_that_do_not_go_together_make_no_pair()
    {
        var v6 = new TrafficRange(IpAddress.Parse("2001:db8::1"), IpAddress.Parse("2001:db8::1"));
        Assert.Throws<XfrmException>(() => SelectorPairs.From([Any()], [v6]));
        Assert.Throws<XfrmException>(() => SelectorPairs.From([Any() with { Protocol = 6 }], [Any() with { Protocol = 17 }]));
        Assert.Equal(2, SelectorPairs.From([Any(), v6], [v6, Any()]).Count);
    }

    [Fact]
    public void Selectors_that_take_too_many_policies_are_refused()
    {
        var worst = new TrafficRange(IpAddress.Parse("0.0.0.1"), IpAddress.Parse("255.255.255.254"));
        Assert.Throws<XfrmException>(() => SelectorPairs.From([worst], [worst]));
    }

    [Theory]
    [InlineData(6, 1000, 1007, 6, 1000, 1007, 6, 1000, 0xfff8)]
    [InlineData(6, 80, 80, 6, 81, 81, 6, 80, 0xfffe)]
    [InlineData(6, 80, 80, 17, 80, 80, 0, 80, 0xffff)]
    [InlineData(6, 80, 80, 6, 0, 65535, 6, 0, 0)]
    public void Without_hosts_a_selector_has_what_all_have(
        byte protocol, ushort first, ushort last, byte otherProtocol, ushort otherFirst, ushort otherLast, byte covered, ushort port, ushort mask)
    {
        IReadOnlyList<XfrmSelector> selectors = SelectorPairs.From(
            [Any()], [Any() with { Protocol = protocol, FirstPort = first, LastPort = last }, Any() with { Protocol = otherProtocol, FirstPort = otherFirst, LastPort = otherLast }]);
        XfrmSelector whole = SelectorPairs.WithoutHosts(selectors);
        Assert.True(whole.IsAnyAddress);
        Assert.Equal((covered, default, new XfrmPort(port, mask)), (whole.Protocol, whole.SourcePort, whole.DestinationPort));
    }

    [Fact]
    public void The_narrower_selector_comes_first()
    {
        XfrmSelector Of(string prefix, byte protocol = 0, ushort mask = 0)
        {
            Assert.True(AddressPrefix.TryParse(prefix, out AddressPrefix source));
            return XfrmSelector.Between(source, new AddressPrefix(IpAddress.Parse("10.1.0.0"), 16)) with { Protocol = protocol, SourcePort = new XfrmPort(1, mask) };
        }

        uint[] ordered = [.. new[] { Of("10.0.0.1/32", 6, 0xffff), Of("10.0.0.1/32", 6), Of("10.0.0.1/32"), Of("10.0.0.0/31", 6, 0xffff), Of("0.0.0.0/0") }.Select(static selector => SelectorPairs.Priority(selector))];
        Assert.Equal(ordered.Order(), ordered);
        Assert.Distinct(ordered);
    }

    private static TrafficRange Any() => new(IpAddress.Parse("0.0.0.0"), IpAddress.Parse("255.255.255.255"));
}
