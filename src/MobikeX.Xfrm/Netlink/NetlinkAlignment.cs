namespace MobikeX.Xfrm.Netlink;

/// <summary>Messages and attributes begin at multiples of four octets.</summary>
internal static class NetlinkAlignment
{
    public static int Align(int length) => (length + 3) & ~3;
}
