using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>One UPDATE, ADD or REMOVE of the Initiator after the other: guards and actions of their machines (sections 7.4 to 7.7).</summary>
internal sealed class ActionExchange : IUpdateInitiatorHandler, IAddInitiatorHandler, IRemoveInitiatorHandler
{
    private readonly MobikeXEngine _engine;
    private readonly InitiatorOptions _options;
    private readonly ActionMessage _message;
    private readonly OwnSas _own = new();
    private ActionMachine _machine = ActionMachine.Of(ActionTrait.Update);
    private ActionRequest? _request;
    private IIpsecReader _sas = null!;
    private ResponseReading? _response;
    private IpAddress _candidate;
    private IpAddress _next;
    private int _tried;
    private (int Id, string Failure)? _effect;
    private bool _mayTryNext;
    private bool _nothingToChange;
    private string _failure = string.Empty;

    public ActionExchange(MobikeXEngine engine, InitiatorOptions options)
    {
        _engine = engine;
        _options = options;
        _message = new ActionMessage(engine);
    }

    /// <summary>True while an action is under way.</summary>
    public bool IsBusy => _request is not null;

    /// <summary>True where the response to the action is reported under this token.</summary>
    public bool Awaits(uint token) => _message.Token == token;

    /// <summary>True where the outcome of a change of the own SAs is reported under this number.</summary>
    public bool AwaitsEffect(int effectId) => _effect?.Id == effectId;

    /// <summary>Starts an action; none may be under way.</summary>
    public void Begin(ActionRequest request, IIpsecReader sas)
    {
        _request = request;
        _sas = sas;
        _machine = ActionMachine.Of(request.Kind);
        _tried = 0;
        _mayTryNext = true;
        _response = null;
        _failure = "no address of its own fits the SPD";
        _own.Select(request, _engine.Ike, sas.Directory);
        _machine.Wanted(this);
        GoOn();
    }

    /// <summary>Takes the response.</summary>
    public void TakeResponse(ResponseReading response, IIpsecReader sas)
    {
        _sas = sas;
        _response = response;
        _message.End();
        foreach (AnsweredNotify answer in response.Answers)
        {
            _engine.Put(new ActionAnswered(_request!.Kind, answer.Identifier, answer.Type));
        }

        _failure = "the peer refused";
        _mayTryNext = response.RefusesAddress;
        _machine.Ended(this, response.HasError ? ActionEnd.Refused : ActionEnd.Answered);
        GoOn();
    }

    /// <summary>No response will come.</summary>
    public void TakeLoss(IIpsecReader sas)
    {
        _sas = sas;
        _message.End();
        _failure = "no response came";
        _mayTryNext = false;
        _machine.Ended(this, ActionEnd.Lost);
        GoOn();
    }

    /// <summary>Takes the outcome of a change of the own SAs.</summary>
    public void TakeEffect(bool succeeded, IIpsecReader sas)
    {
        _sas = sas;
        if (!succeeded)
        {
            _failure = _effect!.Value.Failure;
            _mayTryNext = false;
        }

        _effect = null;

        ReportClosed();
        _machine.OwnSas(this, succeeded);
        GoOn();
    }

    /// <summary>A candidate that the own SPD takes; a CHECK asks about the peer's alone.</summary>
    public bool CandidateLeft()
    {
        ActionRequest request = _request!;
        while (_mayTryNext && _tried < request.Candidates.Count)
        {
            _next = request.Candidates[_tried];
            if (_own.TryPlan(request.Action(_next), _sas) || request.Command.Check)
            {
                return true;
            }

            _tried++;
        }

        return false;
    }

    public bool CheckOnly() => _request!.Command.Check;

    public bool ChangesFirst() => _options.OwnSaChange == OwnSaChange.WhenSent && !_request!.Command.Check && !_own.Closes;

    public bool NatDiffers() =>
        _response?.HasNat is { } nat
        && _request!.Action(_candidate).TakesPath
        && _own.Apply(NatChange(nat)).Targets.Count > 0;

    public void TakeCandidate()
    {
        _candidate = _next;
        _tried++;
        _response = null;
    }

    public void Send()
    {
        ActionRequest request = _request!;
        PacketAddresses packet = request.PacketFor(_candidate);
        IReadOnlyList<RequestedNotify> aboutPacket = request.Kind == ActionTrait.Update
            ? NatNotifies.For(_engine.Ike, packet, request.ProhibitsNats)
            : [];
        _message.Send(aboutPacket, request.Selectors, [request.Notify(_candidate)], packet);
    }

    public void ChangeSas() =>
        Ask(_own.Apply(ChangeOfOwn()), _response is null ? "the own SAs could not be changed" : "the peer has done it, and the own SAs could not be changed");

    public void ConsiderNat() => Ask(_own.Apply(NatChange(_response!.HasNat!.Value)), "it is done, and the own SAs could not be set to what is known of NATs");

    public void TakeBack() => Ask(_own.TakeBack(), "the peer has not done it, and the own SAs could not be changed back");

    public void Succeed()
    {
        ActionRequest request = _request!;
        _request = null;
        _engine.Put(new ActionAccepted(request.Kind, request.Identifier, request.Command.Check));
    }

    public void Fail()
    {
        ActionRequest request = _request!;
        _request = null;
        if (request.Kind == ActionTrait.Update && _mayTryNext && _response is not null)
        {
            _engine.Put(new CandidatesExhausted(request.Identifier));
        }

        _engine.Put(new ActionFailed(request.Kind, request.Identifier, _failure));
    }

    /// <summary>What the Responder does on receipt is done here: where it takes the address from the packet, it takes the rest from there too.</summary>
    private SaChange ChangeOfOwn()
    {
        ActionRequest request = _request!;
        RequestedAction action = request.Action(_candidate);
        PacketAddresses packet = request.PacketFor(_candidate);
        bool tellsPort = request.Version == MobikeVersion.Mobike || _response?.HasNat is not null;
        return action.TakesPath
            ? action.ToChange().Along(request.NamesNothing ? packet.Destination : default, tellsPort ? packet.SourcePort : (ushort)0, _response?.HasNat)
            : action.ToChange();
    }

    private SaChange NatChange(bool nat) => OwnChange.OfPath(default, _request!.PacketFor(_candidate).SourcePort, nat);

    private void Ask(OwnChange change, string failure)
    {
        if (change.Targets.Count == 0)
        {
            _nothingToChange = true;
        }
        else
        {
            _effect = (_engine.Put(change.Change, change.Targets), failure);
        }
    }

    /// <summary>A change of nothing is done at once; the machine hears of it when it is at rest again.</summary>
    private void GoOn()
    {
        while (_nothingToChange)
        {
            _nothingToChange = false;
            _machine.OwnSas(this, changed: true);
        }
    }

    private void ReportClosed()
    {
        for (int i = 0; i < _own.Targets.Count; i++)
        {
            if (_own.Targets[i].IsClosed)
            {
                _engine.Put(new SaClosed(_own.Targets[i]));
            }
        }
    }
}
