using System.Net;

namespace MobikeX.Runtime.Tests;

public class IpAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", 4, "c0000201")]
    [InlineData("255.255.255.255", 4, "ffffffff")]
    [InlineData("2001:db8::1", 16, "20010db8000000000000000000000001")]
    [InlineData("::", 16, "00000000000000000000000000000000")]
    public void An_address_is_the_same_as_text_and_as_octets(string text, int length, string octets)
    {
        Assert.True(IpAddress.TryParse(text, out IpAddress address));
        byte[] written = new byte[length];

        Assert.True(address.TryWrite(written));
        Assert.Equal(octets, Hex.ToText(written));
        Assert.True(IpAddress.TryRead(written, out IpAddress read));
        Assert.Equal(address, read);
        Assert.Equal(text, read.ToString());
        Assert.Equal(IPAddress.Parse(text), read.ToIPAddress());
        Assert.Equal(address, IpAddress.From(IPAddress.Parse(text)));
        Assert.Equal(length == 4, address.IsIPv4);
        Assert.Equal(length == 16, address.IsIPv6);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("192.0.2")]
    [InlineData("3221225985")]
    [InlineData("192.0.2.256")]
    [InlineData("010.0.0.1")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("mn.example.org")]
    public void What_is_no_address_is_refused(string? text)
    {
        Assert.False(IpAddress.TryParse(text, out IpAddress address));
        Assert.True(address.IsNone);
        Assert.Throws<FormatException>(() => IpAddress.Parse(text ?? string.Empty));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(17)]
    public void Octets_of_another_length_are_no_address(int length)
    {
        Assert.False(IpAddress.TryRead(new byte[length], out IpAddress address));
        Assert.True(address.IsNone);
    }

    [Fact]
    public void No_address_and_too_small_a_destination_are_not_written()
    {
        Assert.False(default(IpAddress).TryWrite(new byte[16]));
        Assert.False(IpAddress.Parse("192.0.2.1").TryWrite(new byte[3]));
        Assert.False(IpAddress.Parse("::1").TryWrite(new byte[15]));
        Assert.Throws<InvalidOperationException>(() => default(IpAddress).ToIPAddress());
    }

    [Theory]
    [InlineData("192.0.2.200", "192.0.2.0", 24, true)]
    [InlineData("192.0.3.1", "192.0.2.0", 24, false)]
    [InlineData("192.0.2.1", "192.0.2.1", 32, true)]
    [InlineData("192.0.2.2", "192.0.2.1", 32, false)]
    [InlineData("203.0.113.1", "0.0.0.0", 0, true)]
    [InlineData("2001:db8::1", "2001:db8::", 64, true)]
    [InlineData("2001:db8:0:1::1", "2001:db8::", 64, false)]
    [InlineData("2001:db8::1", "2001:db8::", 128, false)]
    [InlineData("2001:db8::1", "::", 0, true)]
    [InlineData("2001:db8::8000", "2001:db8::", 112, true)]
    [InlineData("2001:db8::1:0", "2001:db8::", 112, false)]
    [InlineData("::c000:201", "192.0.2.1", 0, false)]
    [InlineData("192.0.2.1", "192.0.2.1", 33, false)]
    [InlineData("192.0.2.1", "192.0.2.1", -1, false)]
    public void A_prefix_holds_the_addresses_that_begin_with_it(string address, string prefix, int length, bool holds) =>
        Assert.Equal(holds, IpAddress.Parse(address).IsIn(IpAddress.Parse(prefix), length));

    [Fact]
    public void Addresses_compare_by_family_and_then_by_number()
    {
        IpAddress[] sorted = [default, IpAddress.Parse("0.0.0.1"), IpAddress.Parse("192.0.2.1"), IpAddress.Parse("::"), IpAddress.Parse("::1"), IpAddress.Parse("2001:db8::")];

        Assert.Equal(sorted, sorted.Reverse().Order());
        Assert.NotEqual(IpAddress.Parse("0.0.0.1"), IpAddress.Parse("::1"));
    }
}
