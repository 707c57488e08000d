using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>The actions of a request: each is driven by its machine, on the SAs that the SELECTOR_SET's machine selects.</summary>
internal sealed partial class RequestProcessor
{
    private SelectorResponderMachine _selectorSet;
    private UpdateResponderMachine _update;
    private AddResponderMachine _add;
    private RemoveResponderMachine _remove;
    private AlternateResponderMachine _alternate;
    private RequestedAction _action;
    private bool _changedAtOnce;

    public ref RequestedAction Action => ref _action;

    public SelectorSet Selectors { get; } = new();

    /// <summary>True where the SELECTOR that was read last is understood.</summary>
    public bool SelectorUnderstood { get; private set; }

    /// <summary>The variable ERROR of section 8.</summary>
    public bool Error { get; set; }

    /// <summary>True where <see cref="Selection"/> comes from a SELECTOR_SET.</summary>
    public bool IsSelected { get; set; }

    /// <summary>The SAs that the action is meant for.</summary>
    public SaSelection Selection { get; } = new();

    /// <summary>Those of them that the action would change.</summary>
    public SaSelection Targets { get; } = new();

    public List<Alternate> Alternates { get; } = [];

    /// <summary>True under version 1 where a later UPDATE was received before this one.</summary>
    public bool IsSuperseded => Ike.Version == MobikeVersion.Mobike && _engine.IsSuperseded(Token);

    public void OnSelector(in SelectorNotify selector)
    {
        SetId(selector.Id);
        Selectors.Read(selector);
        RaiseSelector(understood: true);
    }

    /// <summary>A SELECTOR that cannot be read, or is not understood.</summary>
    public void OnUnreadableSelector(ushort? id)
    {
        _action = new RequestedAction { Id = id };
        RaiseSelector(understood: false);
    }

    public void OnAction(in RequestedAction action)
    {
        _action = action;
        SelectorSteps steps = new(this);
        _selectorSet.Action(ref steps);
    }

    /// <summary>An action that is not subject to a SELECTOR_SET: version 1 has none.</summary>
    public void OnActionWithoutSelectors(in RequestedAction action)
    {
        _action = action;
        SelectDefault();
        Perform();
    }

    public void OnEndOfSelector()
    {
        _action = default;
        SelectorSteps steps = new(this);
        _selectorSet.EndOfSelector(ref steps);
    }

    public void OnOther()
    {
        _action = default;
        SelectorSteps steps = new(this);
        _selectorSet.Other(ref steps);
    }

    public void OnNotUnderstood(bool critical)
    {
        _action = default;
        SelectorSteps steps = new(this);
        _selectorSet.NotUnderstood(ref steps);
        if (critical)
        {
            _selectorSet.NotUnderstoodCritical(ref steps);
        }
    }

    public void OnNoAlternates()
    {
        AlternateSteps steps = new(this);
        _alternate.NoneOffered(ref steps);
    }

