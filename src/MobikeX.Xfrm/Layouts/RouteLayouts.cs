using System.Runtime.InteropServices;

namespace MobikeX.Xfrm.Layouts;

/// <summary><c>struct ifaddrmsg</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AddressLayout
{
    public byte Family;
    public byte PrefixLength;
    public byte Flags;
    public byte Scope;
    public int Link;
}

/// <summary><c>struct ifinfomsg</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinkLayout
{
    public byte Family;
    public byte Padding;
    public ushort Type;
    public int Index;
    public uint Flags;
    public uint Change;
}

/// <summary>The numbers of <c>NETLINK_ROUTE</c> that are used.</summary>
internal static class RouteNumbers
{
    public const int Family = 0;

    public const ushort NewLink = 16;
    public const ushort DeleteLink = 17;
    public const ushort GetLink = 18;
    public const ushort NewAddress = 20;
    public const ushort DeleteAddress = 21;
    public const ushort GetAddress = 22;

    public const uint LinkGroup = 1;
    public const uint IPv4AddressGroup = 5;
    public const uint IPv6AddressGroup = 9;

    public const ushort LinkName = 3;
    public const ushort Address = 1;
    public const ushort LocalAddress = 2;
    public const ushort AddressFlags = 8;

    public const uint IsUp = 0x1;
    public const uint HasCarrier = 0x10000;

    /// <summary>The index of the loopback interface, in each network namespace.</summary>
    public const int Loopback = 1;

    public const byte NoDuplicateCheck = 0x02;
    public const uint FailedDuplicateCheck = 0x08;
    public const uint Deprecated = 0x20;
    public const uint Tentative = 0x40;

    /// <summary>From here on, addresses reach no farther than their link.</summary>
    public const byte LinkScope = 253;
}
