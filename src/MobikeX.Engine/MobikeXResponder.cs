using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>The peer that is the Responder of the IKE_SA: it performs the actions that the Initiator asks for.</summary>
public sealed class MobikeXResponder : MobikeXEngine
{
    // What every request reads comes first, next to what the base keeps.
    private ReturnRoutabilityCheck? _routability;
    private List<OwnMove>? _moves;
    private readonly ResponderOptions _options;
    private readonly ResponderNegotiation _negotiation;
    private AlternateExchange? _alternates;
    private uint _latestUpdate;

    /// <summary>Creates the engine of an IKE_SA.</summary>
    /// <param name="ike">The IKE_SA; a <see cref="IkeSa.Version"/> that it has already is kept as agreed.</param>
    /// <param name="options">What is configured.</param>
    /// <param name="workspace">Working memory that this engine shares with others of its thread.</param>
    public MobikeXResponder(IkeSa ike, ResponderOptions options, EngineWorkspace? workspace = null)
        : base(ike, options, workspace)
    {
        _options = options;
        _negotiation = new ResponderNegotiation(this, options);
    }

    /// <summary>The state of the negotiation.</summary>
    public NegotiationResponderState State => _negotiation.State;

    /// <inheritdoc/>
    public override TimeSpan? NextDeadline => _routability?.Deadline;

    internal override bool PeerIsInitiator => true;

    /// <inheritdoc/>
    public override void HandleResponse(in ReceivedMessage message, TimeSpan now, IIpsecReader sas)
    {
        if (_routability is { } routability && routability.Awaits(message.Token))
        {
            routability.TakeResponse(message, now);
            ForgetIfIdle();
        }
        else if (_alternates is { } alternates && alternates.Awaits(message.Token))
        {
            alternates.TakeResponse(ResponseReading.Of(message, Ike));
            ForgetIfIdle();
        }
    }

    /// <inheritdoc/>
    public override void HandleLoss(uint token, TimeSpan now, IIpsecReader sas)
    {
        if (_routability is { } routability && routability.Awaits(token))
        {
            routability.TakeLoss(now);
            ForgetIfIdle();
        }
        else if (_alternates is { } alternates && alternates.Awaits(token))
        {
            alternates.TakeLoss();
            ForgetIfIdle();
        }
    }

    /// <inheritdoc/>
    public override void HandleRekey(ulong spi, ulong responderSpi, bool isReversed, IIpsecReader sas)
    {
        base.HandleRekey(spi, responderSpi, isReversed, sas);

        // Message IDs begin anew, and with them the order of UPDATEs.
        _latestUpdate = 0;
    }

    /// <inheritdoc/>
    public override void HandleChildRekey(ChildSa replaced, ChildSa successor) => _routability?.Inherit(replaced, successor);

    /// <inheritdoc/>
    public override void HandleSent(uint token, TimeSpan now)
    {
        if (_routability is { } routability && routability.Awaits(token))
        {
            routability.TakeSent(now);
        }
    }

    /// <inheritdoc/>
    public override void HandleTimeout(TimeSpan now)
    {
        _routability?.HandleTimeout(now);
        ForgetIfIdle();
    }

    /// <summary>Offers alternate addresses of the Responder to the Initiator: the whole list, or none to take it back.</summary>
    public void OfferAlternates(IReadOnlyList<OfferedAlternate> alternates, TimeSpan now)
    {
        _alternates ??= new AlternateExchange(this);
        _alternates.Offer(alternates, []);
        ForgetIfIdle();
    }

    /// <summary>Ends the use of MOBIKE-X.</summary>
    public void Deactivate(TimeSpan now) => _negotiation.Deactivate();

