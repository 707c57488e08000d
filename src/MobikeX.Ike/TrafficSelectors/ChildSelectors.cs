using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>The traffic selectors of a CHILD_SA of a peer, as it is configured and as it is now.</summary>
internal static class ChildSelectors
{
    /// <summary>What the configuration has of this end.</summary>
    public static IReadOnlyList<TrafficSelector> Local(IkePeer peer, ChildOptions options, bool transport) =>
        Resolve(options.Local, peer.Path.Source, transport, Inner(peer, peer.IsInitiator));

    /// <summary>What the configuration has of the peer's end.</summary>
    public static IReadOnlyList<TrafficSelector> Remote(IkePeer peer, ChildOptions options, bool transport) =>
        Resolve(options.Remote, peer.Path.Destination, transport, Inner(peer, !peer.IsInitiator));

    /// <summary>What a CHILD_SA carries now: its addresses may have moved since it was negotiated.</summary>
    public static (IReadOnlyList<TrafficSelector> Local, IReadOnlyList<TrafficSelector> Remote) Of(IkePeer peer, IkeChild child)
    {
        AddressSet responder = child.Transport ? child.Sa.Responder : default;
        return peer.IsInitiator
            ? (Moved(child.Local, child.Sa.SelectorAddresses), Moved(child.Remote, responder))
            : (Moved(child.Local, responder), Moved(child.Remote, child.Sa.SelectorAddresses));
    }

    /// <summary>In transport mode the peer may know either end by another address than it has here (RFC 7296, 2.23.1).</summary>
    public static (IReadOnlyList<TrafficSelector> Local, IReadOnlyList<TrafficSelector> Remote) BehindNat(
        IkePeer peer, IReadOnlyList<TrafficSelector> local, IReadOnlyList<TrafficSelector> remote) =>
        (peer.LocalBehindNat ? Narrowing.Substitute(local, peer.Path.Source) : local,
         peer.PeerBehindNat ? Narrowing.Substitute(remote, peer.Path.Destination) : remote);

    /// <summary>The addresses that a Configuration Payload gives the Initiator; where they are asked for in the same message, any.</summary>
    private static IReadOnlyList<AddressPrefix> Inner(IkePeer peer, bool ofInitiator)
    {
        if (!ofInitiator)
        {
            return [];
        }

        if (peer.InnerAddresses.Count > 0 || !peer.IsInitiator)
        {
            return [.. peer.InnerAddresses.Select(AddressRange.Host)];
        }

        List<AddressPrefix> any = [];
        if (peer.Connection.RequestIPv4Address)
        {
            any.Add(new AddressPrefix(IpAddress.From(System.Net.IPAddress.Any), 0));
        }

        if (peer.Connection.RequestIPv6Address)
        {
            any.Add(new AddressPrefix(IpAddress.From(System.Net.IPAddress.IPv6Any), 0));
        }

        return any;
    }

    private static IReadOnlyList<TrafficSelector> Resolve(IReadOnlyList<SelectorTemplate> configured, IpAddress host, bool transport, IReadOnlyList<AddressPrefix> inner)
    {
        IReadOnlyList<SelectorTemplate> templates = configured.Count > 0 ? configured : [SelectorTemplate.Dynamic];
        IReadOnlyList<AddressPrefix> own = [AddressRange.Host(host)];
        if (!transport)
        {
            return SelectorTemplate.Resolve(templates, inner.Count > 0 ? inner : own);
        }

        IReadOnlyList<TrafficSelector> selectors = SelectorTemplate.Resolve(templates, own);
        return Narrowing.TryNarrow(selectors, SelectorTemplate.Resolve([SelectorTemplate.Dynamic], own), out IReadOnlyList<TrafficSelector> hosts) ? hosts : selectors;
    }

    private static IReadOnlyList<TrafficSelector> Moved(IReadOnlyList<TrafficSelector> selectors, AddressSet addresses)
    {
        if (addresses.IsEmpty)
        {
            return selectors;
        }

        List<TrafficSelector> moved = [];
        for (int i = 0; i < addresses.Count; i++)
        {
            moved.AddRange(Narrowing.Substitute([.. selectors.Where(selector => selector.Start.Length == addresses[i].Length)], addresses[i]));
        }

        return moved.Count > 0 ? [.. moved.Distinct()] : selectors;
    }
}