    public void SelectDefault()
    {
        Selection.Clear();
        IsSelected = false;
        if (_action.DefaultSelection == DefaultSelectionTrait.IkeSa)
        {
            Selection.Add(Ike);
        }
        else
        {
            // ADD and REMOVE pass over the IKE_SA, which is implied nevertheless.
            Selection.AddWithChildren(Ike);
        }
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
            default:
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

    /// <summary>Targets the selected CHILD_SAs that have a place that <paramref name="qualifies"/>; true as well where an IKE_SA alone is selected, which is passed over.</summary>
    public bool TargetChildren(Func<ChildSa, AddressPlaces, IpAddress, bool> qualifies)
    {
        IpAddress address = _action.Kind == ActionTrait.Remove ? _action.Old : _action.New;
        bool anyIke = false;
        bool anyChild = false;
        Targets.Clear();
        for (int i = 0; i < Selection.Count; i++)
        {
            if (Selection[i].IsClosed)
            {
                continue;
            }

            if (Selection[i] is not ChildSa child)
            {
                anyIke = true;
                continue;
            }

            anyChild = true;
            if (((_action.Places & AddressPlaces.Header) != 0 && qualifies(child, AddressPlaces.Header, address))
                || ((_action.Places & AddressPlaces.Inner) != 0 && qualifies(child, AddressPlaces.Inner, address)))
            {
                Targets.Add(child);
            }
        }

        return Targets.Count > 0 || (anyIke && !anyChild);
    }

    /// <summary>Whether an address fits the SPD at every place where it is, or would be, a selector of a target.</summary>
    public bool TargetsFitSpd(IpAddress address)
    {
        for (int i = 0; i < Targets.Count; i++)
        {
            ChildSa child = (ChildSa)Targets[i];
            AddressPlaces selector = child.IsTunnel ? AddressPlaces.Inner : AddressPlaces.Header;
            if ((_action.Places & selector) != 0 && !child.At(selector).IsEmpty && !Sas.FitsSpd(child, selector, address))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What an UPDATE does; where the address is the packet's, RFC 4555 takes more from the packet.</summary>
    public SaChange ChangeOfUpdate()
    {
        SaChange change = _action.ToChange();
        bool mobike = Ike.Version == MobikeVersion.Mobike;
        return _action.FromPacket && (mobike || Nat.HasNat is not null)
            ? change.Along(mobike ? Packet.Destination : default, Packet.SourcePort, Nat.HasNat)
            : change;
    }

    public void Update()
    {
        SaChange change = ChangeOfUpdate();
        if ((change.Places & AddressPlaces.Header) != 0 && Options.ReturnRoutability == ReturnRoutability.BeforeMoving)
        {
            _engine.DeferChildren(change, Targets);
        }

        Change(change);
    }

    public void Change(in SaChange change)
    {
        if (Targets.Count == 0)
        {
            _changedAtOnce = true;
        }
        else
        {
            AwaitedEffect = _engine.Put(change, Targets);
        }
    }

    public void FinishUpdate()
    {
        _engine.NoteUpdate(Token);
        if ((_action.Places & AddressPlaces.Header) != 0 && Options.ReturnRoutability != ReturnRoutability.None)
        {
            _engine.CheckReturnRoutability(_action.New);
        }
    }

    public void HandUpInformation()
    {
        HandUpInformation(_action.Old, _action.OldInformation);
        HandUpInformation(_action.New, _action.NewInformation);
    }

    private void HandUpInformation(IpAddress address, MultihomingInformation? information)
    {
        if (information is { } told)
        {
            Tell(new InformationReceived(_action.Kind, address, told));
        }
    }

    private void BeginActions()
    {
        _action = default;
        _changedAtOnce = false;
        IsSelected = false;
        Alternates.Clear();
        SelectorSteps steps = new(this);
        _selectorSet.MessageBegins(ref steps);
    }

    private void EndActions()
    {
        Selection.Clear();
        Targets.Clear();
        Selectors.Clear();
    }

    private void EndMessage()
    {
        AlternateSteps steps = new(this);
        _alternate.MessageEnds(ref steps);
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
            default:
                RemoveSteps remove = new(this);
                _remove.Raise(succeeded ? RemoveResponderEvent.Changed : RemoveResponderEvent.Failed, ref remove);
                break;
        }
    }

    private void SetId(IdParameter? id) => _action = new RequestedAction { Id = id?.Identifier };

    private void RaiseSelector(bool understood)
    {
        SelectorUnderstood = understood;
        SelectorSteps steps = new(this);
        _selectorSet.Selector(ref steps);
    }

    private void TakeOther(in PayloadView payload)
    {
        if (Ike.Version is null or MobikeVersion.Mobike)
        {
            return;
        }

        if (payload.Type.IsNamed())
        {
            OnOther();
        }
        else
        {
            NotUnderstoodType = payload.Type;
            OnNotUnderstood(payload.Critical);
        }
    }
}
