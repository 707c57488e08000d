using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Tests;

/// <summary>What rtnetlink tells of addresses and links, as events of an engine's host.</summary>
public sealed class AddressTableTests
{
    private const uint Up = RouteNumbers.IsUp | RouteNumbers.HasCarrier;
    private static readonly IpAddress Home = IpAddress.Parse("192.0.2.1");
    private static readonly IpAddress Global = IpAddress.Parse("2001:db8::1");

    [Fact]
    public void An_address_comes_is_deprecated_preferred_and_goes()
    {
        var table = new AddressTable();
        Assert.Equal([new AddressEvent(AddressEventKind.LinkUp, default, "eth0")], Take(table, Link(RouteNumbers.NewLink, Up)));
        Assert.Equal([new AddressEvent(AddressEventKind.Added, Home, "eth0")], Take(table, Address(RouteNumbers.NewAddress, Home)));
        Assert.Empty(Take(table, Address(RouteNumbers.NewAddress, Home)));
        Assert.Equal([Home], table.Usable);
        Assert.Equal([new AddressEvent(AddressEventKind.Deprecated, Home, "eth0")], Take(table, Address(RouteNumbers.NewAddress, Home, RouteNumbers.Deprecated)));
        Assert.Equal([new AddressEvent(AddressEventKind.Preferred, Home, "eth0")], Take(table, Address(RouteNumbers.NewAddress, Home)));
        Assert.Equal([new AddressEvent(AddressEventKind.Removed, Home, "eth0")], Take(table, Address(RouteNumbers.DeleteAddress, Home)));
        Assert.Empty(table.Usable);
    }

    [Fact]
    public void A_tentative_address_comes_when_it_was_checked_and_one_of_the_link_never_does()
    {
        var table = new AddressTable();
        Take(table, Link(RouteNumbers.NewLink, Up));
        Assert.Empty(Take(table, Address(RouteNumbers.NewAddress, Global, RouteNumbers.Tentative)));
        Assert.Equal([new AddressEvent(AddressEventKind.Added, Global, "eth0")], Take(table, Address(RouteNumbers.NewAddress, Global)));
        Assert.Empty(Take(table, Address(RouteNumbers.NewAddress, IpAddress.Parse("fe80::1"), 0, RouteNumbers.LinkScope)));
        Assert.Equal([Global], table.Usable);
    }

    [Fact]
    public void Deprecated_addresses_are_used_last_and_those_of_a_dead_link_not_at_all()
    {
        var table = new AddressTable();
        Take(table, Link(RouteNumbers.NewLink, Up));
        Take(table, Address(RouteNumbers.NewAddress, Home, RouteNumbers.Deprecated));
        Take(table, Address(RouteNumbers.NewAddress, Global));
        Assert.Equal([Global, Home], table.Usable);
        Assert.Equal([new AddressEvent(AddressEventKind.LinkDown, default, "eth0")], Take(table, Link(RouteNumbers.NewLink, RouteNumbers.IsUp)));
        Assert.Empty(table.Usable);
        Assert.Equal(2, table.All.Count());
    }

    [Fact]
    public void What_was_missed_is_made_up_for_by_a_newer_list()
    {
        AddressTable old = new(), newer = new();
        foreach (AddressTable table in (AddressTable[])[old, newer])
        {
            Take(table, Link(RouteNumbers.NewLink, Up));
        }

        Take(old, Address(RouteNumbers.NewAddress, Home));
        Take(newer, Address(RouteNumbers.NewAddress, Global));
        Assert.Equal(
            [new AddressEvent(AddressEventKind.Removed, Home, "eth0"), new AddressEvent(AddressEventKind.Added, Global, "eth0")],
            old.ChangesTo(newer));
        Assert.Empty(newer.ChangesTo(newer));
    }

    [Fact]
    public void This_host_tells_its_addresses()
    {
        using AddressWatcher watcher = AddressWatcher.Open();
        Assert.Contains(IpAddress.Parse("127.0.0.1"), watcher.All);
        Assert.DoesNotContain(IpAddress.Parse("127.0.0.1"), watcher.Usable);
    }

    private static List<AddressEvent> Take(AddressTable table, NetlinkRequest message)
    {
        using (message)
        {
            List<AddressEvent> events = [];
            foreach (NetlinkMessage each in NetlinkMessage.In(message.Octets))
            {
                table.Take(each, events);
            }

            return events;
        }
    }

    private static NetlinkRequest Link(ushort type, uint flags) =>
        new NetlinkRequest(type, NetlinkFlags.None).Write(new LinkLayout { Index = 2, Flags = flags }).WriteAttribute(RouteNumbers.LinkName, "eth0\0"u8);

    private static NetlinkRequest Address(ushort type, IpAddress address, uint flags = 0, byte scope = 0)
    {
        byte[] octets = new byte[address.Length];
        address.TryWrite(octets);
        return new NetlinkRequest(type, NetlinkFlags.None)
            .Write(new AddressLayout { Family = (byte)AddressFamilies.Of(address), Link = 2, Scope = scope })
            .WriteAttribute(RouteNumbers.LocalAddress, octets)
            .WriteAttribute(RouteNumbers.AddressFlags, flags);
    }
}
