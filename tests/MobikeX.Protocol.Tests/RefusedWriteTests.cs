namespace MobikeX.Protocol.Tests;

/// <summary>What a reader would refuse is not written, whoever asks for it.</summary>
public class RefusedWriteTests
{
    private static readonly IpAddress Address = IpAddress.Parse("192.0.2.1");

    [Fact]
    public void Section_11_4_2_an_SPI_has_four_or_eight_octets()
    {
        var spi = new SpiParameter(new ShortOctets([1, 2, 3, 4, 5]));

        Assert.False(spi.TryWrite(new byte[64], out int written, out WireFailure failure));
        Assert.Equal(0, written);
        Assert.Equal("SPI", failure.Element);
        Assert.Equal(WireFailureKind.BadLength, failure.Kind);
    }

    [Fact]
    public void Section_11_4_1_a_VERSION_has_a_version()
    {
        var version = new VersionParameter([]);

        Assert.False(version.TryWrite(new byte[64], out _, out WireFailure failure));
        Assert.Equal("VERSION", failure.Element);
    }

    [Fact]
    public void Section_11_4_1_a_VERSION_has_255_versions_at_most()
    {
        var version = new VersionParameter(new MobikeVersion[256]);

        Assert.False(version.TryWrite(new byte[512], out _, out WireFailure failure));
        Assert.Equal("VERSION", failure.Element);
    }

    [Fact]
    public void Section_11_4_3_an_IP_has_an_address()
    {
        var ip = new IpParameter(default, header: true);

        Assert.False(ip.TryWrite(new byte[64], out _, out WireFailure failure));
        Assert.Equal("IP.address", failure.Path);
    }

    [Fact]
    public void Section_7_4_an_UPDATE_has_its_old_address_marked_as_old()
    {
        var update = new UpdateSaAddressesNotify(old: new IpParameter(Address, @new: true, header: true));

        Assert.False(update.TryWrite(new byte[64], out _, out WireFailure failure));
        Assert.StartsWith("UPDATE_SA_ADDRESSES", failure.Path, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-7.4-03")]
    public void Section_7_4_H_and_I_of_both_addresses_of_an_UPDATE_are_the_same()
    {
        var update = new UpdateSaAddressesNotify(
            old: new IpParameter(Address, old: true, header: true),
            @new: new IpParameter(Address, @new: true, inner: true));

        Assert.False(update.TryWrite(new byte[64], out _, out WireFailure failure));
        Assert.Equal(WireFailureKind.RuleBroken, failure.Kind);
    }

    [Fact]
    [Requirement("R-11.4.3-06")]
    public void Section_11_4_3_an_ADD_says_where_in_the_SA_its_address_stands()
    {
        var add = new AddSaAddressNotify(address: new IpParameter(Address));

        Assert.False(add.TryWrite(new byte[64], out _, out WireFailure failure));
        Assert.Equal(WireFailureKind.RuleBroken, failure.Kind);
    }

    [Fact]
    public void A_destination_too_small_is_refused_and_left_alone()
    {
        byte[] destination = [0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa];
        var ip = new IpParameter(Address, header: true);

        Assert.False(ip.TryWrite(destination, out int written, out WireFailure failure));
        Assert.Equal(0, written);
        Assert.Equal(WireFailureKind.DestinationTooSmall, failure.Kind);
        Assert.All(destination, octet => Assert.Equal(0xaa, octet));
    }
}
