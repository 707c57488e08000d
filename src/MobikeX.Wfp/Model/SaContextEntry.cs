using MobikeX.Engine;
using MobikeX.Runtime;
using MobikeX.Wfp.Interop;

namespace MobikeX.Wfp;

/// <summary>What a IPSEC_SA_CONTEXT1 that the platform returned says.</summary>
internal sealed unsafe class SaContextEntry
{
    public required ulong Id { get; init; }

    public required uint InboundSpi { get; init; }

    public required uint OutboundSpi { get; init; }

    public required bool IsAh { get; init; }

    public required bool IsTunnel { get; init; }

    public required IpAddress Local { get; init; }

    public required IpAddress Remote { get; init; }

    /// <summary>Of the inbound and the outbound traffic: the filter in transport mode, the policy in tunnel mode.</summary>
    public required ulong[] FilterOrPolicyIds { get; init; }

    public required IpsecV4UdpEncapsulation0? UdpEncapsulation { get; init; }

    /// <summary>Reads a context; null where one of its SAs is not there yet.</summary>
    public static SaContextEntry? Read(IpsecSaContext1* context)
    {
        if (context is null || context->InboundSa == 0 || context->OutboundSa == 0)
        {
            return null;
        }

        var inbound = (IpsecSaDetails1*)context->InboundSa;
        var outbound = (IpsecSaDetails1*)context->OutboundSa;
        if (FirstSa(inbound) is not { } receives || FirstSa(outbound) is not { } sends)
        {
            return null;
        }

        return new SaContextEntry
        {
            Id = context->SaContextId,
            InboundSpi = receives.Spi,
            OutboundSpi = sends.Spi,
            IsAh = sends.SaTransformType == WfpNumbers.TransformAh,
            IsTunnel = outbound->Traffic.TrafficType == IpsecTrafficType.Tunnel,
            Local = WfpAddresses.Read(outbound->Traffic.Local, outbound->Traffic.IpVersion),
            Remote = WfpAddresses.Read(outbound->Traffic.Remote, outbound->Traffic.IpVersion),
            FilterOrPolicyIds = [inbound->Traffic.FilterOrPolicyId, outbound->Traffic.FilterOrPolicyId],
            UdpEncapsulation = UdpOf(outbound),
        };
    }

    public static IpsecV4UdpEncapsulation0? UdpOf(IpsecSaDetails1* details) =>
        details->IpVersion == FwpIpVersion.V4 && details->UdpEncapsulation != 0 ? *(IpsecV4UdpEncapsulation0*)details->UdpEncapsulation : null;

    public WfpSa ToSa(IReadOnlyList<WfpFilter> all, Guid policy)
    {
        WfpFilter[] filters = IsTunnel
            ? [.. all.Where(filter => filter.IsTunnel && policy != Guid.Empty && filter.ProviderContext == policy)]
            : [.. OfTransport(all)];
        return new WfpSa
        {
            ContextId = Id,
            InboundSpi = InboundSpi,
            OutboundSpi = OutboundSpi,
            IsAh = IsAh,
            IsTunnel = IsTunnel,
            Local = IsTunnel ? new AddressSet(Local) : HostsAt(filters, true, new AddressSet(Local)),
            Remote = IsTunnel ? new AddressSet(Remote) : HostsAt(filters, false, new AddressSet(Remote)),
            LocalInner = IsTunnel ? HostsAt(filters, true, default) : default,
            RemoteInner = IsTunnel ? HostsAt(filters, false, default) : default,
            IsUdpEncapsulated = UdpEncapsulation is not null,
            UdpPorts = (UdpEncapsulation?.LocalUdpEncapPort ?? 0, UdpEncapsulation?.RemoteUdpEncapPort ?? 0),
            Filters = filters,
        };
    }

    private IEnumerable<WfpFilter> OfTransport(IReadOnlyList<WfpFilter> all) =>
        all.Where(filter => !filter.IsTunnel && (FilterOrPolicyIds.Contains(filter.Id) || filter.AddedFor == Id));

    private static AddressSet HostsAt(IEnumerable<WfpFilter> filters, bool local, AddressSet first)
    {
        foreach (WfpFilter filter in filters.Where(filter => filter.IsReadable))
        {
            first = first.With(filter.HostAt(local));
        }

        return first;
    }

    private static IpsecSa0? FirstSa(IpsecSaDetails1* details) =>
        details->SaBundle.NumSAs == 0 || details->SaBundle.SaList == 0 ? null : *(IpsecSa0*)details->SaBundle.SaList;
}
