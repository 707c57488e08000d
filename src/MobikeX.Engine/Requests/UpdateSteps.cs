using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>What the machine of UPDATE_SA_ADDRESSES asks and does (section 7.4).</summary>
internal readonly struct UpdateSteps : IUpdateResponderHandler
{
    private readonly RequestProcessor _request;

    public UpdateSteps(RequestProcessor request) => _request = request;

    public bool MayAct() => _request.PeerMaySend(UpdateSaAddressesNotify.Sender);

    public bool NatUnexpected() => _request.Nat.IsUnexpected;

    public bool Superseded() => _request.IsSuperseded;

    public bool Ahead() => _request.IsAhead();

    /// <summary>RFC 4555 moves tunnels only; transport mode is what the draft adds.</summary>
    public bool Matched() => _request.Plan.Match(_request.Action, tunnelsOnly: _request.IsMobike);

    public bool LocallyAcceptable() => _request.Options.AcceptsAddress(_request.Action.Address);

    public bool FitsSpd() => _request.Plan.FitsSpd(_request.Action, _request.Sas);

    public bool CheckOnly() => _request.Action.Check;

    public bool Unchanged() => _request.IsUnchanged();

    public void Change() => _request.Update();

    public void HandUp() => _request.HandUpInformation();

    public void Finish() => _request.FinishUpdate();

    public void React(Reaction reaction) => _request.React(reaction);
}
