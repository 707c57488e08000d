using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MobikeX.Runtime;

namespace MobikeX.Xfrm.Layouts;

/// <summary><c>xfrm_address_t</c>: 4 or 16 octets of an address; its family stands elsewhere. It is aligned as the numbers in it are.</summary>
[InlineArray(Words)]
internal struct XfrmAddress
{
    private const int Words = IpAddress.IPv6Length / sizeof(uint);

    private uint _first;

    public static XfrmAddress From(IpAddress address)
    {
        XfrmAddress value = default;
        address.TryWrite(MemoryMarshal.AsBytes((Span<uint>)value));
        return value;
    }

    /// <summary>The address of a family; none where the family is another, or all octets are zero.</summary>
    public readonly IpAddress Read(ushort family)
    {
        ReadOnlySpan<byte> octets = MemoryMarshal.AsBytes((ReadOnlySpan<uint>)this);
        int length = family switch { AddressFamilies.IPv4 => IpAddress.IPv4Length, AddressFamilies.IPv6 => IpAddress.IPv6Length, _ => 0 };
        return octets[..length].ContainsAnyExcept((byte)0) && IpAddress.TryRead(octets[..length], out IpAddress address) ? address : default;
    }
}

/// <summary>The numbers of address families in the kernel.</summary>
internal static class AddressFamilies
{
    public const ushort Unspecified = 0;
    public const ushort IPv4 = 2;
    public const ushort IPv6 = 10;

    public static ushort Of(IpAddress address) => address.IsIPv6 ? IPv6 : address.IsIPv4 ? IPv4 : Unspecified;
}
