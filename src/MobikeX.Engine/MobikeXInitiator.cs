using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>The peer that is the Initiator of the IKE_SA: it asks for the actions.</summary>
/// <remarks>What the upper layer asks for is done in order, one after the other, so that the own SAs follow the peer's.</remarks>
public sealed class MobikeXInitiator : MobikeXEngine
{
    private readonly InitiatorNegotiation _negotiation;
    private readonly ActionExchange _actions;
    private readonly AlternateExchange _alternates;
    private readonly IdentifierSource _identifiers = new();
    private readonly Queue<Command> _waiting = new();
    private readonly bool _prohibitsNats;

    /// <summary>Creates the engine of an IKE_SA.</summary>
    /// <param name="ike">The IKE_SA; a <see cref="IkeSa.Version"/> that it has already is kept as agreed.</param>
    /// <param name="options">What is configured.</param>
    /// <param name="workspace">Working memory that this engine shares with others of its thread.</param>
    public MobikeXInitiator(IkeSa ike, InitiatorOptions options, EngineWorkspace? workspace = null)
        : base(ike, options, workspace)
    {
        _negotiation = new InitiatorNegotiation(this, options);
        _actions = new ActionExchange(this, options);
        _alternates = new AlternateExchange(this, _identifiers);
        _prohibitsNats = options.ProhibitsNats;
    }

    private delegate void Command(IIpsecReader sas);

    internal override bool PeerIsInitiator => false;

    /// <summary>The state of the negotiation.</summary>
    public NegotiationInitiatorState State => _negotiation.State;

    /// <inheritdoc/>
    public override TimeSpan? NextDeadline => _negotiation.Deadline;

    /// <inheritdoc/>
    public override void HandleResponse(in ReceivedMessage message, TimeSpan now, IIpsecReader sas)
    {
        ResponseReading response = ResponseReading.Of(message, Ike);
        if (_negotiation.Awaits(message.Token))
        {
            _negotiation.TakeResponse(response, now);
            TakeAlternates(message, now, sas);
            return;
        }

        if (_actions.Awaits(message.Token))
        {
            _actions.TakeResponse(response, sas);
        }
        else if (_alternates.Awaits(message.Token))
        {
            _alternates.TakeResponse(response);
        }

        if (response.UnsupportedVersion is { } named)
        {
            _negotiation.TakeWithdrawal(named);
        }

        GoOn(sas);
    }

    /// <inheritdoc/>
    public override void HandleLoss(uint token, TimeSpan now, IIpsecReader sas)
    {
        if (_negotiation.Awaits(token))
        {
            _negotiation.TakeLoss();
        }
        else if (_actions.Awaits(token))
        {
            _actions.TakeLoss(sas);
        }
        else if (_alternates.Awaits(token))
        {
            _alternates.TakeLoss();
        }

        GoOn(sas);
    }

    /// <inheritdoc/>
    public override void HandleTimeout(TimeSpan now)
    {
        if (_negotiation.Deadline <= now)
        {
            _negotiation.HandleTimeout();
        }
    }

    /// <summary>Offers the configured versions to the Responder: the first time in IKE_AUTH, later in an INFORMATIONAL exchange.</summary>
    public void Enable(TimeSpan now) => _negotiation.Enable(now);

    /// <summary>Replaces addresses. Returns the identifier that the answer's events carry.</summary>
    public ushort Update(ActionCommand command, in PacketAddresses packet, TimeSpan now, IIpsecReader sas) => Ask(ActionTrait.Update, command, packet, sas);

    /// <summary>Adds an address to CHILD_SAs. Returns the identifier that the answer's events carry.</summary>
    public ushort Add(ActionCommand command, in PacketAddresses packet, TimeSpan now, IIpsecReader sas) => Ask(ActionTrait.Add, command, packet, sas);

    /// <summary>Removes an address from CHILD_SAs. Returns the identifier that the answer's events carry.</summary>
    public ushort Remove(ActionCommand command, in PacketAddresses packet, TimeSpan now, IIpsecReader sas) => Ask(ActionTrait.Remove, command, packet, sas);

    /// <summary>Offers alternate addresses to the Responder: the whole list, or none to take it back.</summary>
    public void OfferAlternates(IReadOnlyList<OfferedAlternate> alternates, IReadOnlyList<SaSelector> selectors, TimeSpan now) =>
        Run(_ => _alternates.Offer(alternates, selectors), null);

    /// <summary>Ends the use of MOBIKE-X.</summary>
    public void Deactivate(TimeSpan now) => Run(_ => _negotiation.Deactivate(), null);

    internal override void TakeWithdrawal(IReadOnlyList<MobikeVersion> named) => _negotiation.TakeWithdrawal(named);

    private protected override void TakeOwnEffect(int effectId, bool succeeded, TimeSpan now, IIpsecReader sas)
    {
        if (_actions.AwaitsEffect(effectId))
        {
            _actions.TakeEffect(succeeded, sas);
            GoOn(sas);
        }
    }

    private ushort Ask(ActionTrait kind, ActionCommand command, PacketAddresses packet, IIpsecReader sas)
    {
        ushort identifier = _identifiers.Next();
        Run(
            reader =>
            {
                ActionRequest? request = ActionRequest.TryCreate(kind, command, packet, Ike.Version, _prohibitsNats, identifier, _identifiers, out string? objection);
                if (request is null)
                {
                    Put(new CommandRefused(identifier, objection!));
                }
                else
                {
                    _actions.Begin(request, reader);
                }
            },
            sas);
        return identifier;
    }

    private void Run(Command command, IIpsecReader? sas)
    {
        _waiting.Enqueue(command);
        GoOn(sas);
    }

    /// <summary>Starts what waits, up to the first that must wait for the peer or the backend.</summary>
    private void GoOn(IIpsecReader? sas)
    {
        while (!_actions.IsBusy && !_alternates.IsBusy && _waiting.Count > 0)
        {
            _waiting.Dequeue()(sas!);
        }
    }
}
