using System.Security.Cryptography;
using MobikeX.Engine;

namespace MobikeX.Xfrm;

public sealed partial class XfrmBackend : IChildSaInstaller
{
    /// <summary>The upper half of request IDs that are chosen here: far from those that people and other software number from 1.</summary>
    private const uint RequestIdPrefix = 0x4d58;
    private const int RequestIdBits = 16;

    /// <summary>Each run begins elsewhere, so that SAs which an earlier one left behind are not found by its policies.</summary>
    private uint _requestIds = (RequestIdPrefix << RequestIdBits) + (uint)RandomNumberGenerator.GetInt32(1 << (RequestIdBits - 1));

    /// <inheritdoc/>
    public bool TryInstall(ChildSa child, ChildSaSetup setup)
    {
        LastFailure = null;
        _ = child ?? throw new ArgumentNullException(nameof(child));
        _ = setup ?? throw new ArgumentNullException(nameof(setup));
        List<Action> undo = [];
        if (Try(() => Install(child, setup, undo)))
        {
            return true;
        }

        string? failure = LastFailure;
        undo.Reverse();
        foreach (Action step in undo)
        {
            if (!Try(step))
            {
                failure = $"{failure}; taking it back: {LastFailure}";
            }
        }

        LastFailure = failure;
        return false;
    }

    /// <inheritdoc/>
    public bool TryRemove(ChildSa child)
    {
        LastFailure = null;
        if (child.BackendState is not KernelChild kernel)
        {
            LastFailure = $"{child} is not in the kernel";
            return false;
        }

        bool isWhole = true;
        if (!Try(() => isWhole = kernel.Sas.All(Exists) && kernel.Policies.All(key => _client.FindPolicy(key) is not null)))
        {
            return false;
        }

        if (isWhole)
        {
            var only = new SaSelection();
            only.Add(child);
            return TryApply(SaChange.Close(), only);
        }

        return Try(() => RemoveRest(kernel));
    }

    /// <inheritdoc/>
    public ChildSaUsage? UsageOf(ChildSa child)
    {
        if (child.BackendState is not KernelChild kernel)
        {
            return null;
        }

        try
        {
            XfrmLifetime sent = _client.GetState(kernel.Outbound).Lifetime;
            var usage = new ChildSaUsage(0, 0, sent.Packets, sent.Octets);
            foreach (XfrmSaKey key in kernel.Inbound)
            {
                XfrmLifetime received = _client.GetState(key).Lifetime;
                usage = usage with { InboundPackets = usage.InboundPackets + received.Packets, InboundOctets = usage.InboundOctets + received.Octets };
            }

            return usage;
        }
        catch (XfrmException)
        {
            // It is gone, or may not be looked at: then nothing is known of it, which is an answer.
            return null;
        }
    }

    private bool Exists(XfrmSaKey key)
    {
        using XfrmSa? found = _client.FindSa(key);
        return found is not null;
    }

    private void Install(ChildSa child, ChildSaSetup setup, List<Action> undo)
    {
        CheckInstallation(child, setup);
        IReadOnlyList<XfrmPolicyKey> keys = ChildBlueprint.PolicyKeys(child, setup);
        Dictionary<XfrmPolicyKey, XfrmPolicy> standing = StandingPolicies(keys, child);
        uint requestId = RequestId(setup, standing.Values);
        var plan = new ChildBlueprint(child, setup, requestId);
        using XfrmSa inbound = plan.Inbound(), outbound = Ranked(plan.Outbound(), setup);
        List<XfrmPolicyKey> policies = [];
        (int Number, Installation What) record = WriteDown(plan, keys, requestId, undo);
        foreach (XfrmPolicyKey key in keys)
        {
            XfrmPolicy policy = plan.Policy(key);
            policies.Add(policy.Key);
            InstallPolicy(child, policy, standing.GetValueOrDefault(policy.Key), undo);
        }

        if (setup is { SendsOnReplaced: true, Replaces.BackendState: KernelChild replaced })
        {
            ForgetSoftLimits(replaced.Outbound, child, undo);
        }

        foreach (XfrmSa sa in (XfrmSa[])[inbound, outbound])
        {
            XfrmSaKey key = sa.Key;
            Stepping?.Invoke(new XfrmStep(XfrmStepKind.NewSa, child, $"make {sa}"));
            _client.NewSa(sa);
            undo.Add(() => _client.DeleteSa(key).Dispose());
        }

        Adopt(child, new XfrmRegistration
        {
            Local = setup.IsInitiator ? XfrmEnd.Initiator : XfrmEnd.Responder,
            ResponderSpi = setup.ResponderSpi,
            Policies = policies,
        });
        ((KernelChild)child.BackendState!).Record = record;
    }

    private void InstallPolicy(ChildSa child, XfrmPolicy policy, XfrmPolicy? standing, List<Action> undo)
    {
        if (standing is null)
        {
            Stepping?.Invoke(new XfrmStep(XfrmStepKind.NewPolicy, child, $"make a {policy}"));
            _client.NewPolicy(policy);
            undo.Add(() => _client.DeletePolicy(policy.Key));
        }
        else if (!standing.IsSameBesidesTraffic(policy))
        {
            Stepping?.Invoke(new XfrmStep(XfrmStepKind.UpdatePolicy, child, $"update a {policy}"));
            _client.UpdatePolicy(policy);
            undo.Add(() => _client.UpdatePolicy(standing));
        }
    }

