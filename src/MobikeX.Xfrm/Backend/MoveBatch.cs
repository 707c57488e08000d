using MobikeX.Engine;

namespace MobikeX.Xfrm;

/// <summary>The moves of one change: all of them are made, or none is.</summary>
internal sealed class MoveBatch(XfrmClient client, Func<XfrmPolicyKey, IReadOnlyList<KernelChild>> owners) : IDisposable
{
    private readonly List<Entry> _entries = [];

    /// <summary>The moves that change something in the kernel.</summary>
    public IReadOnlyList<ChildMove> Moves { get; private set; } = [];

    /// <summary>Policies that must stay, since pairs that do not move need them.</summary>
    public IReadOnlySet<XfrmPolicyKey> KeptPolicies { get; private set; } = new HashSet<XfrmPolicyKey>();

    /// <summary>Works out the moves, and finds what stands in their way; changes nothing.</summary>
    /// <exception cref="XfrmException">They cannot be made.</exception>
    public void Plan(SaSelection targets, Func<SecurityAssociation, bool> closes, Func<SecurityAssociation, SaAddresses> after, bool replaces)
    {
        SaSelection children = new();
        HashSet<ChildSa> closing = [];
        for (int i = 0; i < targets.Count; i++)
        {
            if (targets[i].IsClosed)
            {
                throw new XfrmException(XfrmProblem.NotFound, $"{targets[i]} is closed");
            }

            Collect(targets[i], closes(targets[i]), children, closing);
        }

        for (int i = 0; i < children.Count; i++)
        {
            var child = (ChildSa)children[i];
            var from = SaAddresses.Of(child);
            Add(child, from, closing.Contains(child) ? null : after(child), replaces);
        }

        Moves = [.. _entries.Where(static entry => entry.Changes).Select(static entry => entry.Move)];
        CheckShared();
        CheckNames();
    }

    /// <summary>Makes the moves; SAs that close do so last, when nothing else can fail any more.</summary>
    public void Run(Transition transition)
    {
        transition.Cover(Moves);
        foreach (Entry entry in _entries.Where(static entry => entry is { Changes: true, To: not null }))
        {
            transition.Move(entry.Move);
        }

        WriteAddresses();
        List<ChildMove> closing = [.. _entries.Where(static entry => entry.To is null).Select(static entry => entry.Move)];
        transition.Uncover([.. Moves.Except(closing)]);
        closing.ForEach(transition.Move);
        transition.Uncover(closing);
        transition.CountUse(Moves);
    }

    /// <summary>Gives the pairs their addresses of before.</summary>
    public void WriteBack()
    {
        foreach (Entry entry in _entries)
        {
            entry.From.WriteTo(entry.Kernel.Child);
        }
    }

    /// <summary>Takes over the names of what is in the kernel now.</summary>
    public void Commit(SaDirectory directory, Action<KernelChild> own, Action<KernelChild> disown, Action<KernelChild> closed)
    {
        WriteAddresses();
        foreach (Entry entry in _entries)
        {
            disown(entry.Kernel);
            if (entry.To is null)
            {
                entry.Kernel.Child.BackendState = null;
                directory.Remove(entry.Kernel.Child);
                closed(entry.Kernel);
            }
            else
            {
                entry.Kernel.Take(entry.Move.To);
                own(entry.Kernel);
            }
        }
    }

    public void Dispose() => _entries.ForEach(static entry => entry.Move.Dispose());

    private static void Collect(SecurityAssociation target, bool closes, SaSelection children, HashSet<ChildSa> closing)
    {
        if (target is ChildSa child)
        {
            children.Add(child);
            if (closes)
            {
                closing.Add(child);
            }
        }
        else if (target is IkeSa ike && closes)
        {
            foreach (ChildSa under in ike.Children)
            {
                children.Add(under);
                closing.Add(under);
            }
        }
    }

    private void WriteAddresses()
    {
        foreach (Entry entry in _entries)
        {
            entry.To?.WriteTo(entry.Kernel.Child);
        }
    }

    private void Add(ChildSa child, in SaAddresses from, SaAddresses? to, bool replaces)
    {
        if (child.BackendState is not KernelChild kernel)
        {
            throw new XfrmException(XfrmProblem.NotFound, $"{child} was not given to this backend");
        }

        if (to is { } planned && !planned.AreOfOneFamily())
        {
            throw new XfrmException(XfrmProblem.Mismatch, $"{child} would have addresses of two families in its header");
        }

        ChildPicture before = kernel.Read(client);
        ChildPicture after = to is { } addresses ? new ChildPlan(kernel, before, from, addresses, replaces).Make() : ChildPicture.Nothing;
        _entries.Add(new Entry(kernel, from, to, new ChildMove { Child = child, Name = child.ToString(), From = before, To = after }));
    }

    /// <summary>A policy that a pair outside of the change needs too can neither go nor be turned to another SA.</summary>
    private void CheckShared()
    {
        HashSet<KernelChild> moving = [.. _entries.Select(static entry => entry.Kernel)];
        HashSet<XfrmPolicyKey> kept = [];
        foreach (ChildMove move in Moves)
        {
            foreach (XfrmPolicy policy in move.From.Policies)
            {
                KernelChild? other = owners(policy.Key).FirstOrDefault(owner => !moving.Contains(owner));
                if (other is null)
                {
                    continue;
                }

                kept.Add(policy.Key);
                if (move.To.Policy(policy.Key) is { } turned && !turned.IsSameBesidesTraffic(policy))
                {
                    throw new XfrmException(XfrmProblem.Mismatch, $"the {policy} is shared with {other.Child}, which does not move");
                }
            }
        }

        KeptPolicies = kept;
    }

    /// <summary>What others have in the kernel under a name that is needed stays theirs.</summary>
    private void CheckNames()
    {
        HashSet<XfrmSaKey> own = [.. Moves.SelectMany(static move => Sas(move.From)).Select(static sa => sa.Key)];
        HashSet<XfrmPolicyKey> policies = [.. Moves.SelectMany(static move => move.From.Policies).Select(static policy => policy.Key)];
        foreach (ChildMove move in Moves)
        {
            foreach (XfrmSaKey key in Sas(move.To).Select(static sa => sa.Key).Where(own.Add))
            {
                using XfrmSa? found = client.FindSa(key);
                if (found is not null)
                {
                    throw new XfrmException(XfrmProblem.Exists, $"the SAD has an {found} that is not of {move.Name}");
                }
            }

            foreach (XfrmPolicyKey key in move.To.Policies.Select(static policy => policy.Key).Where(policies.Add))
            {
                if (client.FindPolicy(key) is { } found)
                {
                    throw new XfrmException(XfrmProblem.Exists, $"the SPD has a {found} that is not of {move.Name}");
                }
            }
        }
    }

    private static IEnumerable<XfrmSa> Sas(ChildPicture picture) => picture.Outbound is null ? picture.Inbound : picture.Inbound.Prepend(picture.Outbound);

    private sealed record Entry(KernelChild Kernel, SaAddresses From, SaAddresses? To, ChildMove Move)
    {
        public bool Changes { get; } = !Move.From.IsSameBesidesTraffic(Move.To);
    }
}
