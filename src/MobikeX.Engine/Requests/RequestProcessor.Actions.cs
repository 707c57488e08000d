using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>The actions of a request: each is driven by its machine, on the SAs that the machine of the SELECTOR_SET selects.</summary>
internal sealed partial class RequestProcessor
{
    private SelectorResponderMachine _selectorSet;
    private UpdateResponderMachine _update;
    private AddResponderMachine _add;
    private RemoveResponderMachine _remove;
    private AlternateResponderMachine _alternate;
    private RequestedAction _action;
    private PayloadType? _critical;
    private SaSelection? _deferred;
    private bool _changedAtOnce;
    private bool _settlesNat;

    /// <summary>The action that is being performed; of another notify, its ID.</summary>
    public ref readonly RequestedAction Action => ref _action;

    public ActionPlan Plan { get; } = new();

    public SelectorSet Selectors { get; } = new();

    /// <summary>True where the SELECTOR that was read last is understood.</summary>
    public bool SelectorUnderstood { get; private set; }

    /// <summary>The variable ERROR of section 8.</summary>
    public bool Error { get; set; }

    /// <summary>The list of alternates that is to come.</summary>
    public List<Alternate> Alternates { get; } = [];

    /// <summary>True under version 1 where a later UPDATE was received before this one.</summary>
    public bool IsSuperseded { get; private set; }

    public void TakeSelector(in SelectorNotify selector)
    {
        _action = new RequestedAction { Id = selector.Id?.Identifier };
        Selectors.Read(selector);
        RaiseSelector(understood: true);
    }

    /// <summary>A SELECTOR that cannot be read, or is not understood.</summary>
    public void TakeUnreadableSelector(ushort? id)
    {
        _action = new RequestedAction { Id = id };
        RaiseSelector(understood: false);
    }

    public void TakeAction(in RequestedAction action)
    {
        _action = action;
        SelectorSteps steps = new(this);
        _selectorSet.Action(ref steps);
    }

    /// <summary>An action of version 1, which knows no SELECTOR_SET.</summary>
    public void TakeMobikeAction(in RequestedAction action)
    {
        _action = action;
        if (action.Kind == ActionTrait.Update)
        {
            IsSuperseded = !_engine.IsLatestUpdate(Token);
            _settlesNat |= IsSuperseded;
        }

        Plan.SelectDefault(action.DefaultSelection, Ike);
        Perform();
    }

    public void TakeEndOfSelector() => Raise(SelectorResponderEvent.EndOfSelector);

    /// <summary>A payload that is understood, and has nothing to do with SELECTORs.</summary>
    public void TakeOther() => Raise(SelectorResponderEvent.Other);

    /// <summary>A payload that is not understood.</summary>
    public void TakeNotUnderstood() => Raise(SelectorResponderEvent.NotUnderstood);

    public void TakeNoAlternates()
    {
        AlternateSteps steps = new(this);
        _alternate.NoneOffered(ref steps);
    }

    /// <summary>Gives the action to its machine.</summary>
    public void Perform()
    {
        switch (_action.Kind)
        {
            case ActionTrait.Update:
                UpdateSteps update = new(this);
                _update.Raise(_action.Malformed ? UpdateResponderEvent.Malformed : UpdateResponderEvent.Received, ref update);
                break;
            case ActionTrait.Add:
                AddSteps add = new(this);
                _add.Raise(_action.Malformed ? AddResponderEvent.Malformed : AddResponderEvent.Received, ref add);
                break;
            case ActionTrait.Remove:
                RemoveSteps remove = new(this);
                _remove.Raise(_action.Malformed ? RemoveResponderEvent.Malformed : RemoveResponderEvent.Received, ref remove);
                break;
            case ActionTrait.Alternate:
                AlternateSteps alternate = new(this);
                _alternate.Raise(_action.Malformed ? AlternateResponderEvent.Malformed : AlternateResponderEvent.Received, ref alternate);
                break;
        }

        if (_changedAtOnce)
        {
            _changedAtOnce = false;
            Settle(succeeded: true);
        }
    }

    /// <summary>What an UPDATE does. Where its address is the packet's, RFC 4555 section 3.5 takes more from the packet: the Responder's address, where nothing is named.</summary>
    public SaChange ChangeOfUpdate() =>
        _action.TakesPath
            ? _action.ToChange().Along(
                _action.Old.IsNone && !Plan.IsSelected ? Packet.Destination : default, IsMobike || Nat.IsTold ? Packet.SourcePort : (ushort)0, Nat.HasNat)
            : _action.ToChange();

    public void Update()
    {
        SaChange change = ChangeOfUpdate();
        _deferred = _engine.Defer(change, Plan.Targets);
        Change(change);
    }

    public void Change(in SaChange change)
    {
        if (Plan.IsVoid)
        {
            _changedAtOnce = true;
        }
        else
        {
            AwaitedEffect = _engine.Put(change, Plan.Targets);
        }
    }

    public void FinishUpdate() => _engine.Updated(ChangeOfUpdate(), Plan.Targets, _deferred);

