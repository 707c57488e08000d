using System.Runtime.Versioning;
using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Wfp;

/// <summary>What the backend keeps with a pair of CHILD_SAs: its context, its filters, and the address that it sends to or from.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WfpChild
{
    private WfpChild(ChildSa sa, WfpEnd end, WfpSa found)
    {
        Sa = sa;
        InitiatorIsLocal = end == WfpEnd.Initiator;
        ContextId = found.ContextId;
        IsAh = found.IsAh;
        Current = (InitiatorIsLocal ? found.Local : found.Remote)[0];
        Policy = found.IsTunnel ? found.Filters.Select(filter => filter.ProviderContext).FirstOrDefault() : Guid.Empty;
        Filters = found.Filters;
    }

    public ChildSa Sa { get; }

    public bool InitiatorIsLocal { get; }

    public ulong ContextId { get; }

    public bool IsAh { get; }

    /// <summary>The policy of the tunnel; empty in transport mode, and where no filter uses one.</summary>
    public Guid Policy { get; }

    /// <summary>The one of the Initiator's addresses that the context is about.</summary>
    public IpAddress Current { get; set; }

    /// <summary>The filters whose traffic the context carries.</summary>
    public IReadOnlyList<WfpFilter> Filters { get; set; }

    /// <summary>Finds the context of a pair of CHILD_SAs, by the SPI that the Initiator receives on.</summary>
    public static WfpChild Adopt(ChildSa sa, WfpEnd end, IReadOnlyList<WfpSa> known)
    {
        WfpSa[] found = [.. known.Where(each => Matches(each, sa, end))];
        return found.Length switch
        {
            1 => new WfpChild(sa, end, Checked(found[0], sa)),
            0 => throw new WfpException($"no SA context has the SPI and the addresses of {sa}"),
            _ => throw new WfpException($"{sa} could be any of {string.Join(", ", found.Select(each => each.ToString()))}"),
        };
    }

    private static bool Matches(WfpSa known, ChildSa sa, WfpEnd end)
    {
        (uint spi, AddressSet initiator, AddressSet responder) = end == WfpEnd.Initiator
            ? (known.InboundSpi, known.Local, known.Remote)
            : (known.OutboundSpi, known.Remote, known.Local);
        return spi == sa.Spi && sa.Initiator.Contains(initiator[0]) && sa.Responder.Contains(responder[0]);
    }

    private static WfpSa Checked(WfpSa found, ChildSa sa) =>
        found.IsAh != (sa.Protocol == IpsecProto.Ah) ? throw new WfpException($"{sa} is {sa.Protocol}, which {found} is not")
        : found.IsTunnel != sa.IsTunnel || found.IsUdpEncapsulated != sa.IsUdpEncapsulated ? throw new WfpException($"{sa} is in mode {sa.Mode}, which {found} is not")
        : found;
}
