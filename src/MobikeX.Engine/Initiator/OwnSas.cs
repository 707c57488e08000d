using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>What an action does to the Initiator's own SAs, and how that is taken back (section 7.4).</summary>
internal sealed class OwnSas
{
    private readonly ActionPlan _plan = new();
    private readonly SelectorSet _selectors = new();
    private Dictionary<SecurityAssociation, SaAddresses> _before = [];
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
        _before = [];
        _plan.Match(action, _tunnelsOnly);
        Closes = _plan.Closes(action.ToChange());
        for (int i = 0; i < Targets.Count; i++)
        {
            _before[Targets[i]] = SaAddresses.Of(Targets[i]);
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

    /// <summary>The change that brings the targets back to where they were, whole: where it fails, nothing of it is done.</summary>
    public OwnChange TakeBack() => Apply(SaChange.Restore(_before));
}
