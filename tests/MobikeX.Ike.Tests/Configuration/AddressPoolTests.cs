using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

public class AddressPoolTests
{
    [Fact]
    public void Addresses_of_hosts_are_assigned_until_there_are_no_more()
    {
        AddressPool pool = Pool("10.3.0.0/30");

        Assert.Equal("10.3.0.1", Assign(pool, "a"));
        Assert.Equal("10.3.0.2", Assign(pool, "b"));
        Assert.Null(Assign(pool, "c"));
        Assert.Equal(2, pool.InUse);
    }

    [Fact]
    public void A_peer_that_comes_back_gets_the_address_it_had()
    {
        AddressPool pool = Pool("10.3.0.0/29");
        Assign(pool, "a");
        Assign(pool, "b");

        pool.Release("a", IpAddress.Parse("10.3.0.1"));

        Assert.Equal("10.3.0.3", Assign(pool, "c"));
        Assert.Equal("10.3.0.1", Assign(pool, "a"));
    }

    [Fact]
    public void Addresses_that_others_had_are_used_when_no_new_one_is_left()
    {
        AddressPool pool = Pool("10.3.0.0/30");
        Assign(pool, "a");
        Assign(pool, "b");
        pool.Release("b", IpAddress.Parse("10.3.0.2"));
        pool.Release("a", IpAddress.Parse("10.3.0.1"));

        Assert.Equal("10.3.0.2", Assign(pool, "c"));
        Assert.Equal("10.3.0.1", Assign(pool, "b"));
        Assert.Null(Assign(pool, "a"));
    }

    [Fact]
    public void Two_IKE_SAs_of_one_peer_share_its_address_until_both_are_gone()
    {
        AddressPool pool = Pool("10.3.0.0/31");
        IpAddress address = IpAddress.Parse(Assign(pool, "a")!);
        Assert.Equal(address.ToString(), Assign(pool, "a"));

        pool.Release("a", address);
        Assert.Equal(1, pool.InUse);
        pool.Release("a", address);
        pool.Release("a", address);
        Assert.Equal(0, pool.InUse);
    }

    [Fact]
    public void A_free_address_that_is_asked_for_is_given()
    {
        AddressPool pool = Pool("2001:db8:3::/64");

        Assert.Equal("2001:db8:3::77", Assign(pool, "a", "2001:db8:3::77"));
        Assert.Equal("2001:db8:3::1", Assign(pool, "b", "2001:db8:3::77"));
        Assert.Equal("2001:db8:3::2", Assign(pool, "c", "2001:db8:4::1"));
    }

    [Theory]
    [InlineData("10.3.0.0")]
    [InlineData("10.3.0.255")]
    public void An_address_that_is_no_hosts_is_not_given(string requested) =>
        Assert.Equal("10.3.0.1", Assign(Pool("10.3.0.0/24"), "a", requested));

    private static AddressPool Pool(string prefix) => new(AddressPrefix.TryParse(prefix, out AddressPrefix value) ? value : throw new FormatException(prefix));

    private static string? Assign(AddressPool pool, string identity, string? requested = null) =>
        pool.TryAssign(identity, requested is null ? default : IpAddress.Parse(requested), out IpAddress address) ? address.ToString() : null;
}
