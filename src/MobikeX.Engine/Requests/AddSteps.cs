using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>What the machine of ADD_SA_ADDRESS asks and does (section 7.6).</summary>
internal readonly struct AddSteps : IAddResponderHandler
{
    private readonly RequestProcessor _request;

    public AddSteps(RequestProcessor request) => _request = request;

    public bool MayAct() => _request.PeerMaySend(AddSaAddressNotify.Sender);

    public bool Ahead() => _request.IsAhead();

    public bool Matched() => _request.Plan.Match(_request.Action);

    public bool Skipped() => _request.Plan.IsVoid;

    public bool LocallyAcceptable() =>
        _request.Options.AcceptsAddress(_request.Action.Address) && _request.Plan.StaysWithin(_request.Options.MostAddresses, _request.Action.ToChange());

    public bool FitsSpd() => _request.Plan.FitsSpd(_request.Action, _request.Sas);

    public bool CheckOnly() => _request.Action.Check;

    public bool Unchanged() => _request.Plan.Keeps(_request.Action.ToChange());

    public void Change() => _request.Change(_request.Action.ToChange());

    public void HandUp() => _request.HandUpInformation();

    public void React(Reaction reaction) => _request.React(reaction);
}
