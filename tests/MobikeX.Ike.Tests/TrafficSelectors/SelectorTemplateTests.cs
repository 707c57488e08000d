using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

public class SelectorTemplateTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("192.0.2.1", "192.0.2.1/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("::/0", "::/0")]
    [InlineData("2001:db8::1-2001:db8::9", "2001:db8::1-2001:db8::9")]
    [InlineData("10.0.0.0-10.0.0.255", "10.0.0.0/24")]
    [InlineData("dynamic", "dynamic")]
    [InlineData("dynamic[udp]", "dynamic[17]")]
    [InlineData("dynamic[/53]", "dynamic[/53]")]
    [InlineData("10.0.0.0/8[tcp/1024-2048]", "10.0.0.0/8[6/1024-2048]")]
    [InlineData("10.0.0.0/8[47]", "10.0.0.0/8[47]")]
    public void A_selector_is_read_and_written(string text, string canonical)
    {
        Assert.True(SelectorTemplate.TryParse(text, out SelectorTemplate value, out _));
        Assert.Equal(canonical, value.ToString());
        Assert.True(SelectorTemplate.TryParse(canonical, out SelectorTemplate again, out _));
        Assert.Equal(value, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.9-10.0.0.1")]
    [InlineData("10.0.0.1-2001:db8::1")]
    [InlineData("host")]
    [InlineData("10.0.0.0/8[")]
    [InlineData("10.0.0.0/8[sctpx]")]
    [InlineData("10.0.0.0/8[tcp/70000]")]
    [InlineData("10.0.0.0/8[tcp/9-1]")]
    [InlineData("10.0.0.0/8[256]")]
    public void A_fault_is_named(string? text)
    {
        Assert.False(SelectorTemplate.TryParse(text, out _, out string fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void A_dynamic_selector_is_the_addresses_that_an_end_has()
    {
        Assert.True(SelectorTemplate.TryParse("dynamic[tcp/80]", out SelectorTemplate web, out _));
        IpAddress first = IpAddress.Parse("192.0.2.1");
        IpAddress second = IpAddress.Parse("2001:db8::1");

        IReadOnlyList<TrafficSelector> selectors = SelectorTemplate.Resolve([web, SelectorTemplate.Of(new AddressPrefix(IpAddress.Parse("10.0.0.0"), 8))], AddressRange.Host(first), AddressRange.Host(second));

        Assert.Equal(
            [
                new TrafficSelector(6, 80, 80, first, first),
                new TrafficSelector(6, 80, 80, second, second),
                new TrafficSelector(0, 0, ushort.MaxValue, IpAddress.Parse("10.0.0.0"), IpAddress.Parse("10.255.255.255")),
            ],
            selectors);
    }
}
