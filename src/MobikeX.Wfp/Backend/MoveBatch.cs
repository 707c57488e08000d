using System.Runtime.Versioning;
using MobikeX.Engine;

namespace MobikeX.Wfp;

/// <summary>
/// One change of a set of SAs, step by step: the filters that are missing are added; the contexts are moved; contexts that close are
/// deleted; the filters that nobody uses any more go. Until the first context is deleted, every step can be taken back.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class MoveBatch(WfpEngine engine, Leftovers left) : IDisposable
{
    private readonly List<ContextMove> _moves = [];
    private readonly List<SecurityAssociation> _targets = [];
    private readonly Dictionary<SecurityAssociation, ContextMove> _moveOf = [];
    private bool _covered;

    /// <summary>Is told of an SA before its context is moved.</summary>
    public Action<SecurityAssociation>? Moving { get; init; }

    /// <summary>Is told of a pair of CHILD_SAs after every step of it.</summary>
    public Action<ChildSa>? Stepped { get; init; }

    public void Plan(SaSelection targets, Func<SecurityAssociation, bool> closes, Func<WfpChild, ChildTarget> after)
    {
        for (int i = 0; i < targets.Count; i++)
        {
            SecurityAssociation sa = targets[i];
            if (sa.IsClosed)
            {
                throw new WfpException($"{sa} is closed");
            }

            _targets.Add(sa);
            if (sa is ChildSa child)
            {
                PlanChild(child, closes(child), after);
            }
            else if (sa is IkeSa ike && closes(ike))
            {
                foreach (ChildSa under in ike.Children)
                {
                    PlanChild(under, closes: true, after);
                }
            }
        }

        foreach (ContextMove move in _moves)
        {
            move.Check();
        }
    }

    /// <summary>Makes every step; where one fails before the point of no return, all is as before.</summary>
    /// <param name="filtersOfOthers">The filters of every context but those of the given identifiers.</param>
    public void Run(Func<HashSet<ulong>, HashSet<ulong>> filtersOfOthers)
    {
        HashSet<ulong> kept = _moves.Count == 0 ? [] : filtersOfOthers([.. _moves.Select(static move => move.Child.ContextId)]);
        bool done = false, noWayBack = false;
        try
        {
            if (_moves.Any(static move => move.LacksFilters))
            {
                engine.InTransaction(() => _moves.ForEach(static move => move.Cover()));
                _covered = true;
            }

            Step();
            Move();
            Step();
            Close(ref noWayBack);
            Narrow(kept, noWayBack);
            Step();
            done = true;
        }
        finally
        {
            if (!done && !noWayBack)
            {
                TakeBack();
            }
        }
    }

    /// <summary>Writes what became of the contexts into the directory.</summary>
    public void Commit(SaDirectory directory)
    {
        foreach (ContextMove move in _moves)
        {
            if (move.After is null)
            {
                move.Child.Sa.BackendState = null;
                directory.Remove(move.Child.Sa);
            }
            else
            {
                move.Commit();
            }
        }
    }

    public void Dispose() => _moves.ForEach(static move => move.Dispose());

    private void PlanChild(ChildSa sa, bool closes, Func<WfpChild, ChildTarget> after)
    {
        if (sa.BackendState is not WfpChild child)
        {
            throw new WfpException($"{sa} is not one of this backend");
        }

        if (!_moveOf.ContainsKey(sa))
        {
            ContextMove move = new(engine, child, closes ? null : after(child));
            _moves.Add(move);
            _moveOf.Add(sa, move);
        }
    }

    private void Move()
    {
        foreach (SecurityAssociation sa in _targets)
        {
            Moving?.Invoke(sa);
            _moveOf.GetValueOrDefault(sa)?.Move();
        }
    }

    /// <summary>A deleted context cannot be made again: its keys are not given out, and its counter would start anew.</summary>
    private void Close(ref bool noWayBack)
    {
        foreach (ContextMove move in _moves.Where(static move => move.After is null))
        {
            if (!noWayBack)
            {
                left.Delete(engine, move.Child.ContextId);
                noWayBack = true;
            }
            else
            {
                left.DeleteOrKeep(engine, move.Child.ContextId);
            }
        }
    }

    private void Narrow(HashSet<ulong> kept, bool noWayBack)
    {
        ulong[] stale = [.. _moves.SelectMany(static move => move.After is null ? AddedFor(move.Child) : move.Dropped).Select(static filter => filter.Id).Distinct().Except(kept)];
        if (noWayBack)
        {
            left.DeleteOrKeep(engine, stale);
        }
        else
        {
            left.Delete(engine, stale);
        }
    }

    /// <summary>The filters of the host's IKE stay when an SA closes; it takes them away itself, and until then nothing leaves in clear.</summary>
    private static IEnumerable<WfpFilter> AddedFor(WfpChild child) => child.Filters.Where(filter => filter.AddedFor == child.ContextId);

    private void TakeBack()
    {
        List<ulong> added = [];
        for (int i = _moves.Count - 1; i >= 0; i--)
        {
            try
            {
                _moves[i].TakeBack();
                added.AddRange(_moves[i].Added.Select(static filter => filter.Id));
            }
            catch (WfpException fault)
            {
                // Its context is where the change put it: the filters that cover it there stay.
                left.Note($"{_moves[i].Child.Sa} could not be moved back: {fault.Message}");
            }
        }

        if (_covered)
        {
            left.DeleteOrKeep(engine, [.. added]);
        }
    }

    private void Step()
    {
        foreach (ContextMove move in _moves)
        {
            Stepped?.Invoke(move.Child.Sa);
        }
    }
}
