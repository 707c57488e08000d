using MobikeX.Engine;
using MobikeX.Runtime;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>In what an SA is to differ from another; what is left out stays to the bit.</summary>
internal readonly struct SaRevision
{
    /// <summary>The same SA with nothing that traffic changes, for comparison.</summary>
    public static SaRevision WithoutTraffic => new() { LeavesTrafficOut = true };

    private bool LeavesTrafficOut { get; init; }

    /// <summary>Both addresses, of one family; the source may be none.</summary>
    public (IpAddress Source, IpAddress Destination)? Addresses { get; init; }

    public XfrmSelector? Selector { get; init; }

    /// <summary>The UDP header, where <see cref="SetsEncapsulation"/>; null takes it away.</summary>
    public XfrmEncapsulation? Encapsulation { get; init; }

    public bool SetsEncapsulation { get; init; }

    public ReplayState? Replay { get; init; }

    public XfrmLifetime? Lifetime { get; init; }

    public ChildSaLimits? Limits { get; init; }

    /// <summary>
    /// After how many packets the kernel tells of the counters, which it does not tell with the SA. Its other threshold, a time, it tells
    /// in another unit than it takes, so that is left to the default.
    /// </summary>
    public uint? ReplayThreshold { get; init; }

    public void Write(NetlinkRequest request, XfrmSa sa)
    {
        SaInfoLayout info = sa.Info;
        if (Addresses is { } addresses)
        {
            info.Source = XfrmAddress.From(addresses.Source);
            info.Id.Destination = XfrmAddress.From(addresses.Destination);
            info.Family = AddressFamilies.Of(addresses.Destination);
        }

        if (Selector is { } selector)
        {
            info.Selector = SelectorLayout.From(selector);
        }

        if (Lifetime is { } lifetime)
        {
            info.Lifetime = LifetimeLayout.From(lifetime);
        }

        if (Limits is { } limits)
        {
            info.Limits = info.Limits.With(limits);
        }

        if (LeavesTrafficOut)
        {
            info.Lifetime = default;
            info.Statistics = default;
            info.Sequence = 0;
        }

        request.Write(info);
        if (LeavesTrafficOut)
        {
            WriteSorted(request, sa);
            return;
        }

        foreach (NetlinkAttribute attribute in NetlinkAttribute.In(sa.Attributes))
        {
            if (Keeps(attribute.Type))
            {
                request.WriteAttribute(attribute.Type, attribute.Value);
            }
        }

        WriteNew(request, sa);
    }

    private void WriteSorted(NetlinkRequest request, XfrmSa sa)
    {
        SortedSet<ushort> types = [];
        foreach (NetlinkAttribute attribute in NetlinkAttribute.In(sa.Attributes))
        {
            if (Keeps(attribute.Type))
            {
                types.Add(attribute.Type);
            }
        }

        foreach (ushort type in types)
        {
            foreach (NetlinkAttribute attribute in NetlinkAttribute.In(sa.Attributes))
            {
                if (attribute.Type == type)
                {
                    request.WriteAttribute(type, attribute.Value);
                }
            }
        }
    }

    private bool Keeps(ushort type) => type switch
    {
        XfrmAttribute.Encapsulation => !SetsEncapsulation,
        XfrmAttribute.MappingThreshold or XfrmAttribute.NatKeepalive => !SetsEncapsulation || Encapsulation is not null,
        XfrmAttribute.Replay or XfrmAttribute.ReplayEsn => Replay is null && !LeavesTrafficOut,
        XfrmAttribute.LastUsed => !LeavesTrafficOut,
        XfrmAttribute.ReplayThreshold => ReplayThreshold is null && !LeavesTrafficOut,
        XfrmAttribute.TimerThreshold => !LeavesTrafficOut,
        XfrmAttribute.Lifetime => Lifetime is null && !LeavesTrafficOut,
        XfrmAttribute.Padding => false,
        _ => true,
    };

    private void WriteNew(NetlinkRequest request, XfrmSa sa)
    {
        if (SetsEncapsulation && Encapsulation is { } encapsulation)
        {
            EncapsulationLayout layout = encapsulation.ToLayout();
            if (sa.TryReadEncapsulation(out EncapsulationLayout before))
            {
                layout.Type = before.Type;
                layout.OriginalAddress = before.OriginalAddress;
            }

            request.WriteAttribute(XfrmAttribute.Encapsulation, layout);
        }

        if (Replay is { } replay)
        {
            request.WriteAttribute(replay.AttributeType, replay.ToOctets());
        }

        if (ReplayThreshold is { } replayThreshold)
        {
            request.WriteAttribute(XfrmAttribute.ReplayThreshold, replayThreshold);
        }
    }
}
