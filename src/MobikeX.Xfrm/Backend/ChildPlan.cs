using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;

namespace MobikeX.Xfrm;

/// <summary>Works out what the kernel is to have of a pair of CHILD_SAs when its addresses have changed.</summary>
/// <remarks>
/// There is one SA to send on, however many addresses there are. In tunnel mode it goes from the first own address to the first of the
/// peer's; in transport mode, where packets bring their own source, it has none when there are several. There is an SA to receive on for
/// each own address. Where packets come from is not part of an SA's name, and in tunnel mode the kernel does not look at it.
/// </remarks>
internal readonly ref struct ChildPlan
{
    private readonly KernelChild _child;
    private readonly ChildPicture _before;
    private readonly SaAddresses _from;
    private readonly SaAddresses _to;
    private readonly bool _namesSources;

    /// <param name="child">The pair.</param>
    /// <param name="before">What the kernel has of it.</param>
    /// <param name="from">Its addresses before.</param>
    /// <param name="to">Its addresses after.</param>
    /// <param name="namesSources">
    /// Whether SAs that are received on are to name the new source, where that makes no difference to what they receive. It takes making
    /// them anew, and packets that come meanwhile are lost.
    /// </param>
    public ChildPlan(KernelChild child, ChildPicture before, in SaAddresses from, in SaAddresses to, bool namesSources)
    {
        _child = child;
        _before = before;
        _from = from;
        _to = to;
        _namesSources = namesSources;
    }

    private bool IsTunnel => _child.Child.IsTunnel;

    private AddressSet Local => _to.Local(_child.Local);

    private AddressSet Peer => _to.Peer(_child.Local);

    public ChildPicture Make()
    {
        XfrmSa outbound = Outbound();
        List<XfrmSa> inbound = [];
        for (int i = 0; i < Local.Count; i++)
        {
            inbound.Add(Inbound(Local[i]));
        }

        return new ChildPicture { Outbound = outbound, Inbound = inbound, Policies = Policies(inbound[0]) };
    }

    private XfrmSa Outbound()
    {
        XfrmSa before = _before.Outbound!;
        bool several = !IsTunnel && Local.Count > 1;
        IpAddress source = several || _child.SendsFromAny ? default : Local[0];
        XfrmSelector selector = Selector(before.Selector, _child.OutboundSelector, several, isOutbound: true);
        return Revise(before, source, Peer[0], selector, isOutbound: true);
    }

    private XfrmSa Inbound(IpAddress own)
    {
        XfrmSa before = _before.Inbound.FirstOrDefault(sa => sa.Destination == own) ?? _before.Inbound[0];
        bool several = !IsTunnel && Peer.Count > 1;
        bool wasNarrow = !_child.InboundSelector.IsAnyAddress && !IsTunnel;
        bool keepsSource = !_namesSources && !wasNarrow && before.Source.Length == own.Length;
        IpAddress source = keepsSource ? before.Source : several && wasNarrow ? default : Peer[0];
        XfrmSelector selector = Selector(before.Selector, _child.InboundSelector, several, isOutbound: false, own);

        // One that comes beside another has carried nothing yet.
        bool isFurther = before.Destination != own && Local.Contains(before.Destination);
        return Revise(before, source, own, selector, isOutbound: false, isFurther ? before.Lifetime.Unused : null);
    }

    private XfrmSa Revise(XfrmSa before, IpAddress source, IpAddress destination, XfrmSelector selector, bool isOutbound, XfrmLifetime? used = null)
    {
        XfrmEncapsulation? encapsulation = Encapsulation(before.Encapsulation, isOutbound);
        return before.Revised(new SaRevision
        {
            Addresses = (source, destination),
            Selector = selector,
            SetsEncapsulation = encapsulation != before.Encapsulation,
            Encapsulation = encapsulation,
            Lifetime = used,
        });
    }

    /// <summary>The selector of an SA. In transport mode it names the two hosts, or, where one of them has several addresses, none.</summary>
    private XfrmSelector Selector(XfrmSelector before, XfrmSelector came, bool several, bool isOutbound, IpAddress own = default)
    {
        bool initiatorIsSource = isOutbound == (_child.Local == XfrmEnd.Initiator);
        if (IsTunnel)
        {
            return _from.Inner == _to.Inner || before.IsAnyAddress ? before : WithInner(before, initiatorIsSource);
        }

        IpAddress local = own.IsNone ? Local[0] : own;
        ushort family = AddressFamilies.Of(Peer[0]);
        if (several || came.IsAnyAddress)
        {
            return came with { Source = default, Destination = default, Family = family };
        }

        XfrmSelectorSide ours = XfrmSelectorSide.Host(local), theirs = XfrmSelectorSide.Host(Peer[0]);
        return came.Readdressed(
            Bound(came.Source, isOutbound ? ours : theirs),
            Bound(came.Destination, isOutbound ? theirs : ours));
    }

    private static XfrmSelectorSide Bound(XfrmSelectorSide came, XfrmSelectorSide host) => came.IsHost ? host : came;

    private XfrmSelector WithInner(XfrmSelector selector, bool initiatorIsSource)
    {
        XfrmSelectorSide side = initiatorIsSource ? selector.Source : selector.Destination;
        if (!side.IsHost || !_from.Inner.Contains(side.Address))
        {
            return selector;
        }

        // An SA has one selector, so that several inner addresses are told apart by the policies alone.
        XfrmSelectorSide moved = _to.Inner.Count == 1 ? XfrmSelectorSide.Host(_to.Inner[0]) : default;
        return initiatorIsSource ? selector with { Source = moved } : selector with { Destination = moved };
    }

    private XfrmEncapsulation? Encapsulation(XfrmEncapsulation? before, bool isOutbound)
    {
        if (!_to.UdpEncapsulation)
        {
            return null;
        }

        bool initiatorIsSource = isOutbound == (_child.Local == XfrmEnd.Initiator);
        ushort usual = (ushort)Constants.NatTraversalPort;
        ushort initiator = before is not { } known ? usual : initiatorIsSource ? known.SourcePort : known.DestinationPort;
        ushort responder = before is not { } same ? usual : initiatorIsSource ? same.DestinationPort : same.SourcePort;
        initiator = _to.InitiatorPort == 0 ? initiator : _to.InitiatorPort;
        return initiatorIsSource ? new XfrmEncapsulation(initiator, responder) : new XfrmEncapsulation(responder, initiator);
    }

    /// <summary>A policy for each pair of addresses that it names, where a policy names hosts of the pair at all.</summary>
    private List<XfrmPolicy> Policies(XfrmSa inbound)
    {
        Dictionary<XfrmPolicyKey, XfrmPolicy> planned = [];
        foreach (XfrmPolicy policy in _before.Policies)
        {
            bool initiatorIsSource = (policy.Direction == XfrmDirection.Out) == (_child.Local == XfrmEnd.Initiator);
            XfrmSelectorSide initiator = initiatorIsSource ? policy.Selector.Source : policy.Selector.Destination;
            XfrmSelectorSide responder = initiatorIsSource ? policy.Selector.Destination : policy.Selector.Source;
            foreach (XfrmSelectorSide newInitiator in Sides(initiator, IsTunnel ? _from.Inner : _from.Initiator, IsTunnel ? _to.Inner : _to.Initiator))
            {
                foreach (XfrmSelectorSide newResponder in Sides(responder, IsTunnel ? default : _from.Responder, IsTunnel ? default : _to.Responder))
                {
                    XfrmSelector selector = initiatorIsSource
                        ? policy.Selector.Readdressed(newInitiator, newResponder)
                        : policy.Selector.Readdressed(newResponder, newInitiator);
                    XfrmPolicyKey key = policy.Key with { Selector = selector };
                    if (!planned.ContainsKey(key))
                    {
                        XfrmPolicy model = _before.Policy(key) ?? policy;
                        planned.Add(key, model.Revised(selector, Templates(model, inbound)));
                    }
                }
            }
        }

        return [.. planned.Values];
    }

    private static IEnumerable<XfrmSelectorSide> Sides(XfrmSelectorSide side, AddressSet from, AddressSet to)
    {
        if (!side.IsHost || !from.Contains(side.Address))
        {
            return [side];
        }

        return Enumerable.Range(0, to.Count).Select(i => XfrmSelectorSide.Host(to[i]));
    }

    private TemplateLayout[] Templates(XfrmPolicy policy, XfrmSa inbound)
    {
        bool isOutbound = policy.Direction == XfrmDirection.Out;
        IpAddress source = isOutbound ? Local[0] : inbound.Source;
        IpAddress destination = isOutbound ? Peer[0] : Local[0];
        TemplateLayout[] templates = policy.TemplateLayouts.ToArray();
        for (int i = 0; i < templates.Length; i++)
        {
            // An address that a template leaves open stays open.
            ref TemplateLayout template = ref templates[i];
            bool namesSource = !template.Source.Read(template.Family).IsNone, namesDestination = !template.Id.Destination.Read(template.Family).IsNone;
            template.Source = namesSource ? XfrmAddress.From(source) : template.Source;
            template.Id.Destination = namesDestination ? XfrmAddress.From(destination) : template.Id.Destination;
            template.Family = AddressFamilies.Of(destination);
        }

        return templates;
    }
}
