using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

/// <summary>The name of a policy in the kernel's own form.</summary>
internal static class PolicyKeyOctets
{
    /// <summary>Writes it: the kernel finds the policy by it.</summary>
    public static void Write(NetlinkRequest request, in XfrmPolicyKey key)
    {
        request.Write(new PolicyIdLayout { Selector = SelectorLayout.From(key.Selector), Direction = (byte)key.Direction });
        PolicyKeyWriter.WriteAttributes(request, key);
    }

    public static byte[] Of(in XfrmPolicyKey key)
    {
        using var request = new NetlinkRequest(XfrmMessage.GetPolicy, NetlinkFlags.None);
        Write(request, key);
        return request.Octets[NetlinkHeader.Size..].ToArray();
    }

    public static bool TryRead(ReadOnlySpan<byte> octets, out XfrmPolicyKey key)
    {
        key = default;
        if (octets.Length < Unsafe.SizeOf<PolicyIdLayout>())
        {
            return false;
        }

        PolicyIdLayout id = MemoryMarshal.Read<PolicyIdLayout>(octets);
        ReadOnlySpan<byte> attributes = octets[Unsafe.SizeOf<PolicyIdLayout>()..];
        NetlinkAttribute.TryFindNumber(attributes, XfrmAttribute.InterfaceId, out uint interfaceId);
        byte type = NetlinkAttribute.TryFind(attributes, XfrmAttribute.PolicyType, out ReadOnlySpan<byte> found) && found.Length > 0 ? found[0] : (byte)0;
        key = new XfrmPolicyKey(id.Selector.Read(), (XfrmDirection)id.Direction, XfrmMark.Read(attributes), interfaceId, type);
        return true;
    }

    /// <summary>Reads it from hexadecimal digits.</summary>
    public static bool TryParse(string digits, out XfrmPolicyKey key)
    {
        byte[] octets = new byte[digits.Length / 2];
        key = default;
        return Convert.FromHexString(digits, octets, out _, out _) == OperationStatus.Done && TryRead(octets, out key);
    }
}
