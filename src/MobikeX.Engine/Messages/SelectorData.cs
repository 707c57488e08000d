using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>The SELECTORs that are sent (section 6.3).</summary>
internal static class SelectorData
{
    private const int LargestSelector = 128;

    /// <summary>Writes SELECTORs, each with an ID of its own. One that is sent without a term of it would select more than is asked for.</summary>
    /// <returns>False where a term cannot be written, or there is none.</returns>
    public static bool TryWrite(IReadOnlyList<SaSelector> selectors, IdentifierSource identifiers, out IReadOnlyList<RequestedNotify> notifies)
    {
        List<RequestedNotify> written = [];
        notifies = written;
        foreach (SaSelector selector in selectors)
        {
            if (!TryWrite(selector, identifiers.Next(), out byte[] data))
            {
                return false;
            }

            written.Add(new RequestedNotify(SelectorNotify.Type, data));
        }

        return true;
    }

    private static bool TryWrite(SaSelector selector, ushort identifier, out byte[] data)
    {
        ParameterWriter writer = new(stackalloc byte[LargestSelector]);
        bool isWhole = (selector.IkeSpi is not { } ikeSpi || writer.TryAdd(new SpiParameter(ShortOctets.From(ikeSpi))))
            && (selector.ChildSpi is not { } childSpi || writer.TryAdd(new SpiParameter(ShortOctets.From(childSpi))))
            && (selector.Address is not { } address || writer.TryAdd(Parameter(address, selector.Places)))
            && (selector.Mode is not { } mode || writer.TryAdd(new IpsecModeParameter(mode)))
            && (selector.Protocol is not { } protocol || writer.TryAdd(new IpsecProtoParameter(protocol)))
            && (selector.Value is not { } value || writer.TryAdd(new SelectorSpecificValueParameter(value)))
            && writer.TryAdd(new IdParameter(identifier));
        data = isWhole ? writer.Written.ToArray() : [];
        return isWhole && SelectorNotify.TryRead(data, out _, out _);
    }

    private static IpParameter Parameter(IpAddress address, AddressPlaces places) =>
        new(address, header: (places & AddressPlaces.Header) != 0, inner: (places & AddressPlaces.Inner) != 0);
}
