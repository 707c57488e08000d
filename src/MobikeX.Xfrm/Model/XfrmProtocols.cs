using MobikeX.Protocol;

namespace MobikeX.Xfrm;

/// <summary>The protocol of an SA as the kernel numbers it, and as MOBIKE-X does.</summary>
public static class XfrmProtocols
{
    /// <summary>What MOBIKE-X calls a protocol of the kernel.</summary>
    public static IpsecProto ToIpsecProto(this XfrmProtocol protocol) => protocol == XfrmProtocol.Ah ? IpsecProto.Ah : IpsecProto.Esp;

    /// <summary>What the kernel calls a protocol of MOBIKE-X.</summary>
    public static XfrmProtocol ToXfrm(this IpsecProto protocol) => protocol == IpsecProto.Ah ? XfrmProtocol.Ah : XfrmProtocol.Esp;
}
