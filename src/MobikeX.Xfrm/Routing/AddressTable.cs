using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>The addresses and links of a network namespace, as far as they were told.</summary>
internal sealed class AddressTable
{
    private readonly Dictionary<(IpAddress Address, int Link), AddressState> _addresses = [];
    private readonly Dictionary<int, LinkState> _links = [];

    /// <summary>Every address, whether it can be used or not.</summary>
    public IEnumerable<IpAddress> All => _addresses.Keys.Select(static key => key.Address).Distinct();

    /// <summary>The addresses that can be used to reach a peer; deprecated ones last.</summary>
    public IEnumerable<IpAddress> Usable => _addresses
        .Where(pair => pair.Value.CanBeUsed && _links.TryGetValue(pair.Key.Link, out LinkState link) && link.IsUp)
        .OrderBy(static pair => pair.Value.IsDeprecated)
        .ThenBy(static pair => pair.Key.Link)
        .ThenBy(static pair => pair.Key.Address)
        .Select(static pair => pair.Key.Address)
        .Distinct();

    /// <summary>Takes in what the kernel tells; says what is different now.</summary>
    public void Take(in NetlinkMessage message, List<AddressEvent> events)
    {
        switch (message.Type)
        {
            case RouteNumbers.NewAddress or RouteNumbers.DeleteAddress when message.Payload.Length >= Unsafe.SizeOf<AddressLayout>():
                TakeAddress(message, events);
                break;
            case RouteNumbers.NewLink or RouteNumbers.DeleteLink when message.Payload.Length >= Unsafe.SizeOf<LinkLayout>():
                TakeLink(message, events);
                break;
        }
    }

    /// <summary>What is different in another table, which is newer.</summary>
    public IReadOnlyList<AddressEvent> ChangesTo(AddressTable newer)
    {
        List<AddressEvent> events = [];
        foreach ((int index, LinkState link) in newer._links)
        {
            Tell(_links.TryGetValue(index, out LinkState before) && before.IsUp, link, events);
        }

        foreach (((IpAddress Address, int Link) key, AddressState state) in _addresses)
        {
            if (!newer._addresses.ContainsKey(key))
            {
                Tell(key.Address, NameOf(key.Link), state, after: null, events);
            }
        }

        foreach (((IpAddress Address, int Link) key, AddressState state) in newer._addresses)
        {
            Tell(key.Address, newer.NameOf(key.Link), _addresses.TryGetValue(key, out AddressState before) ? before : null, state, events);
        }

        return events;
    }

    private void TakeAddress(in NetlinkMessage message, List<AddressEvent> events)
    {
        AddressLayout layout = MemoryMarshal.Read<AddressLayout>(message.Payload);
        ReadOnlySpan<byte> attributes = message.Payload[Unsafe.SizeOf<AddressLayout>()..];

        // At a link between two hosts the one is the peer's, and the own one is told as local.
        bool isTold = NetlinkAttribute.TryFind(attributes, RouteNumbers.LocalAddress, out ReadOnlySpan<byte> octets)
            || NetlinkAttribute.TryFind(attributes, RouteNumbers.Address, out octets);
        if (!isTold || !IpAddress.TryRead(octets, out IpAddress address))
        {
            return;
        }

        uint flags = NetlinkAttribute.TryFindNumber(attributes, RouteNumbers.AddressFlags, out uint more) ? more : layout.Flags;
        var after = new AddressState(
            (flags & (RouteNumbers.Tentative | RouteNumbers.FailedDuplicateCheck)) == 0 && layout.Scope < RouteNumbers.LinkScope,
            (flags & RouteNumbers.Deprecated) != 0);
        AddressState? before = _addresses.TryGetValue((address, layout.Link), out AddressState known) ? known : null;
        if (message.Type == RouteNumbers.NewAddress)
        {
            _addresses[(address, layout.Link)] = after;
            Tell(address, NameOf(layout.Link), before, after, events);
        }
        else
        {
            _addresses.Remove((address, layout.Link));
            Tell(address, NameOf(layout.Link), before, after: null, events);
        }
    }

    private void TakeLink(in NetlinkMessage message, List<AddressEvent> events)
    {
        LinkLayout layout = MemoryMarshal.Read<LinkLayout>(message.Payload);
        bool wasUp = _links.TryGetValue(layout.Index, out LinkState before) && before.IsUp;
        string name = NetlinkAttribute.TryFind(message.Payload[Unsafe.SizeOf<LinkLayout>()..], RouteNumbers.LinkName, out ReadOnlySpan<byte> octets)
            ? Encoding.UTF8.GetString(octets).TrimEnd('\0')
            : before.Name ?? string.Empty;
        const uint carries = RouteNumbers.IsUp | RouteNumbers.HasCarrier;
        bool isUp = message.Type == RouteNumbers.NewLink && (layout.Flags & carries) == carries;
        var link = new LinkState(name, isUp);
        if (message.Type == RouteNumbers.NewLink)
        {
            _links[layout.Index] = link;
        }
        else
        {
            _links.Remove(layout.Index);
        }

        Tell(wasUp, link, events);
    }

    private static void Tell(bool wasUp, LinkState link, List<AddressEvent> events)
    {
        if (wasUp != link.IsUp)
        {
            events.Add(new AddressEvent(link.IsUp ? AddressEventKind.LinkUp : AddressEventKind.LinkDown, default, link.Name));
        }
    }

    private static void Tell(IpAddress address, string link, AddressState? before, AddressState? after, List<AddressEvent> events)
    {
        bool could = before is { CanBeUsed: true }, can = after is { CanBeUsed: true };
        if (could != can)
        {
            events.Add(new AddressEvent(can ? AddressEventKind.Added : AddressEventKind.Removed, address, link));
        }

        bool wasDeprecated = could && before is { IsDeprecated: true };
        bool isDeprecated = after is { IsDeprecated: true };
        if (can && wasDeprecated != isDeprecated)
        {
            events.Add(new AddressEvent(isDeprecated ? AddressEventKind.Deprecated : AddressEventKind.Preferred, address, link));
        }
    }

    private string NameOf(int link) => _links.TryGetValue(link, out LinkState state) ? state.Name : string.Empty;

    private readonly record struct AddressState(bool CanBeUsed, bool IsDeprecated);

    private readonly record struct LinkState(string Name, bool IsUp);
}
