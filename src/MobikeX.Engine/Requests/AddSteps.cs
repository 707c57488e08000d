using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>What the machine of ADD_SA_ADDRESS asks and does (section 7.6).</summary>
internal readonly struct AddSteps : IAddResponderHandler
{
    private readonly RequestProcessor _request;

    public AddSteps(RequestProcessor request) => _request = request;

    public bool MayAct() => _request.PeerIsInitiator;

    public bool Matched() => _request.TargetChildren(static (child, place, _) => !child.At(place).IsEmpty);

    public bool LocallyAcceptable() => _request.Options.AcceptsAddress(_request.Action.New);

    public bool FitsSpd() => _request.TargetsFitSpd(_request.Action.New);

    public bool CheckOnly() => _request.Action.Check;

    public bool Unchanged()
    {
        SaChange change = _request.Action.ToChange();
        for (int i = 0; i < _request.Targets.Count; i++)
        {
            if (!change.Keeps(_request.Targets[i]))
            {
                return false;
            }
        }

        return true;
    }

    public void Change() => _request.Change(_request.Action.ToChange());

    public void HandUp() => _request.HandUpInformation();

    public void React(Reaction reaction) => _request.React(reaction);
}