    private void CheckInstallation(ChildSa child, ChildSaSetup setup)
    {
        if (child.IsClosed || child.BackendState is not null)
        {
            throw new XfrmException(XfrmProblem.Exists, $"{child} was installed before");
        }

        if (child.Ike.IsClosed || Directory.FindIkeSa(child.Ike, child.Ike.Spi) != child.Ike)
        {
            throw new XfrmException(XfrmProblem.NotFound, $"the IKE_SA of {child} is not known");
        }

        if (!SaAddresses.Of(child).AreOfOneFamily())
        {
            throw new XfrmException(XfrmProblem.Mismatch, $"{child} has addresses of two families in its header");
        }

        if (setup.Replaces is { BackendState: not KernelChild } replaced)
        {
            throw new XfrmException(XfrmProblem.NotFound, $"{replaced}, which {child} replaces, is not in the kernel");
        }
    }

    /// <summary>Policies that are there already; those of others are not touched.</summary>
    private Dictionary<XfrmPolicyKey, XfrmPolicy> StandingPolicies(IReadOnlyList<XfrmPolicyKey> keys, ChildSa child)
    {
        Dictionary<XfrmPolicyKey, XfrmPolicy> standing = [];
        foreach (XfrmPolicyKey key in keys)
        {
            if (_client.FindPolicy(key) is not { } found)
            {
                continue;
            }

            KernelChild? owner = Shares(found.Key) is [{ } first, ..] ? first : null;
            if (owner is null && !IsLeftBehind(found))
            {
                throw new XfrmException(XfrmProblem.Exists, $"the SPD has a {found} that is not of this backend");
            }

            if (owner is not null && (owner.Child.IsTunnel != child.IsTunnel || owner.Child.Protocol != child.Protocol))
            {
                throw new XfrmException(XfrmProblem.Mismatch, $"the SPD has a {found} of {owner.Child}, which is in another mode");
            }

            standing.Add(found.Key, found);
        }

        return standing;
    }

    /// <summary>A policy with a request ID of this backend and no pair: a run that was cut off has left it.</summary>
    private static bool IsLeftBehind(XfrmPolicy policy) =>
        policy.Templates is [{ RequestId: var id }] && id >> RequestIdBits == RequestIdPrefix;

    /// <summary>A pair with the policies of another has its request ID too, so that the kernel finds the newer one by them.</summary>
    private uint RequestId(ChildSaSetup setup, IEnumerable<XfrmPolicy> standing)
    {
        if (setup.RequestId != 0)
        {
            return setup.RequestId;
        }

        if (setup.Replaces?.BackendState is KernelChild replaced && _client.FindSa(replaced.Outbound) is { } outbound)
        {
            using (outbound)
            {
                return outbound.RequestId;
            }
        }

        uint shared = standing.Where(policy => Shares(policy.Key).Count > 0)
            .SelectMany(static policy => policy.Templates).Select(static template => template.RequestId).FirstOrDefault();
        return shared != 0 ? shared : ++_requestIds;
    }

    /// <summary>Of the SAs of one request ID the kernel sends on the one that was made last: this one is made to be older than the one it is to come after.</summary>
    private XfrmSa Ranked(XfrmSa outbound, ChildSaSetup setup)
    {
        if (!setup.SendsOnReplaced || setup.Replaces?.BackendState is not KernelChild replaced)
        {
            return outbound;
        }

        // One that has carried what it may is gone already, and nothing is to come after it.
        if (_client.FindSa(replaced.Outbound) is not { } before)
        {
            return outbound;
        }

        using (outbound)
        using (before)
        {
            return outbound.Revised(new SaRevision { Lifetime = new XfrmLifetime(0, 0, before.Lifetime.AddTime - 1, 0) });
        }
    }

    /// <summary>The kernel sends rather on an SA that is not at its soft limit. One that is to be sent on still, and is being replaced already, has none any more.</summary>
    private void ForgetSoftLimits(XfrmSaKey key, ChildSa child, List<Action> undo)
    {
        using XfrmSa? sa = _client.FindSa(key);
        if (sa is null || (sa.Limits.SoftOctets is null && sa.Limits.SoftPackets is null))
        {
            return;
        }

        Stepping?.Invoke(new XfrmStep(XfrmStepKind.UpdateSa, child, $"update {sa}"));
        ChildSaLimits before = sa.Limits;
        Limit(key, new ChildSaLimits { HardOctets = before.HardOctets, HardPackets = before.HardPackets });
        undo.Add(() => Limit(key, before));
    }

    private void Limit(in XfrmSaKey key, ChildSaLimits limits)
    {
        using XfrmSa sa = _client.GetSa(key);
        using XfrmSa limited = sa.Revised(new SaRevision { Limits = limits });
        _client.UpdateSa(limited);
    }

    /// <summary>Of a pair that the kernel has lost in part, what others do not need.</summary>
    private void RemoveRest(KernelChild kernel)
    {
        foreach (XfrmSaKey key in kernel.Sas.Where(Exists))
        {
            _client.DeleteSa(key).Dispose();
        }

        foreach (XfrmPolicyKey key in kernel.Policies)
        {
            if (Shares(key).All(owner => owner == kernel) && _client.FindPolicy(key) is not null)
            {
                _client.DeletePolicy(key);
            }
        }

        StrikeOut(kernel);
        Disown(kernel);
        kernel.Child.BackendState = null;
        Directory.Remove(kernel.Child);
    }
}
