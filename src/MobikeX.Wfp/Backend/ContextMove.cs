using System.Runtime.Versioning;
using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using MobikeX.Wfp.Interop;

namespace MobikeX.Wfp;

/// <summary>The part of a change that is about one pair of CHILD_SAs: what it reads, what it is to write, and how that is taken back.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class ContextMove : IDisposable
{
    private static readonly WfpDirection[] Directions = [WfpDirection.Inbound, WfpDirection.Outbound];

    private readonly WfpEngine _engine;
    private readonly ChildTarget _before;
    private readonly WfpBlock _block;
    private readonly IpsecTraffic1[] _oldTraffic;
    private readonly IpsecV4UdpEncapsulation0?[] _oldUdp;
    private readonly List<WfpFilter> _added = [];
    private IpsecSaContextUpdate _moved;
    private IReadOnlyList<WfpFilter> _filtersBefore = [];
    private bool _written;

    public ContextMove(WfpEngine engine, WfpChild child, in ChildTarget? after)
    {
        _engine = engine;
        Child = child;
        After = after;
        _before = ChildTarget.Of(child);
        _block = engine.GetContext(child.ContextId);
        var context = (IpsecSaContext1*)_block.Address;
        if (context is null || context->InboundSa == 0 || context->OutboundSa == 0)
        {
            _block.Dispose();
            throw new WfpException($"the context of {child.Sa} has lost an SA");
        }

        _oldTraffic = [Details(0)->Traffic, Details(1)->Traffic];
        _oldUdp = [SaContextEntry.UdpOf(Details(0)), SaContextEntry.UdpOf(Details(1))];
    }

    public WfpChild Child { get; }

    /// <summary>What the pair is to be; null where it closes.</summary>
    public ChildTarget? After { get; }

    /// <summary>The filters that are to go when the context has moved.</summary>
    public IReadOnlyList<WfpFilter> Dropped { get; private set; } = [];

    /// <summary>True where an address of the Initiator has no filter yet.</summary>
    public bool LacksFilters => Missing().Count > 0;

    /// <summary>The filters that were added, to be deleted where the change is taken back.</summary>
    public IReadOnlyList<WfpFilter> Added => _added;

    /// <summary>Says why the platform cannot do it, before anything is done.</summary>
    /// <exception cref="WfpException">It cannot.</exception>
    public void Check()
    {
        if (After is not { } after)
        {
            return;
        }

        bool isIPv6 = Details(0)->Traffic.IpVersion == FwpIpVersion.V6;
        if (Any(after.Initiator, address => address.IsIPv6 != isIPv6) || Any(after.Responder, address => address.IsIPv6 != isIPv6))
        {
            throw new WfpException($"the context of {Child.Sa} cannot change its address family");
        }

        if (after.Addresses.UdpEncapsulation && !_before.Addresses.UdpEncapsulation && (isIPv6 || Child.IsAh))
        {
            throw new WfpException($"{Child.Sa} cannot be carried in UDP: there is UDP encapsulation for ESP over IPv4 only");
        }

        foreach ((WfpDirection direction, IpAddress address) in Missing())
        {
            if (TemplateFor(direction, address) is null)
            {
                throw new WfpException($"{Child.Sa} has no {direction.ToString().ToLowerInvariant()} filter that could be had for {address}");
            }
        }

        Dropped = [.. Child.Filters.Where(filter => IsStale(filter, after))];
    }

    /// <summary>Adds the filters that are missing; in a transaction.</summary>
    public void Cover()
    {
        foreach ((WfpDirection direction, IpAddress address) in Missing())
        {
            Add(TemplateFor(direction, address)!, address, After!.Value);
        }
    }

    /// <summary>Moves the context, both directions at once; a context that closes is looked for only.</summary>
    public void Move()
    {
        if (After is not { } after)
        {
            _engine.GetContext(Child.ContextId).Dispose();
            return;
        }

        IpsecTraffic1[] traffic = [TrafficAfter(Directions[0], _oldTraffic[0], after), TrafficAfter(Directions[1], _oldTraffic[1], after)];
        IpsecV4UdpEncapsulation0? udp = UdpAfter(after);
        IpsecSaContextUpdate parts = IpsecSaContextUpdate.None;
        for (int i = 0; i < Directions.Length; i++)
        {
            parts |= Same(traffic[i], _oldTraffic[i]) ? IpsecSaContextUpdate.None : IpsecSaContextUpdate.Traffic;
            parts |= Same(udp, _oldUdp[i]) ? IpsecSaContextUpdate.None : IpsecSaContextUpdate.UdpEncapsulation;
        }

        if (parts != IpsecSaContextUpdate.None)
        {
            Write(traffic, [udp, udp], parts);
            _moved = parts;
        }

        after.WriteTo(Child);
        _filtersBefore = Child.Filters;
        Child.Filters = [.. Child.Filters, .. _added];
        _written = true;
    }

    /// <summary>Moves the context back to where it was; the filters are not touched.</summary>
    public void TakeBack()
    {
        if (_written)
        {
            _before.WriteTo(Child);
            Child.Filters = _filtersBefore;
            _written = false;
        }

        if (_moved != IpsecSaContextUpdate.None)
        {
            Write(_oldTraffic, _oldUdp, _moved);
            _moved = IpsecSaContextUpdate.None;
        }
    }

    /// <summary>The change is made: the filters that went are forgotten.</summary>
    public void Commit() => Child.Filters = [.. Child.Filters.Except(Dropped)];

    public void Dispose() => _block.Dispose();

    private static bool Any(AddressSet set, Func<IpAddress, bool> holds)
    {
        for (int i = 0; i < set.Count; i++)
        {
            if (holds(set[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Same(in IpsecTraffic1 left, in IpsecTraffic1 right) =>
        Same(left.Local, right.Local) && Same(left.Remote, right.Remote) && left.FilterOrPolicyId == right.FilterOrPolicyId && left.LocalIfLuid == right.LocalIfLuid;

    private static bool Same(in FwpAddress left, in FwpAddress right) =>
        (left.First, left.Second, left.Third, left.Fourth) == (right.First, right.Second, right.Third, right.Fourth);

    private static bool Same(IpsecV4UdpEncapsulation0? left, IpsecV4UdpEncapsulation0? right) =>
        (left?.LocalUdpEncapPort, left?.RemoteUdpEncapPort) == (right?.LocalUdpEncapPort, right?.RemoteUdpEncapPort);

    private List<(WfpDirection Direction, IpAddress Address)> Missing()
    {
        List<(WfpDirection, IpAddress)> missing = [];
        if (After is { } after)
        {
            AddressSet selectors = after.Selectors(Child.Sa);
            foreach (WfpDirection direction in Directions)
            {
                for (int i = 0; i < selectors.Count; i++)
                {
                    if (FilterFor(direction, selectors[i], after) is null)
                    {
                        missing.Add((direction, selectors[i]));
                    }
                }
            }
        }

        return missing;
    }

    /// <summary>The filter that takes an address of the Initiator with the Responder's; the narrowest where there are several.</summary>
    private WfpFilter? FilterFor(WfpDirection direction, IpAddress address, in ChildTarget after)
    {
        IpAddress responder = Child.Sa.IsTunnel ? default : after.Responder[0];
        return Child.Filters.Concat(_added)
            .Where(filter => filter.Direction == direction && filter.IsAbout(Child.InitiatorIsLocal, address) && (responder.IsNone || filter.IsAbout(!Child.InitiatorIsLocal, responder)))
            .OrderByDescending(filter => !filter.HostAt(Child.InitiatorIsLocal).IsNone)
            .FirstOrDefault();
    }

    /// <summary>A filter of which a copy for the address would do.</summary>
    private WfpFilter? TemplateFor(WfpDirection direction, IpAddress address) =>
        Child.Filters.FirstOrDefault(filter =>
            filter.Direction == direction && filter.IsIPv6 == address.IsIPv6 && !filter.HostAt(Child.InitiatorIsLocal).IsNone);

    private void Add(WfpFilter template, IpAddress initiator, in ChildTarget after)
    {
        IpAddress responder = Child.Sa.IsTunnel || template.HostAt(!Child.InitiatorIsLocal).IsNone ? default : after.Responder[0];
        (IpAddress local, IpAddress remote) = Child.InitiatorIsLocal ? (initiator, responder) : (responder, initiator);
        ulong id = _engine.CopyFilter(template.Id, Child.ContextId, local, remote);
        _added.Add(template with
        {
            Id = id,
            AddedFor = Child.ContextId,
            Local = Bound(local, template.Local),
            Remote = Bound(remote, template.Remote),
        });
    }

    private static IReadOnlyList<AddressPrefix> Bound(IpAddress address, IReadOnlyList<AddressPrefix> otherwise) =>
        address.IsNone ? otherwise : [new AddressPrefix(address, address.Length * 8)];

    /// <summary>True for a filter that is bound to addresses which the pair does not use any more.</summary>
    private bool IsStale(WfpFilter filter, in ChildTarget after)
    {
        IpAddress initiator = filter.HostAt(Child.InitiatorIsLocal), responder = filter.HostAt(!Child.InitiatorIsLocal);
        return (_before.Selectors(Child.Sa).Contains(initiator) && !after.Selectors(Child.Sa).Contains(initiator))
            || (!Child.Sa.IsTunnel && !initiator.IsNone && _before.Responder.Contains(responder) && !after.Responder.Contains(responder));
    }

    private IpsecTraffic1 TrafficAfter(WfpDirection direction, IpsecTraffic1 traffic, in ChildTarget after)
    {
        (IpAddress local, IpAddress remote) = Child.InitiatorIsLocal ? (after.Current, after.Responder[0]) : (after.Responder[0], after.Current);
        FwpAddress newLocal = WfpAddresses.Write(local);
        if (!Same(newLocal, traffic.Local))
        {
            // The interface of the old address; 0 leaves the choice to the platform.
            traffic.LocalIfLuid = 0;
        }

        traffic.Local = newLocal;
        traffic.Remote = WfpAddresses.Write(remote);
        if (!Child.Sa.IsTunnel && FilterFor(direction, after.Current, after) is { } filter)
        {
            traffic.FilterOrPolicyId = filter.Id;
        }

        return traffic;
    }

    private IpsecV4UdpEncapsulation0? UdpAfter(in ChildTarget after)
    {
        if (!after.Addresses.UdpEncapsulation)
        {
            return null;
        }

        const ushort Usual = (ushort)Constants.NatTraversalPort;
        IpsecV4UdpEncapsulation0 ports = _oldUdp[0] ?? new() { LocalUdpEncapPort = Usual, RemoteUdpEncapPort = Usual };
        if (after.Addresses.InitiatorPort != 0)
        {
            ref ushort port = ref Child.InitiatorIsLocal ? ref ports.LocalUdpEncapPort : ref ports.RemoteUdpEncapPort;
            port = after.Addresses.InitiatorPort;
        }

        return ports;
    }

    /// <summary>Hands new values to the platform, and leaves the block as the platform returned it.</summary>
    private void Write(IpsecTraffic1[] traffic, IpsecV4UdpEncapsulation0?[] udp, IpsecSaContextUpdate parts)
    {
        IpsecV4UdpEncapsulation0* ports = stackalloc IpsecV4UdpEncapsulation0[Directions.Length];
        nint* pointers = stackalloc nint[Directions.Length];
        for (int i = 0; i < Directions.Length; i++)
        {
            pointers[i] = Details(i)->UdpEncapsulation;
            ports[i] = udp[i] ?? default;
            Details(i)->Traffic = traffic[i];
            if (Details(i)->IpVersion == FwpIpVersion.V4)
            {
                Details(i)->UdpEncapsulation = udp[i] is null ? 0 : (nint)(ports + i);
            }
        }

        try
        {
            _engine.UpdateContext((IpsecSaContext1*)_block.Address, parts);
        }
        finally
        {
            for (int i = 0; i < Directions.Length; i++)
            {
                Details(i)->Traffic = _oldTraffic[i];
                Details(i)->UdpEncapsulation = pointers[i];
            }
        }
    }

    /// <summary>The SA of a direction, in the order of <see cref="Directions"/>.</summary>
    private IpsecSaDetails1* Details(int direction)
    {
        var context = (IpsecSaContext1*)_block.Address;
        return (IpsecSaDetails1*)(direction == 0 ? context->InboundSa : context->OutboundSa);
    }
}