    /// <summary>True where every SA is as the UPDATE would make it, and no earlier one is still to change it.</summary>
    public bool IsUnchanged() => Plan.Keeps(ChangeOfUpdate()) && !_engine.IsMoving(Plan.Targets);

    /// <summary>True where an earlier UPDATE is still to move some of the selected SAs, so that the action means what they will have.</summary>
    public bool IsAhead() => _engine.IsAhead(_action, Plan.Selection);

    public void ReportClosed()
    {
        for (int i = 0; i < Plan.Targets.Count; i++)
        {
            if (Plan.Targets[i].IsClosed)
            {
                Tell(new SaClosed(Plan.Targets[i]));
            }
        }
    }

    public void HandUpInformation()
    {
        HandUp(_action.Old, _action.OldInformation);
        HandUp(_action.New, _action.NewInformation);
    }

    /// <summary>Answers what the notify that is being read causes.</summary>
    public void React(Reaction reaction) => React(reaction, _action.Id);

    private void React(Reaction reaction, ushort? id)
    {
        _settlesNat |= reaction == Reaction.UnexpectedNatDetected;
        if (!reaction.TryGetAnswer(out NotifyType answer))
        {
            return;
        }

        if (reaction.EchoesPayloadType() && _critical is { } refused)
        {
            Answers.Add(answer, refused);
        }
        else
        {
            Answers.Add(answer, reaction.EchoesId() ? id : null);
        }
    }

    private void HandUp(IpAddress address, MultihomingInformation? information)
    {
        if (information is { } told)
        {
            Tell(new InformationReceived(_action.Kind, address, told));
        }
    }

    /// <summary>A type of a notify that no spec names is not understood where MOBIKE-X is agreed on; before, and under version 1, it is ignored (section 5.6).</summary>
    private bool Understands(PayloadType type, in NotifyPayload notify) =>
        type == PayloadType.Notify ? Ike.Version is null || IsMobike || notify.NotifyMessageType.IsNamed() : type.IsNamed();

    private bool RefusesCritical()
    {
        if (_critical is null)
        {
            return false;
        }

        Raise(SelectorResponderEvent.NotUnderstoodCritical);
        return true;
    }

    private void BeginActions()
    {
        AwaitedEffect = 0;
        IsSuperseded = false;
        _settlesNat = false;
        Raise(SelectorResponderEvent.MessageBegins);
    }

    private void EndActions()
    {
        _update = default;
        _add = default;
        _remove = default;
        _deferred = null;
        Selectors.Clear();
        Plan.Clear();
        ForgetAlternates();
    }

    /// <summary>Nothing of what the request has said of alternates so far is for the list of the IKE_SA.</summary>
    private void ForgetAlternates()
    {
        _alternate = default;
        Alternates.Clear();
    }

    private void EndMessage()
    {
        // Nothing is done of a request that was overtaken (RFC 4555 section 3.5). While one waited for the backend another may have ended the
        // use of the version that it was read under.
        if (Ike.Version is not null && !IsSuperseded)
        {
            AlternateSteps steps = new(this);
            _alternate.MessageEnds(ref steps);
        }

        if (Nat.IsUnexpected && !_settlesNat && Ike.Version is not null)
        {
            React(Reaction.UnexpectedNatDetected, id: null);
        }

        if (Nat.IsTold && Ike.Version is not null)
        {
            Answers.Add(NotifyType.NatDetectionSourceIp, NatHash.Compute(Ike, Packet.Destination, Packet.DestinationPort));
            Answers.Add(NotifyType.NatDetectionDestinationIp, NatHash.Compute(Ike, Packet.Source, Packet.SourcePort));
        }
    }

    private void Settle(bool succeeded)
    {
        switch (_action.Kind)
        {
            case ActionTrait.Update:
                UpdateSteps update = new(this);
                _update.Raise(succeeded ? UpdateResponderEvent.Changed : UpdateResponderEvent.Failed, ref update);
                break;
            case ActionTrait.Add:
                AddSteps add = new(this);
                _add.Raise(succeeded ? AddResponderEvent.Changed : AddResponderEvent.Failed, ref add);
                break;
            case ActionTrait.Remove:
                RemoveSteps remove = new(this);
                _remove.Raise(succeeded ? RemoveResponderEvent.Changed : RemoveResponderEvent.Failed, ref remove);
                break;
            case ActionTrait.Alternate:
                // Alternates change no SA, so there is no change whose end they wait for.
                break;
        }
    }

    private void RaiseSelector(bool understood)
    {
        SelectorUnderstood = understood;
        SelectorSteps steps = new(this);
        _selectorSet.Selector(ref steps);
    }

    /// <summary>Raises an event of a payload that carries no ID.</summary>
    private void Raise(SelectorResponderEvent selectorEvent)
    {
        _action = default;
        SelectorSteps steps = new(this);
        _selectorSet.Raise(selectorEvent, ref steps);
    }

    private void TakeOther(in PayloadView payload)
    {
        if (Ike.Version is null || IsMobike)
        {
            return;
        }

        if (payload.Type.IsNamed())
        {
            TakeOther();
        }
        else
        {
            TakeNotUnderstood();
        }
    }
}
