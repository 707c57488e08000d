namespace MobikeX.Xfrm;

/// <summary>Brings the kernel back to a picture, or on to another, from wherever between the two it is.</summary>
internal sealed class Restoration(XfrmClient client)
{
    /// <summary>Policies that SAs outside of the moves need too.</summary>
    public IReadOnlySet<XfrmPolicyKey> Kept { get; init; } = new HashSet<XfrmPolicyKey>();

    /// <summary>What the kernel has now of what a move is about. What another put there under a name of ours is not ours.</summary>
    public ChildPicture Now(ChildMove move)
    {
        // The next is made only when the last is gone, so that two are the work of another.
        List<XfrmSa> outbound = Named(Listed(move.From.Outbound), Listed(move.To.Outbound));
        if (outbound.Count > 1)
        {
            string names = string.Join(" and ", outbound);
            outbound.ForEach(static sa => sa.Dispose());
            throw new XfrmException(XfrmProblem.Mismatch, $"{move.Name} has two SAs to send on, which only another can have made: {names}");
        }

        List<XfrmSa> inbound = Named(move.From.Inbound, move.To.Inbound);
        List<XfrmPolicy> policies = [];
        foreach (XfrmPolicyKey key in move.From.Policies.Concat(move.To.Policies).Select(static policy => policy.Key).Distinct())
        {
            XfrmPolicy? found = client.FindPolicy(key);
            if (found is not null && (move.From.Policy(key) is not null || IsOurs(found, move.To.Policy(key)!)))
            {
                policies.Add(found);
            }
        }

        return new ChildPicture { Outbound = outbound.FirstOrDefault(), Inbound = inbound, Policies = policies };
    }

    /// <summary>Brings the kernel to where each move began, or was to end.</summary>
    /// <exception cref="XfrmException">Some of it could not be done; the rest was.</exception>
    public void Run(IReadOnlyList<ChildMove> moves, bool toTheEnd)
    {
        List<XfrmException> faults = [];
        List<ChildMove> ways = [.. moves.Select(move => new ChildMove
        {
            Child = null,
            Name = move.Name,
            From = Now(move),
            To = toTheEnd ? move.To : move.From,
            Outbound = move.Outbound,
            Inbound = move.Inbound,
        })];
        var transition = new Transition(client) { Kept = Kept };
        Attempt(faults, () => transition.Cover(ways));
        ways.ForEach(way => Attempt(faults, () => transition.Move(way)));
        if (faults.Count == 0)
        {
            Attempt(faults, () => transition.Uncover(ways));
        }

        ways.ForEach(static way => way.From.Dispose());
        if (faults.Count > 0)
        {
            throw new XfrmException(faults[0].Problem, string.Join("; ", faults.Select(static fault => fault.Message)), faults[0]);
        }
    }

    private static IReadOnlyList<XfrmSa> Listed(XfrmSa? sa) => sa is null ? [] : [sa];

    private static bool IsOurs(XfrmPolicy found, XfrmPolicy planned) =>
        found.IsSameBesidesTraffic(planned) || found.IsSameBesidesTraffic(planned.ToBlock());

    private List<XfrmSa> Named(IReadOnlyList<XfrmSa> before, IReadOnlyList<XfrmSa> after)
    {
        List<XfrmSa> found = [];
        foreach (XfrmSaKey key in before.Concat(after).Select(static sa => sa.Key).Distinct())
        {
            if (client.FindSa(key) is not { } sa)
            {
                continue;
            }

            if (before.Any(own => own.Key == key) || after.Any(own => own.Key == key && own.IsSameBesidesTraffic(sa)))
            {
                found.Add(sa);
            }
            else
            {
                sa.Dispose();
            }
        }

        return found;
    }

    private static void Attempt(List<XfrmException> faults, Action step)
    {
        try
        {
            step();
        }
        catch (XfrmException fault)
        {
            faults.Add(fault);
        }
    }
}
