namespace MobikeX.Protocol.Tests;

/// <summary>Section 11.4.3: the bits of an IP parameter that follow from what it holds, and those that its sender sets.</summary>
public class IpParameterTests
{
    private const int FlagsAt = 1;
    private const int ClassAt = 5;
    private const int M = 0x80;
    private const int V = 0x60;
    private const int VersionIPv6 = 0x00;
    private const int VersionIPv4 = 0x20;
    private const int O = 0x08;
    private const int N = 0x04;

    private static readonly IpAddress IPv4 = IpAddress.Parse("192.0.2.1");
    private static readonly IpAddress IPv6 = IpAddress.Parse("2001:db8::1");

    [Fact]
    [Requirement("R-11.4.3-01")]
    public void M_is_set_where_multihoming_information_follows_and_nowhere_else()
    {
        byte[] without = Write(new IpParameter(IPv4, header: true));
        byte[] with = Write(new IpParameter(IPv4, header: true, information: default(MultihomingInformation)));

        Assert.Equal(0, without[FlagsAt] & M);
        Assert.Equal(M, with[FlagsAt] & M);
        Assert.Equal(without.Length + MultihomingInformation.MinimumLength, with.Length);
    }

    [Fact]
    [Requirement("R-11.4.3-02")]
    public void V_follows_the_family_of_the_address()
    {
        Assert.Equal(VersionIPv4, Write(new IpParameter(IPv4, header: true))[FlagsAt] & V);
        Assert.Equal(VersionIPv6, Write(new IpParameter(IPv6, header: true))[FlagsAt] & V);
    }

    [Fact]
    [Requirement("R-11.4.3-03")]
    [Requirement("R-11.4.3-05")]
    public void O_and_N_say_which_address_is_replaced_and_which_replaces_it()
    {
        Assert.Equal(O, Write(new IpParameter(IPv4, old: true, header: true))[FlagsAt] & (O | N));
        Assert.Equal(N, Write(new IpParameter(IPv4, @new: true, header: true))[FlagsAt] & (O | N));
    }

    [Fact]
    [Requirement("R-11.4.4-02")]
    public void Information_that_says_nothing_of_a_class_has_class_NONE()
    {
        byte[] octets = Write(new IpParameter(IPv4, header: true, information: default(MultihomingInformation)));

        Assert.Equal((byte)AddressClass.None, octets[ClassAt]);
        Assert.True(IpParameter.TryRead(octets, out IpParameter read, out _, out _));
        Assert.Equal(AddressClass.None, read.Information!.Value.Class);
    }

    private static byte[] Write(IpParameter parameter)
    {
        byte[] octets = new byte[parameter.WireLength];
        Assert.True(parameter.TryWrite(octets, out int written, out WireFailure failure), failure.ToString());
        Assert.Equal(octets.Length, written);
        return octets;
    }
}
