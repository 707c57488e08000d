using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>What the machine of REMOVE_SA_ADDRESS asks and does (sections 6.8 and 7.6).</summary>
internal readonly struct RemoveSteps : IRemoveResponderHandler
{
    private readonly RequestProcessor _request;

    public RemoveSteps(RequestProcessor request) => _request = request;

    public bool MayAct() => _request.PeerMaySend(RemoveSaAddressNotify.Sender);

    public bool Ahead() => _request.IsAhead();

    public bool Matched() => _request.Plan.Match(_request.Action);

    public bool Skipped() => _request.Plan.IsVoid;

    public bool LocallyAcceptable() => _request.Options.AcceptsAddress(_request.Action.Address);

    public bool FitsSpd() => _request.Plan.FitsSpd(_request.Action, _request.Sas);

    public bool CheckOnly() => _request.Action.Check;

    public bool Closing() => _request.Plan.Closes(_request.Action.ToChange());

    public void Change() => _request.Change(_request.Action.ToChange());

    public void ReportClosed() => _request.ReportClosed();

    public void HandUp() => _request.HandUpInformation();

    public void React(Reaction reaction) => _request.React(reaction);
}
