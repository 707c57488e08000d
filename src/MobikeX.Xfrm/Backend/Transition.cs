using MobikeX.Engine;

namespace MobikeX.Xfrm;

/// <summary>Brings the kernel from one picture of some CHILD_SAs to another.</summary>
/// <remarks>
/// The order keeps every packet protected, and accepts none twice. Addresses that come are covered by policies that block. Then the SA
/// that is sent on goes and comes again with the counters with which it went, its policies are turned to it, and the same is done for
/// those received on. Policies of addresses that are gone go last.
/// </remarks>
internal sealed class Transition(XfrmClient client)
{
    /// <summary>Is told of a step before it is made; what it throws is as if the kernel had refused the step.</summary>
    public Action<XfrmStep>? Stepping { get; init; }

    /// <summary>Is told of a step after it was made.</summary>
    public Action<ChildSa>? Stepped { get; init; }

    /// <summary>Policies that SAs outside of the moves need too.</summary>
    public IReadOnlySet<XfrmPolicyKey> Kept { get; init; } = new HashSet<XfrmPolicyKey>();

    /// <summary>Blocks the addresses that come.</summary>
    public void Cover(IReadOnlyList<ChildMove> moves)
    {
        HashSet<XfrmPolicyKey> covered = [.. moves.SelectMany(static move => move.From.Policies).Select(static policy => policy.Key)];
        foreach (ChildMove move in moves)
        {
            foreach (XfrmPolicy policy in move.To.Policies)
            {
                if (covered.Add(policy.Key))
                {
                    Make(XfrmStepKind.Block, move, $"block in the place of a {policy}", () => client.NewPolicy(policy.ToBlock()));
                }
            }
        }
    }

    /// <summary>Moves the SAs, and turns the policies to them.</summary>
    public void Move(ChildMove move)
    {
        Replace(move, move.From.Outbound is { } from ? [from] : [], move.To.Outbound is { } to ? [to] : [], move.Outbound);
        Turn(move, static direction => direction == XfrmDirection.Out);
        Replace(move, move.From.Inbound, move.To.Inbound, move.Inbound);
        Turn(move, static direction => direction != XfrmDirection.Out);
    }

    /// <summary>Deletes the policies of addresses that are gone.</summary>
    public void Uncover(IReadOnlyList<ChildMove> moves)
    {
        HashSet<XfrmPolicyKey> stay = [.. moves.SelectMany(static move => move.To.Policies).Select(static policy => policy.Key), .. Kept];
        foreach (ChildMove move in moves)
        {
            foreach (XfrmPolicy policy in move.From.Policies)
            {
                if (stay.Add(policy.Key))
                {
                    Make(XfrmStepKind.DeletePolicy, move, $"delete a {policy}", () => client.DeletePolicy(policy.Key));
                }
            }
        }
    }

    /// <summary>Counts for SAs that stay what came over those that have gone, where none came in their place: how much a pair may carry does not grow by an address.</summary>
    public void CountUse(IReadOnlyList<ChildMove> moves)
    {
        foreach (ChildMove move in moves)
        {
            if (move.Inbound.Lifetime is { } used && move.To.Inbound is [var sa, ..])
            {
                Make(XfrmStepKind.CountUse, move, $"count for {sa} what came to another address", () => client.AddUse(sa.Key, used));
                move.Inbound.HandOn();
            }
        }
    }

    private void Turn(ChildMove move, Func<XfrmDirection, bool> isTurned)
    {
        foreach (XfrmPolicy policy in move.To.Policies)
        {
            // Another CHILD_SA of the same policies may have turned it already; to do it again changes nothing.
            bool stands = move.From.Policy(policy.Key)?.IsSameBesidesTraffic(policy) == true;
            if (isTurned(policy.Direction) && !stands)
            {
                Make(XfrmStepKind.UpdatePolicy, move, $"update a {policy}", () => client.UpdatePolicy(policy));
            }
        }
    }

    private void Replace(ChildMove move, IReadOnlyList<XfrmSa> from, IReadOnlyList<XfrmSa> to, LastTraffic traffic)
    {
        List<XfrmSa> stay = [.. from.Where(sa => to.Any(other => other.Key == sa.Key && other.IsSameBesidesTraffic(sa)))];
        List<XfrmSa> go = [.. from.Except(stay)];
        List<XfrmSa> come = [.. to.Where(sa => !stay.Any(other => other.Key == sa.Key))];
        if (go.Count == 1 && come.Count == 1 && stay.Count == 0 && client.MigratesStates)
        {
            Make(XfrmStepKind.MigrateSa, move, $"move {go[0]}", () => client.MigrateSa(go[0].Key, come[0]));
            return;
        }

        foreach (XfrmSa sa in go)
        {
            Delete(move, sa, traffic);
        }

        // Where none goes, one is brought back, and each has its own window again.
        if (go.Count > 0)
        {
            MergeWindows(move, stay, come, to, traffic);
        }

        XfrmSa? model = stay.FirstOrDefault();
        foreach (XfrmSa sa in come)
        {
            Create(move, sa, traffic, model);
        }
    }

    /// <summary>An SA that stays must refuse what one that went has received. It is made anew only where packets come too fast to tell it that.</summary>
    private void MergeWindows(ChildMove move, List<XfrmSa> stay, List<XfrmSa> come, IReadOnlyList<XfrmSa> to, LastTraffic traffic)
    {
        if (traffic.Replay is not { } received)
        {
            return;
        }

        foreach (XfrmSa sa in stay.ToArray())
        {
            using XfrmSa now = client.GetSa(sa.Key);
            if (now.Replay is { } replay && !replay.Covers(received) && !TryJoin(move, now, traffic))
            {
                Delete(move, sa, traffic);
                stay.Remove(sa);
                come.Add(to.First(other => other.Key == sa.Key));
            }
        }
    }

    private bool TryJoin(ChildMove move, XfrmSa sa, LastTraffic traffic)
    {
        bool isJoined = false;
        Make(XfrmStepKind.JoinWindow, move, $"have {sa} refuse what came to another address", () =>
        {
            isJoined = client.TryJoinWindow(sa, traffic.Replay!, out ReplayState known);
            traffic.Add(known);
        });
        return isJoined;
    }

    private void Delete(ChildMove move, XfrmSa sa, LastTraffic traffic) => Make(XfrmStepKind.DeleteSa, move, $"delete {sa}", () =>
    {
        using XfrmSa last = client.DeleteSa(sa.Key, sa);
        traffic.Add(last);
    });

    private void Create(ChildMove move, XfrmSa sa, LastTraffic traffic, XfrmSa? model) => Make(XfrmStepKind.NewSa, move, $"make {sa}", () =>
    {
        var seed = new LastTraffic();
        seed.Add(traffic.Replay);
        if (model is not null)
        {
            using XfrmSa now = client.GetSa(model.Key);
            seed.Add(now.Replay);
        }

        using XfrmSa made = sa.Revised(new SaRevision { Replay = seed.Replay, Lifetime = traffic.Lifetime });
        client.NewSa(made);
        traffic.HandOn();
    });

    private void Make(XfrmStepKind kind, ChildMove move, string what, Action step)
    {
        Stepping?.Invoke(new XfrmStep(kind, move.Child, what));
        step();
        if (move.Child is { } child)
        {
            Stepped?.Invoke(child);
        }
    }
}
