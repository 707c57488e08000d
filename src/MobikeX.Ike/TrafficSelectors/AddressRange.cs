using System.Numerics;
using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>The numbers behind addresses: a traffic selector is a range of them, a prefix is a special case.</summary>
internal static class AddressRange
{
    /// <summary>The first and the last address of a prefix.</summary>
    public static (IpAddress First, IpAddress Last) Of(AddressPrefix prefix)
    {
        bool isIPv4 = prefix.Address.IsIPv4;
        BigInteger hosts = (BigInteger.One << (prefix.Address.Length * 8 - prefix.Length)) - 1;
        BigInteger last = ToNumber(prefix.Address) | hosts;
        return (ToAddress(last - hosts, isIPv4), ToAddress(last, isIPv4));
    }

    /// <summary>The prefix that is one address.</summary>
    public static AddressPrefix Host(IpAddress address) => new(address, address.Length * 8);

    /// <summary>The longest prefix that has all addresses of a range in it.</summary>
    public static AddressPrefix Cover(IpAddress first, IpAddress last)
    {
        int length = first.Length * 8;
        while (!last.IsIn(first, length))
        {
            length--;
        }

        return new AddressPrefix(first, length);
    }

    /// <summary>The address as an unsigned number.</summary>
    public static BigInteger ToNumber(IpAddress address)
    {
        Span<byte> octets = stackalloc byte[IpAddress.IPv6Length];
        octets = octets[..address.Length];
        _ = address.TryWrite(octets);
        return new BigInteger(octets, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>The address of a number that is in range for its family.</summary>
    public static IpAddress ToAddress(BigInteger number, bool isIPv4)
    {
        Span<byte> octets = stackalloc byte[isIPv4 ? IpAddress.IPv4Length : IpAddress.IPv6Length];
        octets.Clear();
        _ = number.TryWriteBytes(octets, out int written, isUnsigned: true, isBigEndian: true);
        octets[..written].CopyTo(octets[^written..]);
        octets[..^written].Clear();
        return IpAddress.TryRead(octets, out IpAddress address) ? address : default;
    }

    /// <summary>
    /// The longest prefix that is exactly this range; false where none is.
    /// </summary>
    public static bool TryGetPrefix(IpAddress first, IpAddress last, out AddressPrefix prefix)
    {
        prefix = default;
        if (first.Length != last.Length || first.IsNone || first.CompareTo(last) > 0)
        {
            return false;
        }

        BigInteger start = ToNumber(first);
        BigInteger size = ToNumber(last) - start + 1;
        if (!size.IsPowerOfTwo || !(start % size).IsZero)
        {
            return false;
        }

        prefix = new AddressPrefix(first, first.Length * 8 - (int)BigInteger.Log2(size));
        return true;
    }
}
