using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm;

public sealed partial class XfrmClient
{
    /// <summary>The policy of a key.</summary>
    /// <exception cref="XfrmException">There is none, or the process may not.</exception>
    public XfrmPolicy GetPolicy(in XfrmPolicyKey key) => FindPolicy(key) ?? throw XfrmFaults.NotFound(key.ToString(), NetworkNamespace);

    /// <summary>The policy of a key; null where there is none.</summary>
    public XfrmPolicy? FindPolicy(in XfrmPolicyKey key)
    {
        using NetlinkRequest request = Name(XfrmMessage.GetPolicy, key);
        XfrmPolicy? found = null;
        return TryAsk(() => _netlink.Get(request, "read a policy", (in NetlinkMessage message) => found = ReadPolicy(message))) ? found : null;
    }

    /// <summary>Every policy, but for those of sockets.</summary>
    public IReadOnlyList<XfrmPolicy> ListPolicies()
    {
        using var request = new NetlinkRequest(XfrmMessage.GetPolicy, NetlinkFlags.None);
        request.Write(default(PolicyIdLayout));
        List<XfrmPolicy> policies = [];
        Ask(() => _netlink.Dump(
            request,
            "list the policies",
            policies.Clear,
            (in NetlinkMessage message) =>
            {
                if (ReadPolicy(message) is { Direction: <= XfrmDirection.Forward } policy)
                {
                    policies.Add(policy);
                }
            }));
        return policies;
    }

    /// <summary>The policies that ask for an SA: by its protocol, mode and request ID, or by its SPI.</summary>
    public IReadOnlyList<XfrmPolicyKey> PoliciesOf(XfrmSa sa) =>
        [.. ListPolicies().Where(policy => policy.Templates.Any(template => AsksFor(template, sa))).Select(static policy => policy.Key)];

    /// <summary>Makes a policy.</summary>
    /// <exception cref="XfrmException">There is one of that key.</exception>
    public void NewPolicy(XfrmPolicy policy) => Send(XfrmMessage.NewPolicy, NetlinkFlags.Create | NetlinkFlags.Exclusive, policy, $"make a {policy}");

    /// <summary>Makes a policy, in the place of the one of that key where there is one.</summary>
    public void UpdatePolicy(XfrmPolicy policy) => Send(XfrmMessage.UpdatePolicy, NetlinkFlags.Replace, policy, $"update a {policy}");

    /// <summary>Deletes a policy.</summary>
    /// <exception cref="XfrmException">There is none of that key.</exception>
    public void DeletePolicy(in XfrmPolicyKey key)
    {
        using NetlinkRequest request = Name(XfrmMessage.DeletePolicy, key);
        string action = $"delete a {key}";
        Ask(() => _netlink.Change(request, action));
    }

    private static bool AsksFor(in XfrmTemplate template, XfrmSa sa) =>
        template.Protocol == sa.Protocol && template.Mode == sa.Mode
        && ((template.RequestId != 0 && template.RequestId == sa.RequestId) || (template.Spi != 0 && template.Spi == sa.Spi));

    private static NetlinkRequest Name(ushort type, in XfrmPolicyKey key)
    {
        var request = new NetlinkRequest(type, NetlinkFlags.None);
        PolicyKeyOctets.Write(request, key);
        return request;
    }

    private static XfrmPolicy? ReadPolicy(in NetlinkMessage message) =>
        message.Type == XfrmMessage.NewPolicy && XfrmPolicy.TryRead(message.Payload, out XfrmPolicy policy) ? policy : null;

    private void Send(ushort type, NetlinkFlags flags, XfrmPolicy policy, string action)
    {
        using var request = new NetlinkRequest(type, flags);
        request.Write(policy.Info);
        request.WriteAttributes(policy.Attributes, XfrmAttribute.LastUsed, XfrmAttribute.Padding);
        Ask(() => _netlink.Change(request, action));
    }
}
