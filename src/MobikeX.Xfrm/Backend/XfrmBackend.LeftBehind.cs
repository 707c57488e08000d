namespace MobikeX.Xfrm;

public sealed partial class XfrmBackend
{
    private readonly InstallationRecord _record;

    /// <summary>
    /// Takes away the SAs and policies that earlier runs have installed and not removed, since their processes were killed; SAs and policies
    /// of others stay. To be called before anything is installed, by one that does not adopt what is there.
    /// </summary>
    /// <returns>The names of what was taken away.</returns>
    /// <exception cref="XfrmException">Something could not be taken away; it is tried again with the next call.</exception>
    public IReadOnlyList<string> RemoveLeftBehind()
    {
        List<string> removed = [];
        if (_record.Standing.Count == 0)
        {
            return removed;
        }

        HashSet<(XfrmProtocol Protocol, uint RequestId, uint Spi)> sas =
            [.. _record.Standing.SelectMany(static each => each.Spis.Select(spi => (each.Protocol, each.RequestId, spi)))];
        foreach (XfrmSa sa in _client.ListSas())
        {
            using (sa)
            {
                if (sas.Contains((sa.Protocol, sa.RequestId, sa.Spi)))
                {
                    XfrmSaKey key = sa.Key;
                    _client.DeleteSa(key).Dispose();
                    removed.Add(key.ToString());
                }
            }
        }

        HashSet<uint> requestIds = [.. _record.Standing.Select(static each => each.RequestId)];
        HashSet<XfrmPolicyKey> policies = [.. _record.Standing.SelectMany(static each => each.Policies)];
        foreach (XfrmPolicy policy in _client.ListPolicies())
        {
            // Request IDs that are chosen here are those of nobody else; one that is configured may be.
            if (policy.Templates is [{ RequestId: var id }] && requestIds.Contains(id) && (IsLeftBehind(policy) || policies.Contains(policy.Key)))
            {
                _client.DeletePolicy(policy.Key);
                removed.Add(policy.ToString());
            }
        }

        _record.Clear();
        return removed;
    }

    /// <summary>Writes down what is to come, before the kernel is asked.</summary>
    private (int Number, Installation What) WriteDown(ChildBlueprint plan, IReadOnlyList<XfrmPolicyKey> policies, uint requestId, List<Action> undo)
    {
        var installation = new Installation(plan.Protocol, requestId, plan.Spis, policies);
        int number = _record.Add(installation);
        undo.Add(() => _record.Remove(number));
        return (number, installation);
    }

    /// <summary>Writes down the policies that a pair has now.</summary>
    private void WriteDown(KernelChild child)
    {
        if (child.Record is { } record && !record.What.Policies.SequenceEqual(child.Policies))
        {
            child.Record = record with { What = record.What with { Policies = child.Policies } };
            _record.Change(record.Number, child.Record.Value.What);
        }
    }

    /// <summary>A pair is gone, or is another's from now on.</summary>
    private void StrikeOut(KernelChild child)
    {
        if (child.Record is { } record)
        {
            _record.Remove(record.Number);
            child.Record = null;
        }
    }
}
