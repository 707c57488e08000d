using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>Writes the part of a policy's key that is no selector.</summary>
internal static class PolicyKeyWriter
{
    public static void WriteAttributes(NetlinkRequest request, in XfrmPolicyKey key)
    {
        key.Mark.WriteTo(request);
        if (key.InterfaceId != 0)
        {
            request.WriteAttribute(XfrmAttribute.InterfaceId, key.InterfaceId);
        }

        if (key.Type != 0)
        {
            request.WriteAttribute(XfrmAttribute.PolicyType, new PolicyTypeLayout { Type = key.Type });
        }
    }
}
