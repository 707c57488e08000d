namespace MobikeX.Xfrm;

/// <summary>How far a move had come when it was cut off.</summary>
public enum XfrmMoveProgress
{
    /// <summary>The kernel is as before the move.</summary>
    Before,

    /// <summary>Some of it is done: SAs may be missing, and policies may block.</summary>
    Between,

    /// <summary>The kernel is as the move was to make it.</summary>
    After,
}

/// <summary>A move of a pair of CHILD_SAs that was cut off.</summary>
/// <param name="Name">The pair, by its SPI.</param>
/// <param name="From">The SA that was sent on before; null where there was none.</param>
/// <param name="To">The SA that was to be sent on; null where the pair was to close.</param>
/// <param name="Progress">How far it had come.</param>
public sealed record XfrmCutOffMove(string Name, XfrmSaKey? From, XfrmSaKey? To, XfrmMoveProgress Progress);

/// <summary>What is left to do when a process ended in the middle of a move: all of it is named, and is finished, undone or removed.</summary>
public sealed class XfrmRecovery : IDisposable
{
    /// <summary>
    /// So many sequence numbers are left out where the SA that was sent on is in the kernel at neither place: packets that it sent
    /// between the last look at its counter and its end must not have their numbers used again.
    /// </summary>
    public const int NumbersLeftOut = 1 << 20;

    private readonly XfrmClient _client;
    private readonly MoveJournal _journal;
    private readonly IReadOnlyList<ChildMove> _moves;
    private readonly Restoration _restoration;

    private XfrmRecovery(XfrmClient client, MoveJournal journal)
    {
        _client = client;
        _journal = journal;
        _moves = journal.Read();
        _restoration = new Restoration(client);
        Moves = [.. _moves.Select(Describe)];
    }

    /// <summary>The moves.</summary>
    public IReadOnlyList<XfrmCutOffMove> Moves { get; }

    /// <summary>Looks for moves that were cut off in the network namespace of a client; null where there are none.</summary>
    /// <exception cref="XfrmException">The journal cannot be read, or a backend is using it.</exception>
    public static XfrmRecovery? Find(XfrmClient client, string journalFolder = XfrmBackendOptions.DefaultJournalFolder)
    {
        if (!Directory.Exists(journalFolder))
        {
            return null;
        }

        var journal = MoveJournal.Open(journalFolder, client.NetworkNamespace);
        try
        {
            if (journal.IsPending)
            {
                return new XfrmRecovery(client, journal);
            }
        }
        catch
        {
            journal.Dispose();
            throw;
        }

        journal.Dispose();
        return null;
    }

    /// <summary>Brings the kernel back to where the moves began.</summary>
    public void Undo() => Run(toTheEnd: false);

    /// <summary>Brings the kernel to where the moves were to end.</summary>
    public void Finish() => Run(toTheEnd: true);

    /// <summary>Takes away all that the kernel has of the pairs that moved, policies that other pairs share included: for one that has lost their IKE_SAs.</summary>
    /// <returns>The names of what was taken away.</returns>
    /// <exception cref="XfrmException">Something could not be taken away; the journal stays.</exception>
    public IReadOnlyList<string> Remove()
    {
        List<string> removed = [];
        foreach (ChildMove move in _moves)
        {
            using ChildPicture now = _restoration.Now(move);
            foreach (XfrmSaKey key in (now.Outbound is null ? now.Inbound : now.Inbound.Prepend(now.Outbound)).Select(static sa => sa.Key))
            {
                _client.DeleteSa(key).Dispose();
                removed.Add(key.ToString());
            }

            foreach (XfrmPolicy policy in now.Policies)
            {
                _client.DeletePolicy(policy.Key);
                removed.Add(policy.ToString());
            }
        }

        _journal.Erase();
        return removed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ChildMove move in _moves)
        {
            move.Dispose();
        }

        _journal.Dispose();
    }

    private void Run(bool toTheEnd)
    {
        foreach (ChildMove move in _moves)
        {
            Seed(move);
        }

        _restoration.Run(_moves, toTheEnd);
        _journal.Erase();
    }

    /// <summary>Where an SA is nowhere, its last known counters are all there is.</summary>
    private void Seed(ChildMove move)
    {
        using ChildPicture now = _restoration.Now(move);
        CheckSomethingIsLeft(move, now);
        if (now.Outbound is null && move.From.Outbound is { } sent)
        {
            using XfrmSa ahead = sent.Revised(new SaRevision { Replay = sent.Replay?.Ahead(NumbersLeftOut) });
            move.Outbound.Add(ahead);
        }

        if (now.Inbound.Count == 0)
        {
            foreach (XfrmSa received in move.From.Inbound)
            {
                move.Inbound.Add(received);
            }
        }
    }

    /// <summary>A move leaves a policy standing at every step. Where none is, this is another namespace under the same number.</summary>
    private void CheckSomethingIsLeft(ChildMove move, ChildPicture now)
    {
        bool wasClosing = move.To.Outbound is null;
        bool isEmpty = now.Outbound is null && now.Inbound.Count == 0 && now.Policies.Count == 0;
        if (isEmpty && !wasClosing && move.From.Policies.Count > 0)
        {
            throw new XfrmException(
                XfrmProblem.NotFound, $"nothing of {move.Name} is left in the network namespace {_client.NetworkNamespace}; the journal is of another");
        }
    }

    private XfrmCutOffMove Describe(ChildMove move)
    {
        using ChildPicture now = _restoration.Now(move);
        XfrmMoveProgress progress = now.IsSameBesidesTraffic(move.From) ? XfrmMoveProgress.Before
            : now.IsSameBesidesTraffic(move.To) ? XfrmMoveProgress.After
            : XfrmMoveProgress.Between;
        return new XfrmCutOffMove(move.Name, move.From.Outbound?.Key, move.To.Outbound?.Key, progress);
    }
}
