using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MobikeX.Engine;
using MobikeX.Wfp.Interop;

namespace MobikeX.Wfp;

/// <summary>Reads a FWPM_FILTER0 that the platform returned.</summary>
internal static unsafe class WfpFilterReader
{
    /// <summary>Begins the description of a filter that was added here, so that a later run and a person know it; the number of the context follows.</summary>
    private const string Mark = "MOBIKE-X: address of SA context ";

    private static readonly Dictionary<Guid, (WfpDirection Direction, bool IsTunnel, bool IsIPv6)> Callouts = new()
    {
        [WfpNumbers.CalloutInboundTransportV4] = (WfpDirection.Inbound, false, false),
        [WfpNumbers.CalloutInboundTransportV6] = (WfpDirection.Inbound, false, true),
        [WfpNumbers.CalloutOutboundTransportV4] = (WfpDirection.Outbound, false, false),
        [WfpNumbers.CalloutOutboundTransportV6] = (WfpDirection.Outbound, false, true),
        [WfpNumbers.CalloutInboundTunnelV4] = (WfpDirection.Inbound, true, false),
        [WfpNumbers.CalloutInboundTunnelV6] = (WfpDirection.Inbound, true, true),
        [WfpNumbers.CalloutOutboundTunnelV4] = (WfpDirection.Outbound, true, false),
        [WfpNumbers.CalloutOutboundTunnelV6] = (WfpDirection.Outbound, true, true),
    };

    /// <summary>The filter; null where it does not hand traffic to IPsec at a transport layer.</summary>
    public static WfpFilter? Read(FwpmFilter0* filter)
    {
        if (filter is null
            || (filter->Action.Type & WfpNumbers.ActionCallout) == 0
            || !Callouts.TryGetValue(filter->Action.CalloutKey, out (WfpDirection Direction, bool IsTunnel, bool IsIPv6) callout)
            || filter->LayerKey != LayerOf(callout.Direction, callout.IsIPv6))
        {
            return null;
        }

        List<AddressPrefix> local = [], remote = [];
        bool readable = true;
        var conditions = (FwpmFilterCondition0*)filter->FilterCondition;
        for (uint i = 0; conditions is not null && i < filter->NumFilterConditions; i++)
        {
            if (EndOf(conditions[i].FieldKey) is { } isLocal)
            {
                readable &= TryReadPrefix(conditions[i], out AddressPrefix prefix);
                (isLocal ? local : remote).Add(prefix);
            }
        }

        return new WfpFilter
        {
            Id = filter->FilterId,
            Direction = callout.Direction,
            IsTunnel = callout.IsTunnel,
            IsIPv6 = callout.IsIPv6,
            Local = local,
            Remote = remote,
            ProviderContext = (filter->Flags & WfpNumbers.FilterHasProviderContext) != 0 ? filter->Context.ToGuid() : Guid.Empty,
            AddedFor = ContextOf(filter->DisplayData.Description),
            IsReadable = readable,
        };
    }

    /// <summary>The description of a filter that is added for an address of a context.</summary>
    public static string DescriptionFor(ulong context) => string.Create(CultureInfo.InvariantCulture, $"{Mark}{context}");

    /// <summary>True for a condition on the local address, false for the remote one, null for any other.</summary>
    public static bool? EndOf(in Guid field) =>
        field == WfpNumbers.IpLocalAddress ? true : field == WfpNumbers.IpRemoteAddress ? false : null;

    private static Guid LayerOf(WfpDirection direction, bool isIPv6) => direction == WfpDirection.Inbound
        ? isIPv6 ? WfpNumbers.InboundTransportV6 : WfpNumbers.InboundTransportV4
        : isIPv6 ? WfpNumbers.OutboundTransportV6 : WfpNumbers.OutboundTransportV4;

    private static bool TryReadPrefix(in FwpmFilterCondition0 condition, out AddressPrefix prefix)
    {
        prefix = default;
        if (condition.MatchType != FwpMatchType.Equal)
        {
            return false;
        }

        nint at = (nint)condition.ConditionValue.Union;
        switch (condition.ConditionValue.Type)
        {
            case FwpDataType.UInt32:
                return TryMake(new FwpAddress { First = (uint)condition.ConditionValue.Union }, FwpIpVersion.V4, 32, out prefix);
            case FwpDataType.V4AddrMask when at != 0:
                var masked = (FwpV4AddrAndMask*)at;
                int bits = BitOperations.LeadingZeroCount(~masked->Mask);
                bool contiguous = (uint)((ulong)uint.MaxValue << (32 - bits)) == masked->Mask;
                return contiguous && TryMake(new FwpAddress { First = masked->Addr }, FwpIpVersion.V4, bits, out prefix);
            case FwpDataType.ByteArray16 when at != 0:
                return TryMake(Unsafe.ReadUnaligned<FwpAddress>((void*)at), FwpIpVersion.V6, 128, out prefix);
            case FwpDataType.V6AddrMask when at != 0:
                var prefixed = (FwpV6AddrAndMask*)at;
                return prefixed->PrefixLength <= 128 && TryMake(prefixed->Addr, FwpIpVersion.V6, prefixed->PrefixLength, out prefix);
            default:
                return false;
        }
    }

    private static bool TryMake(in FwpAddress address, FwpIpVersion version, int length, out AddressPrefix prefix)
    {
        prefix = new AddressPrefix(WfpAddresses.Read(address, version), length);
        return true;
    }

    private static ulong ContextOf(nint description)
    {
        string? text = description == 0 ? null : Marshal.PtrToStringUni(description);
        return text is not null && text.StartsWith(Mark, StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out ulong context) ? context : 0;
    }
}
