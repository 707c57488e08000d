namespace MobikeX.Xfrm;

/// <summary>What the kernel has of a pair of CHILD_SAs, or is to have: the SA it sends on, those it receives on, and the policies.</summary>
internal sealed class ChildPicture : IDisposable
{
    /// <summary>The one SA that is sent on; null where there is none.</summary>
    public XfrmSa? Outbound { get; init; }

    /// <summary>The SAs that are received on, one for each own address.</summary>
    public required IReadOnlyList<XfrmSa> Inbound { get; init; }

    public required IReadOnlyList<XfrmPolicy> Policies { get; init; }

    public static ChildPicture Nothing => new() { Inbound = [], Policies = [] };

    public XfrmPolicy? Policy(XfrmPolicyKey key) => Policies.FirstOrDefault(policy => policy.Key == key);

    public bool IsSameBesidesTraffic(ChildPicture other) =>
        AreSame(Outbound is null ? [] : [Outbound], other.Outbound is null ? [] : [other.Outbound])
        && AreSame(Inbound, other.Inbound)
        && Policies.Count == other.Policies.Count
        && Policies.All(policy => other.Policy(policy.Key)?.IsSameBesidesTraffic(policy) == true);

    public void Dispose()
    {
        Outbound?.Dispose();
        foreach (XfrmSa sa in Inbound)
        {
            sa.Dispose();
        }
    }

    private static bool AreSame(IReadOnlyList<XfrmSa> sas, IReadOnlyList<XfrmSa> others) =>
        sas.Count == others.Count && sas.All(sa => others.Any(other => other.Key == sa.Key && other.IsSameBesidesTraffic(sa)));
}