    /// <summary>Tells that the Initiator cannot be reached: its SAs move to the best usable alternate address that fits the SPD and leads to it from where they are.</summary>
    /// <param name="tried">Addresses where it was sought in vain.</param>
    /// <param name="now">The time.</param>
    /// <param name="sas">The SAs of the host.</param>
    /// <returns>False where no such address is left: nothing moves.</returns>
    public bool PeerUnreachable(IReadOnlyCollection<IpAddress> tried, TimeSpan now, IIpsecReader sas)
    {
        _ = tried ?? throw new ArgumentNullException(nameof(tried));
        ActionPlan plan = new();
        plan.SelectDefault(
            AdditionalIpAddressNotify.Moves == MovesTrait.IkeSa ? DefaultSelectionTrait.IkeSa : DefaultSelectionTrait.IkeSaAndChildSas, Ike);
        foreach (Alternate alternate in Ike.Alternates.Usable(now))
        {
            RequestedAction move = new() { Kind = ActionTrait.Update, Places = AddressPlaces.Header, New = alternate.Address };
            if (!Ike.Initiator.Contains(alternate.Address)
                && !tried.Contains(alternate.Address)
                && Options.AcceptsAddress(alternate.Address)
                && plan.Match(move, tunnelsOnly: Ike.Version == MobikeVersion.Mobike)
                && plan.IsOfFamily(alternate.Address)
                && plan.FitsSpd(move, sas))
            {
                // What waits to move elsewhere was for where the Initiator was.
                _routability?.Overtake(new CheckedMove(move.ToChange(), plan.Targets.Copy(), deferred: null));
                Move(move.ToChange(), plan.Targets, new MovedToAlternate(alternate.Address));
                return true;
            }
        }

        Put(new NoAlternateLeft());
        return false;
    }

    internal override void TakeOffer(IReadOnlyList<MobikeVersion> named, AnswerChain answers) => _negotiation.TakeOffer(named, answers);

    internal override void TakeMalformedOffer(AnswerChain answers) => _negotiation.TakeMalformedOffer(answers);

    internal override void TakeWithdrawal(IReadOnlyList<MobikeVersion> named) => _negotiation.TakeWithdrawal(named);

    internal override void TakeActionOfNoVersion(AnswerChain answers) => _negotiation.TakeAction(answers);

    internal override SaSelection? Defer(in SaChange change, SaSelection targets) =>
        _options.ReturnRoutability == ReturnRoutability.BeforeMoving && (change.Places & AddressPlaces.Header) != 0
            ? targets.TakeChildSas()
            : null;

    internal override bool IsMoving(SaSelection sas)
    {
        // Without a closure, which would be made for every request, where nearly none has a move that waits.
        if (HasMoves)
        {
            foreach (PendingMove move in Moves())
            {
                if (move.Concerns(sas))
                {
                    return true;
                }
            }
        }

        return false;
    }

    internal override bool IsAhead(in RequestedAction action, SaSelection sas) => HasMoves && PendingMove.AreAhead([.. Moves()], action, sas);

    internal override void Updated(in SaChange change, SaSelection moved, SaSelection? deferred)
    {
        if (_options.ReturnRoutability != ReturnRoutability.None && (change.Places & AddressPlaces.Header) != 0)
        {
            _routability ??= new ReturnRoutabilityCheck(this, _options.FillCookie);
            _routability.Require(new CheckedMove(change, moved.Copy(), deferred));
        }
    }

    internal override bool IsLatestUpdate(uint messageId)
    {
        bool isLatest = messageId >= _latestUpdate;
        _latestUpdate = Math.Max(_latestUpdate, messageId);
        return isLatest;
    }

    /// <summary>Asks for a change that no request waits for, and tells the upper layer when it is made.</summary>
    internal void Move(in SaChange change, SaSelection targets, EngineEvent? made)
    {
        _moves ??= [];
        _moves.Add(new OwnMove(Put(change, targets), new PendingMove(change, targets), made));
    }

    internal void CloseIkeSa()
    {
        SaSelection targets = new();
        targets.AddWithChildren(Ike);
        Move(SaChange.Close(), targets, new SaClosed(Ike));
    }

    private protected override void TakeOwnEffect(int effectId, bool succeeded, TimeSpan now, IIpsecReader sas)
    {
        int index = _moves?.FindIndex(candidate => candidate.EffectId == effectId) ?? -1;
        if (index < 0)
        {
            return;
        }

        OwnMove move = _moves![index];
        _moves.RemoveAt(index);
        if (!succeeded)
        {
            Put(new MoveFailed());
        }
        else if (move.Made is { } made)
        {
            Put(made);
        }
    }

    private protected override void Responded(TimeSpan now) => _routability?.BeginNext(now);

    private bool HasMoves => _routability is not null || _moves is { Count: > 0 };

    /// <summary>What is asked of the backend, and behind it what waits for a cookie.</summary>
    private IEnumerable<PendingMove> Moves() =>
        (_moves ?? []).Select(static own => own.Move).Concat(_routability?.Moves ?? []);

    private void ForgetIfIdle()
    {
        if (_routability is { IsIdle: true })
        {
            _routability = null;
        }

        if (_alternates is { IsBusy: false })
        {
            _alternates = null;
        }
    }

    private readonly record struct OwnMove(int EffectId, PendingMove Move, EngineEvent? Made);
}
