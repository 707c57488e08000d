using MobikeX.Cli.Run;
using MobikeX.Runtime;

namespace MobikeX.Cli.Tests;

/// <summary>Which addresses of this host peers are reached by.</summary>
public sealed class OuterAddressesTests
{
    private static readonly IpAddress Link = IpAddress.Parse("192.0.2.1");
    private static readonly IpAddress Inner = IpAddress.Parse("10.0.0.2");

    [Fact]
    public void An_address_inside_a_tunnel_reaches_nobody_until_it_is_none_any_more()
    {
        OuterAddresses addresses = new([Link]);
        addresses.Exclude(Inner);
        Assert.True(addresses.TryTake([Link, Inner]));
        Assert.Equal([Link], addresses.Usable);

        addresses.Include(Inner);
        Assert.Equal([Link, Inner], addresses.Usable);
    }

    [Fact]
    public void The_same_addresses_again_are_no_change()
    {
        OuterAddresses addresses = new([Link]);
        Assert.False(addresses.TryTake([Link]));
        Assert.True(addresses.TryTake([]));
        Assert.Empty(addresses.Usable);
    }
}
