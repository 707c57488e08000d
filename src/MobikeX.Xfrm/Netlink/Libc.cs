using System.Runtime.InteropServices;

namespace MobikeX.Xfrm.Netlink;

/// <summary>The system calls that a netlink socket needs.</summary>
internal static partial class Libc
{
    public const int AddressFamilyNetlink = 16;
    public const int SocketRaw = 3;
    public const int CloseOnExec = 0x80000;
    public const int MessageTruncated = 0x20;
    public const int SocketLevel = 1;
    public const int ReceiveBuffer = 8;
    public const int ReceiveBufferForce = 33;
    public const int ReceiveTimeout = 20;
    public const short PollIn = 1;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial NetlinkHandle Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(NetlinkHandle socket, ref NetlinkAddress address, int length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetSocketName(NetlinkHandle socket, ref NetlinkAddress address, ref int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(NetlinkHandle socket, int level, int name, ReadOnlySpan<byte> value, int length);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(NetlinkHandle socket, ReadOnlySpan<byte> octets, nint length, int flags, ref NetlinkAddress address, int addressLength);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    public static partial nint ReceiveFrom(NetlinkHandle socket, Span<byte> octets, nint length, int flags, ref NetlinkAddress address, ref int addressLength);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
