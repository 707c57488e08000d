using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>What an action does to the Initiator's own SAs, and how that is taken back (section 7.4).</summary>
internal sealed class OwnSas
{
    private readonly ActionPlan _plan = new();
    private readonly SelectorSet _selectors = new();
    private readonly List<Snapshot> _before = [];
    private bool _tunnelsOnly;

    /// <summary>The SAs that the change is for.</summary>
    public SaSelection Targets => _plan.Targets;

    /// <summary>True where the change closes one of them, which cannot be taken back.</summary>
    public bool Closes { get; private set; }

    /// <summary>Finds the SAs that the request selects, as the Responder will among its own.</summary>
    public void Select(ActionRequest request, IkeSa ike, SaDirectory directory)
    {
        _plan.Clear();
        _tunnelsOnly = request.Version == MobikeVersion.Mobike;
        if (request.Selectors.Count == 0)
        {
            _plan.SelectDefault(request.Action(request.Candidates[0]).DefaultSelection, ike);
            return;
        }

        _selectors.Clear();
        foreach (RequestedNotify selector in request.Selectors)
        {
            if (SelectorNotify.TryRead(selector.Data, out SelectorNotify notify, out _))
            {
                _selectors.Read(notify);
                _selectors.Add();
            }
        }

        _plan.Select(_selectors, ike, directory);
    }

    /// <summary>Plans the action; false where the own SPD does not take its address.</summary>
    public bool TryPlan(in RequestedAction action, IIpsecReader sas)
    {
        _before.Clear();
        _plan.Match(action, _tunnelsOnly);
        Closes = _plan.Closes(action.ToChange());
        for (int i = 0; i < Targets.Count; i++)
        {
            _before.Add(new Snapshot(Targets[i]));
        }

        return action.Kind == ActionTrait.Remove || _plan.FitsSpd(action, sas);
    }

    /// <summary>A change with those of the targets that it makes different.</summary>
    public OwnChange Apply(in SaChange change)
    {
        SaSelection changing = new();
        for (int i = 0; i < Targets.Count; i++)
        {
            if (!Targets[i].IsClosed && !change.Keeps(Targets[i]))
            {
                changing.Add(Targets[i]);
            }
        }

        return new OwnChange(change, changing);
    }

    /// <summary>The changes that bring the targets back to where they were, each with the SAs that need it.</summary>
    public IReadOnlyList<OwnChange> TakeBack()
    {
        List<OwnChange> changes = [];
        foreach (Snapshot before in _before)
        {
            before.TakeBack(AddressPlaces.Header, changes);
            before.TakeBack(AddressPlaces.Inner, changes);
            before.TakeBackPeer(changes);
        }

        return changes;
    }

    /// <summary>The addresses of an SA before it was changed.</summary>
    private readonly struct Snapshot
    {
        private readonly SecurityAssociation _sa;
        private readonly AddressSet _header;
        private readonly AddressSet _inner;
        private readonly AddressSet _peer;

        public Snapshot(SecurityAssociation sa)
        {
            _sa = sa;
            _header = sa.Initiator;
            _inner = sa.Inner;
            _peer = sa.Responder;
        }

        /// <summary>Brings back what is gone in the place of what has come; a set is never empty on the way.</summary>
        public void TakeBack(AddressPlaces place, List<OwnChange> changes)
        {
            AddressSet then = place == AddressPlaces.Inner ? _inner : _header;
            List<IpAddress> gone = Without(then, _sa.At(place));
            List<IpAddress> come = Without(_sa.At(place), then);
            for (int i = 0; i < gone.Count || i < come.Count; i++)
            {
                SaChange change = i >= come.Count ? SaChange.Add(place, gone[i])
                    : i >= gone.Count ? SaChange.Remove(place, come[i])
                    : SaChange.Update(place, come[i], gone[i]);
                OwnChange.Join(changes, change, _sa);
            }
        }

        public void TakeBackPeer(List<OwnChange> changes)
        {
            if (!_peer.IsEmpty && _peer != _sa.Responder)
            {
                OwnChange.Join(changes, OwnChange.OfPath(_peer[0], 0, null), _sa);
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
    }
}
