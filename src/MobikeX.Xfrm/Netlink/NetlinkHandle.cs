using Microsoft.Win32.SafeHandles;

namespace MobikeX.Xfrm.Netlink;

/// <summary>A file descriptor of a netlink socket.</summary>
internal sealed class NetlinkHandle() : SafeHandleMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
