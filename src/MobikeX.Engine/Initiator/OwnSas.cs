using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>What an action does to the Initiator's own SAs, and how that is taken back (section 7.4).</summary>
internal sealed class OwnSas
{
    private readonly SaSelection _selected = new();
    private readonly List<Snapshot> _before = [];
    private SaSelection _targets = new();
    private ActionRequest? _request;

    /// <summary>The SAs that the change is for.</summary>
    public SaSelection Targets => _targets;

    /// <summary>True where the change closes one of them, which cannot be taken back.</summary>
    public bool Closes { get; private set; }

    /// <summary>Finds the SAs that the request selects, as the Responder will in its own.</summary>
    public void Select(ActionRequest request, IkeSa ike, SaDirectory directory)
    {
        _request = request;
        _selected.Clear();
        if (request.Selectors.Count == 0)
        {
            _selected.AddWithChildren(ike);
            return;
        }

        SelectorSet set = new();
        foreach (RequestedNotify selector in request.Selectors)
        {
            if (SelectorNotify.TryRead(selector.Data, out SelectorNotify notify, out _))
            {
                set.Add(notify);
            }
        }

        set.Resolve(ike, directory, _selected);
    }

    /// <summary>Plans the change with one candidate.</summary>
    /// <returns>False where the own SPD does not take it.</returns>
    public bool TryPlan(IpAddress candidate, IIpsecReader sas)
    {
        SaChange change = _request!.Change(candidate);
        _targets = new SaSelection();
        _before.Clear();
        Closes = false;
        for (int i = 0; i < _selected.Count; i++)
        {
            SecurityAssociation sa = _selected[i];
            if (sa.IsClosed || !IsTarget(sa, change))
            {
                continue;
            }

            if (sa is ChildSa child && change.Kind != SaChangeKind.Remove && !Fits(child, change, sas))
            {
                return false;
            }

            Closes |= change.Closes(sa);
            _targets.Add(sa);
            _before.Add(new Snapshot(sa));
        }

        return true;
    }

    /// <summary>The targets that the change makes different.</summary>
    public SaSelection Changing(in SaChange change)
    {
        SaSelection changing = new();
        for (int i = 0; i < _targets.Count; i++)
        {
            if (!_targets[i].IsClosed && !change.Keeps(_targets[i]))
            {
                changing.Add(_targets[i]);
            }
        }

        return changing;
    }

    /// <summary>The changes that bring the targets back to where they were, each for the SAs that need it.</summary>
    public IReadOnlyList<OwnChange> TakeBack()
    {
        List<OwnChange> changes = [];
        foreach (Snapshot before in _before)
        {
            TakeBack(before, AddressPlaces.Header, changes);
            TakeBack(before, AddressPlaces.Inner, changes);
        }

        return changes;
    }

    /// <summary>ADD and REMOVE pass over an IKE_SA (section 7.6); an SA without addresses at the place has nothing to change.</summary>
    private static bool IsTarget(SecurityAssociation sa, in SaChange change) =>
        (change.Kind == SaChangeKind.Update || sa is ChildSa)
        && (IsTargetAt(sa, AddressPlaces.Header, change) || IsTargetAt(sa, AddressPlaces.Inner, change));

    private static bool IsTargetAt(SecurityAssociation sa, AddressPlaces place, in SaChange change) =>
        (change.Places & place) != 0 && (change.Old.IsNone ? !sa.At(place).IsEmpty : sa.At(place).Contains(change.Old));

    private static bool Fits(ChildSa child, in SaChange change, IIpsecReader sas) =>
        FitsAt(child, AddressPlaces.Header, change, sas) && FitsAt(child, AddressPlaces.Inner, change, sas);

    private static bool FitsAt(ChildSa child, AddressPlaces place, in SaChange change, IIpsecReader sas) =>
        !child.IsSelectorAt(place)
        || !IsTargetAt(child, place, change)
        || (KeepsFamily(child, place, change) && sas.FitsSpd(child, place, change.New));

    /// <summary>A traffic selector stays of its family; an outer address may change it.</summary>
    private static bool KeepsFamily(ChildSa child, AddressPlaces place, in SaChange change) =>
        place != AddressPlaces.Inner
        || change.Kind != SaChangeKind.Update
        || change.New.Length == (change.Old.IsNone ? child.Inner[0] : change.Old).Length;

    private static void TakeBack(in Snapshot before, AddressPlaces place, List<OwnChange> changes)
    {
        AddressSet now = before.Sa.At(place);
        AddressSet then = before.At(place);
        List<IpAddress> gone = Without(then, now);
        List<IpAddress> come = Without(now, then);
        for (int i = 0; i < gone.Count || i < come.Count; i++)
        {
            SaChange change = i >= come.Count ? SaChange.Add(place, gone[i])
                : i >= gone.Count ? SaChange.Remove(place, come[i])
                : SaChange.Update(place, come[i], gone[i]);
            Join(changes, change, before.Sa);
        }

        if (place == AddressPlaces.Header && before.Peer is { IsEmpty: false } peer && peer != before.Sa.Responder)
        {
            Join(changes, SaChange.Update(AddressPlaces.None, default, default).Along(peer[0], 0, null), before.Sa);
        }
    }

    private static List<IpAddress> Without(AddressSet addresses, AddressSet others)
    {
        List<IpAddress> left = [];
        for (int i = 0; i < addresses.Count; i++)
        {
            if (!others.Contains(addresses[i]))
            {
                left.Add(addresses[i]);
            }
        }

        return left;
    }

    private static void Join(List<OwnChange> changes, in SaChange change, SecurityAssociation sa)
    {
        foreach (OwnChange known in changes)
        {
            if (known.IsSame(change))
            {
                known.Targets.Add(sa);
                return;
            }
        }

        SaSelection targets = new();
        targets.Add(sa);
        changes.Add(new OwnChange(change, targets));
    }

    private readonly struct Snapshot
    {
        private readonly AddressSet _header;
        private readonly AddressSet _inner;

        public Snapshot(SecurityAssociation sa)
        {
            Sa = sa;
            _header = sa.Initiator;
            _inner = sa.Inner;
            Peer = sa.Responder;
        }

        public SecurityAssociation Sa { get; }

        public AddressSet Peer { get; }

        public AddressSet At(AddressPlaces place) => place == AddressPlaces.Inner ? _inner : _header;
    }
}
