using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>What the machine of UPDATE_SA_ADDRESSES asks and does (section 7.4).</summary>
internal readonly struct UpdateSteps : IUpdateResponderHandler
{
    private readonly RequestProcessor _request;

    public UpdateSteps(RequestProcessor request) => _request = request;

    public bool MayAct() => _request.PeerIsInitiator;

    public bool NatUnexpected() => _request.Nat.IsUnexpected;

    public bool Superseded() => _request.IsSuperseded;

    public bool Matched()
    {
        RequestedAction action = _request.Action;
        _request.Targets.Clear();
        for (int i = 0; i < _request.Selection.Count; i++)
        {
            SecurityAssociation sa = _request.Selection[i];
            if (!sa.IsClosed && (Uses(sa, AddressPlaces.Header, action) || Uses(sa, AddressPlaces.Inner, action)))
            {
                _request.Targets.Add(sa);
            }
        }

        return _request.Targets.Count > 0;
    }

    public bool LocallyAcceptable() => _request.Options.AcceptsAddress(_request.Action.New);

    public bool FitsSpd()
    {
        for (int i = 0; i < _request.Targets.Count; i++)
        {
            if (_request.Targets[i] is ChildSa child && !(Fits(child, AddressPlaces.Header) && Fits(child, AddressPlaces.Inner)))
            {
                return false;
            }
        }

        return true;
    }

    public bool CheckOnly() => _request.Action.Check;

    public bool Unchanged()
    {
        SaChange change = _request.ChangeOfUpdate();
        for (int i = 0; i < _request.Targets.Count; i++)
        {
            if (!change.Keeps(_request.Targets[i]))
            {
                return false;
            }
        }

        return true;
    }

    public void Change() => _request.Update();

    public void HandUp() => _request.HandUpInformation();

    public void Finish() => _request.FinishUpdate();

    public void React(Reaction reaction) => _request.React(reaction);

    private static bool Uses(SecurityAssociation sa, AddressPlaces place, in RequestedAction action) =>
        (action.Places & place) != 0 && (action.Old.IsNone ? !sa.At(place).IsEmpty : sa.At(place).Contains(action.Old));

    private bool Fits(ChildSa child, AddressPlaces place)
    {
        RequestedAction action = _request.Action;
        return !child.IsSelectorAt(place)
            || !Uses(child, place, action)
            || ((place != AddressPlaces.Inner || SameFamily(child, action)) && _request.Sas.FitsSpd(child, place, action.New));
    }

    private static bool SameFamily(ChildSa child, in RequestedAction action)
    {
        IpAddress old = action.Old.IsNone ? child.Inner[0] : action.Old;
        return old.Length == action.New.Length;
    }
}
