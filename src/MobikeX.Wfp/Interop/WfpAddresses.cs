using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MobikeX.Runtime;

namespace MobikeX.Wfp.Interop;

/// <summary>Addresses as the platform writes them.</summary>
internal static class WfpAddresses
{
    public static FwpIpVersion VersionOf(IpAddress address) => address.IsIPv6 ? FwpIpVersion.V6 : FwpIpVersion.V4;

    public static FwpAddress Write(IpAddress address)
    {
        Span<byte> octets = stackalloc byte[IpAddress.IPv6Length];
        octets.Clear();
        address.TryWrite(octets);
        FwpAddress written = MemoryMarshal.Read<FwpAddress>(octets);
        if (address.IsIPv4)
        {
            written.First = BinaryPrimitives.ReadUInt32BigEndian(octets);
        }

        return written;
    }

    public static IpAddress Read(in FwpAddress address, FwpIpVersion version)
    {
        Span<byte> octets = stackalloc byte[IpAddress.IPv6Length];
        if (version == FwpIpVersion.V6)
        {
            MemoryMarshal.Write(octets, address);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(octets, address.First);
            octets = octets[..IpAddress.IPv4Length];
        }

        IpAddress.TryRead(octets, out IpAddress read);
        return read;
    }
}
