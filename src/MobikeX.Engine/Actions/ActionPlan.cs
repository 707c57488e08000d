using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>Which SAs an action is meant for, which of them it would change, and whether it may.</summary>
internal sealed class ActionPlan
{
    private IReadOnlyList<SecurityAssociation>? _allTargets;

    /// <summary>The SAs that the action is meant for.</summary>
    public SaSelection Selection { get; } = new();

    /// <summary>True where <see cref="Selection"/> comes from a SELECTOR_SET.</summary>
    public bool IsSelected { get; private set; }

    /// <summary>Those of them that the action would change, by <see cref="Match"/>.</summary>
    public SaSelection Targets { get; } = new();

    /// <summary>True where there is nothing to change, which is no error: only an IKE_SA that the action skips, or nothing at all.</summary>
    public bool IsVoid => Targets.Count == 0;

    public void Clear()
    {
        IsSelected = false;
        ClearSelection();
        Targets.Clear();
    }

    /// <summary>Selects what an action has where no SELECTOR_SET stands before it.</summary>
    public void SelectDefault(DefaultSelectionTrait selection, IkeSa ike)
    {
        ClearSelection();
        IsSelected = false;
        if (selection != DefaultSelectionTrait.ChildSas)
        {
            Selection.Add(ike);
        }

        if (selection != DefaultSelectionTrait.IkeSa)
        {
            Selection.AddChildren(ike);
        }
    }

    /// <summary>Selects the SAs that match a SELECTOR_SET.</summary>
    public void Select(SelectorSet selectors, IkeSa ike, SaDirectory directory)
    {
        ClearSelection();
        IsSelected = true;
        selectors.Resolve(ike, directory, Selection);
    }

    /// <summary>Finds the SAs that the action would change; false where it applies to none of the selected.</summary>
    /// <remarks>ADD and REMOVE skip an IKE_SA, and are content where nothing else is selected, or where there is nothing else to select.</remarks>
    public bool Match(in RequestedAction action, bool tunnelsOnly = false)
    {
        Targets.Clear();
        bool anyIkeSa = false;
        bool anyChildSa = false;
        for (int i = 0; i < Selection.Count; i++)
        {
            SecurityAssociation sa = Selection[i];
            bool skipped = sa.IsClosed || (tunnelsOnly && sa is ChildSa { IsTunnel: false });
            anyIkeSa |= !skipped && sa is IkeSa;
            anyChildSa |= !skipped && sa is ChildSa;
            if (!skipped && (sa is ChildSa || !action.SkipsIkeSa) && (action.AppliesTo(sa, AddressPlaces.Header) || action.AppliesTo(sa, AddressPlaces.Inner)))
            {
                Targets.Add(sa);
            }
        }

        return Targets.Count > 0 || (action.SkipsIkeSa && !anyChildSa && (anyIkeSa || !IsSelected));
    }

    /// <summary>Targets every selected SA: an alternate address changes none of them.</summary>
    public bool MatchAll()
    {
        Targets.Clear();
        for (int i = 0; i < Selection.Count; i++)
        {
            if (!Selection[i].IsClosed)
            {
                Targets.Add(Selection[i]);
            }
        }

        return Targets.Count > 0;
    }

    /// <summary>The targets of <see cref="MatchAll"/>, in a list that outlives the request: the same one for each action on the same SAs, however many there are.</summary>
    public IReadOnlyList<SecurityAssociation> AllTargets()
    {
        // Of SAs that were selected some may have closed since, and no other may have come.
        _allTargets = _allTargets?.Count == Targets.Count ? _allTargets : Targets.ToList();
        return _allTargets;
    }

    /// <summary>Whether the address of the action fits the SPD wherever it is a selector of a target.</summary>
    public bool FitsSpd(in RequestedAction action, IIpsecReader sas)
    {
        for (int i = 0; i < Targets.Count; i++)
        {
            if (Targets[i] is ChildSa child && !FitsSpd(child, action, sas))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where the address of the Responder in use at each target is of the family of an address: a packet has two of one family.</summary>
    public bool IsOfFamily(IpAddress address)
    {
        for (int i = 0; i < Targets.Count; i++)
        {
            if (!Targets[i].Responder.IsEmpty && Targets[i].Responder[0].Length != address.Length)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where the change leaves each target so many addresses at each place, or as many as it has.</summary>
    public bool StaysWithin(int most, in SaChange change)
    {
        for (int i = 0; i < Targets.Count; i++)
        {
            if (Exceeds(most, change, Targets[i], AddressPlaces.Header) || Exceeds(most, change, Targets[i], AddressPlaces.Inner))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where every target is already as the change would make it.</summary>
    public bool Keeps(in SaChange change)
    {
        for (int i = 0; i < Targets.Count; i++)
        {
            if (!change.Keeps(Targets[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where the change closes a target, or has closed it.</summary>
    public bool Closes(in SaChange change)
    {
        for (int i = 0; i < Targets.Count; i++)
        {
            if (Targets[i].IsClosed || change.Closes(Targets[i]))
            {
                return true;
            }
        }

        return false;
    }

    private void ClearSelection()
    {
        Selection.Clear();
        _allTargets = null;
    }

    private static bool Exceeds(int most, in SaChange change, SecurityAssociation sa, AddressPlaces place)
    {
        int count = change.Apply(sa.At(place), place).Count;
        return count > most && count > sa.At(place).Count;
    }

    private static bool FitsSpd(ChildSa child, in RequestedAction action, IIpsecReader sas)
    {
        AddressPlaces place = child.IsTunnel ? AddressPlaces.Inner : AddressPlaces.Header;
        if (!action.AppliesTo(child, place))
        {
            return true;
        }

        return !(place == AddressPlaces.Inner && ChangesFamily(child.Inner, action)) && sas.FitsSpd(child, place, action.Address);
    }

    /// <summary>True where an UPDATE replaces an address by one of the other family, which a traffic selector cannot become.</summary>
    private static bool ChangesFamily(AddressSet addresses, in RequestedAction action)
    {
        bool changes = false;
        for (int i = 0; i < addresses.Count && action.Kind == ActionTrait.Update; i++)
        {
            changes |= (action.Old.IsNone || addresses[i] == action.Old) && addresses[i].Length != action.New.Length;
        }

        return changes;
    }
}
