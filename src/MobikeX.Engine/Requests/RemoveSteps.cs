using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>What the machine of REMOVE_SA_ADDRESS asks and does (sections 6.8 and 7.6).</summary>
internal readonly struct RemoveSteps : IRemoveResponderHandler
{
    private readonly RequestProcessor _request;

    public RemoveSteps(RequestProcessor request) => _request = request;

    public bool MayAct() => _request.PeerIsInitiator;

    public bool Matched() => _request.TargetChildren(static (child, place, address) => child.At(place).Contains(address));

    public bool LocallyAcceptable() => _request.Options.AcceptsAddress(_request.Action.Old);

    public bool FitsSpd() => _request.TargetsFitSpd(_request.Action.Old);

    public bool CheckOnly() => _request.Action.Check;

    public bool Closing()
    {
        SaChange change = _request.Action.ToChange();
        for (int i = 0; i < _request.Targets.Count; i++)
        {
            if (_request.Targets[i].IsClosed || change.Closes(_request.Targets[i]))
            {
                return true;
            }
        }

        return false;
    }

    public bool Unchanged() => _request.Targets.Count == 0;

    public void Change() => _request.Change(_request.Action.ToChange());

    public void ReportClosed()
    {
        for (int i = 0; i < _request.Targets.Count; i++)
        {
            if (_request.Targets[i].IsClosed)
            {
                _request.Tell(new SaClosed(_request.Targets[i]));
            }
        }
    }

    public void HandUp() => _request.HandUpInformation();

    public void React(Reaction reaction) => _request.React(reaction);
}
