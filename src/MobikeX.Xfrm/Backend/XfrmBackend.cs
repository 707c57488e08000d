using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Xfrm;

/// <summary>The IPsec of the Linux kernel, for the SAs and policies that it is given; it touches no others. Not for several threads at once.</summary>
public sealed partial class XfrmBackend : IIpsecBackend, IDisposable
{
    private readonly XfrmClient _client;
    private readonly XfrmBackendOptions _options;
    private readonly MoveJournal _journal;
    private readonly Dictionary<XfrmPolicyKey, List<KernelChild>> _owners = [];

    /// <summary>Creates a backend for the network namespace of a client, which stays the caller's.</summary>
    /// <exception cref="XfrmException">A move was cut off and is to be finished or undone first, or the journal cannot be had.</exception>
    public XfrmBackend(XfrmClient client, XfrmBackendOptions? options = null)
    {
        _client = client ?? throw new ArgumentNullException(nameof(client));
        _options = options ?? new XfrmBackendOptions();
        _journal = MoveJournal.Open(_options.JournalFolder, client.NetworkNamespace);
        try
        {
            if (_journal.IsPending)
            {
                throw new XfrmException(
                    XfrmProblem.MoveUnfinished, $"a move was cut off in the network namespace {client.NetworkNamespace}: {nameof(XfrmRecovery)} finishes, undoes or removes it");
            }

            _record = InstallationRecord.Open(_options.JournalFolder, client.NetworkNamespace);
        }
        catch (XfrmException)
        {
            _journal.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public SaDirectory Directory { get; } = new();

    /// <summary>Why the last change or question was answered with no; null where it was not.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Is told of each step before it is made; what it throws is as if the kernel had refused the step.</summary>
    internal Action<XfrmStep>? Stepping { get; set; }

    /// <summary>Is told after each step.</summary>
    internal Action<ChildSa>? Stepped { get; set; }

    /// <summary>Makes an IKE_SA known; the kernel has none.</summary>
    public void Add(IkeSa ike) => Directory.Add(ike);

    /// <summary>Takes charge of a pair of CHILD_SAs that is in the kernel, and of its policies.</summary>
    /// <exception cref="XfrmException">Something is not in the kernel, or is not what the pair says.</exception>
    public void Adopt(ChildSa child, XfrmRegistration registration)
    {
        var adopted = KernelChild.Adopt(_client, child, registration);
        child.BackendState = adopted;
        Own(adopted);
        Directory.Add(child);
    }

    /// <summary>Lets go of a pair of CHILD_SAs, and leaves the kernel as it is.</summary>
    public void Release(ChildSa child)
    {
        if (child.BackendState is KernelChild known)
        {
            StrikeOut(known);
            Disown(known);
            child.BackendState = null;
            Directory.Remove(child);
        }
    }

    /// <inheritdoc/>
    public bool FitsSpd(ChildSa sa, AddressPlaces place, IpAddress address)
    {
        LastFailure = null;
        if (_options.AllowedSelectors?.Any(prefix => prefix.Contains(address)) == false)
        {
            LastFailure = $"{address} may not be a selector";
            return false;
        }

        if (sa.BackendState is not KernelChild child)
        {
            LastFailure = $"{sa} is not in the kernel";
            return false;
        }

        return Try(() => CheckSpd(child, place, address));
    }

    /// <inheritdoc/>
    /// <exception cref="XfrmException">A step failed, and so did one that was to take the change back. The journal stays, for <see cref="XfrmRecovery"/>.</exception>
    public bool TryApply(in SaChange change, SaSelection targets)
    {
        SaChange applied = change;
        bool replaces = change.Kind is SaChangeKind.Update or SaChangeKind.Restore;
        return TryMove(targets, applied.Closes, sa => SaAddresses.After(sa, applied), replaces, ike => SaAddresses.After(ike, applied).WriteTo(ike));
    }

    /// <summary>Uses another of the Initiator's addresses: what it sends comes from there, what it is sent goes there. The sets of addresses stay.</summary>
    /// <returns>False where an SA does not have the address, or it failed; everything is then as before.</returns>
    public bool TryUse(IpAddress address, SaSelection targets)
    {
        for (int i = 0; i < targets.Count; i++)
        {
            if (!targets[i].Initiator.Contains(address))
            {
                LastFailure = $"{targets[i]} does not have {address}";
                return false;
            }
        }

        return TryMove(
            targets, static _ => false, sa => SaAddresses.Of(sa).Using(address), replaces: false, ike => ike.Initiator = ike.Initiator.Beginning(address));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _record.Dispose();
        _journal.Dispose();
    }

    private bool TryMove(
        SaSelection targets, Func<SecurityAssociation, bool> closes, Func<SecurityAssociation, SaAddresses> after, bool replaces, Action<IkeSa> applyToIke)
    {
        LastFailure = null;
        using var batch = new MoveBatch(_client, Shares);
        if (!Try(() => batch.Plan(targets, closes, after, replaces)))
        {
            return false;
        }

        if (batch.Moves.Count > 0 && !TryCarryOut(batch))
        {
            return false;
        }

        for (int i = 0; i < targets.Count; i++)
        {
            if (targets[i] is IkeSa ike && !closes(ike))
            {
                applyToIke(ike);
            }
        }

        batch.Commit(Directory, Own, Disown, StrikeOut);
        for (int i = 0; i < targets.Count; i++)
        {
            if (targets[i] is IkeSa ike && closes(ike))
            {
                Directory.Remove(ike);
            }
        }

        return true;
    }

    /// <summary>Makes the steps; where one fails, takes back those before it.</summary>
    private bool TryCarryOut(MoveBatch batch)
    {
        if (!Try(() => _journal.Write(batch.Moves)))
        {
            return false;
        }

        bool done = Try(() => batch.Run(new Transition(_client) { Stepping = Stepping, Stepped = Stepped, Kept = batch.KeptPolicies }));
        if (!done)
        {
            // What cannot be taken back is for a person to see, and stays in the journal.
            batch.WriteBack();
            new Restoration(_client) { Kept = batch.KeptPolicies }.Run(batch.Moves, toTheEnd: false);
        }

        _journal.Erase();
        return done;
    }

    private void CheckSpd(KernelChild child, AddressPlaces place, IpAddress address)
    {
        using ChildPicture before = child.Read(_client);
        var from = SaAddresses.Of(child.Child);
        SaAddresses to = SaAddresses.After(child.Child, SaChange.Update(place, default, address));
        if (place == AddressPlaces.Inner && !from.Inner.IsEmpty && from.Inner[0].Length != address.Length)
        {
            throw new XfrmException(XfrmProblem.Mismatch, $"{address} is of another family than the inner addresses of {child.Child}");
        }

        // Whether both ends of the header are of one family is a question to the change, which may move the other end as well.
        if (!to.AreOfOneFamily())
        {
            return;
        }

        using ChildPicture planned = new ChildPlan(child, before, from, to, namesSources: true).Make();
        foreach (XfrmPolicy policy in planned.Policies)
        {
            if (before.Policy(policy.Key) is null && !_owners.ContainsKey(policy.Key) && _client.FindPolicy(policy.Key) is not null)
            {
                throw new XfrmException(XfrmProblem.Exists, $"the SPD has a {policy} that is not of {child.Child}");
            }
        }
    }

    private IReadOnlyList<KernelChild> Shares(XfrmPolicyKey key) => _owners.TryGetValue(key, out List<KernelChild>? owners) ? owners : [];

    private void Own(KernelChild child)
    {
        foreach (XfrmPolicyKey key in child.Policies)
        {
            if (!_owners.TryGetValue(key, out List<KernelChild>? owners))
            {
                owners = [];
                _owners.Add(key, owners);
            }

            owners.Add(child);
        }

        WriteDown(child);
    }

    private void Disown(KernelChild child)
    {
        foreach (XfrmPolicyKey key in child.Policies)
        {
            if (_owners.TryGetValue(key, out List<KernelChild>? owners) && owners.Remove(child) && owners.Count == 0)
            {
                _owners.Remove(key);
            }
        }
    }

    private bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (XfrmException fault)
        {
            LastFailure = fault.Message;
            return false;
        }
    }
}
