using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>What the kernel's error numbers mean here, in words that say what is missing.</summary>
internal static class XfrmFaults
{
    public static XfrmException OfOpening(NetlinkException fault) => fault.Error switch
    {
        Errno.ProtocolNotSupported or Errno.FamilyNotSupported => new XfrmException(
            XfrmProblem.NoXfrm, $"{fault.Message}: this kernel has no XFRM interface (module xfrm_user, CONFIG_XFRM_USER)", fault),
        _ => new XfrmException(XfrmProblem.Refused, fault.Message, fault),
    };

    public static XfrmException Of(NetlinkException fault, string networkNamespace) => fault.Error switch
    {
        Errno.NotPermitted => new XfrmException(
            XfrmProblem.NotPermitted, $"{fault.Message}: it needs CAP_NET_ADMIN in the user namespace that owns the network namespace {networkNamespace}", fault),
        Errno.ProtocolNotSupported => new XfrmException(
            XfrmProblem.NoSupport, $"{fault.Message}: this kernel has no AH or ESP for that address family (modules esp4, esp6, ah4, ah6)", fault),
        Errno.NoSystemCall => new XfrmException(
            XfrmProblem.NoSupport, $"{fault.Message}: this kernel lacks an algorithm of the SA", fault),
        Errno.NoEntry or Errno.NoProcess => new XfrmException(
            XfrmProblem.NotFound, $"{fault.Message}: not in the network namespace {networkNamespace}, and no other can be seen from it", fault),
        Errno.Exists => new XfrmException(XfrmProblem.Exists, fault.Message, fault),
        _ => new XfrmException(XfrmProblem.Refused, fault.Message, fault),
    };

    public static XfrmException NotFound(string what, string networkNamespace) =>
        new(XfrmProblem.NotFound, $"there is no {what} in the network namespace {networkNamespace}, and no other can be seen from it");
}
