using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests.Mobility;

public sealed class PathTableTests
{
    private static readonly IpAddress Link1 = IpAddress.Parse("192.0.2.1");
    private static readonly IpAddress Link2 = IpAddress.Parse("198.51.100.7");
    private static readonly IpAddress Link2V6 = IpAddress.Parse("2001:db8:2::7");
    private static readonly IpAddress Gateway = IpAddress.Parse("203.0.113.1");
    private static readonly IpAddress Gateway2 = IpAddress.Parse("203.0.113.2");
    private static readonly IpAddress GatewayV6 = IpAddress.Parse("2001:db8:f::1");

    [Fact(DisplayName = "RFC 4555 3.2: the way in use is the first as long as its addresses are there")]
    public void KeepsTheCurrentWay() =>
        Assert.Equal([new AddressPath(Link2, Gateway), new AddressPath(Link1, Gateway)], Paths(new AddressPath(Link2, Gateway), [Link1, Link2]));

    [Fact(DisplayName = "RFC 4555 3.5: without its address, the others in the order of the host")]
    public void LeavesAnAddressThatIsGone() =>
        Assert.Equal([new AddressPath(Link2, Gateway)], Paths(new AddressPath(Link1, Gateway), [Link2, Link2V6]));

    [Fact(DisplayName = "RFC 4555 3.4: every pair of addresses of one family is a way")]
    public void PairsEachWithEach() =>
        Assert.Equal(
            [new(Link1, Gateway), new(Link2, Gateway), new(Link1, Gateway2), new(Link2, Gateway2), new(Link2V6, GatewayV6)],
            Paths(new AddressPath(Link1, Gateway), [Link1, Link2, Link2V6], Gateway2, GatewayV6));

    [Fact(DisplayName = "RFC 4555 3.5: no address of this host is no way")]
    public void FindsNoneWithoutAddress() => Assert.Empty(Paths(new AddressPath(Link1, Gateway), [], Gateway2));

    private static IReadOnlyList<AddressPath> Paths(AddressPath current, IpAddress[] locals, params IpAddress[] alternates) =>
        PathTable.Of(current, locals, new AlternateList(alternates.Select(address => new Alternate(address, null, TimeSpan.Zero))), TimeSpan.FromSeconds(1));
}
