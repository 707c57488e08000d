using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>The Notification Data of a SELECTOR that is sent (section 6.3).</summary>
internal static class SelectorData
{
    private const int LargestSelector = 128;

    /// <summary>Writes what is given of a SELECTOR, and its ID.</summary>
    public static byte[] Of(SaSelector selector, ushort identifier)
    {
        ParameterWriter writer = new(stackalloc byte[LargestSelector]);
        if (selector.IkeSpi is { } ikeSpi)
        {
            writer.TryAdd(new SpiParameter(ShortOctets.From(ikeSpi)));
        }

        if (selector.ChildSpi is { } childSpi)
        {
            writer.TryAdd(new SpiParameter(ShortOctets.From(childSpi)));
        }

        if (selector.Address is { } address)
        {
            writer.TryAdd(new IpParameter(address, header: (selector.Places & AddressPlaces.Header) != 0, inner: (selector.Places & AddressPlaces.Inner) != 0));
        }

        if (selector.Mode is { } mode)
        {
            writer.TryAdd(new IpsecModeParameter(mode));
        }

        if (selector.Protocol is { } protocol)
        {
            writer.TryAdd(new IpsecProtoParameter(protocol));
        }

        if (selector.Value is { } value)
        {
            writer.TryAdd(new SelectorSpecificValueParameter(value));
        }

        writer.TryAdd(new IdParameter(identifier));
        return writer.Written.ToArray();
    }
}
