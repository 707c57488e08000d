using System.Runtime.InteropServices;

namespace MobikeX.Xfrm.Netlink;

/// <summary><c>struct nlmsghdr</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NetlinkHeader
{
    public const int Size = 16;

    public uint Length;
    public ushort Type;
    public NetlinkFlags Flags;
    public uint Sequence;
    public uint Port;
}

/// <summary>The flags of a netlink message; some numbers mean one thing in a request and another in an answer.</summary>
[Flags]
internal enum NetlinkFlags : ushort
{
    None = 0,
    Request = 0x1,
    Multi = 0x2,
    Acknowledge = 0x4,
    DumpInterrupted = 0x10,

    Root = 0x100,
    Match = 0x200,
    Dump = Root | Match,

    Replace = 0x100,
    Exclusive = 0x200,
    Create = 0x400,

    Capped = 0x100,
    ExtendedAcknowledge = 0x200,
}

/// <summary>The message types that every netlink family has.</summary>
internal static class NetlinkControl
{
    public const ushort Error = 2;
    public const ushort Done = 3;
}
