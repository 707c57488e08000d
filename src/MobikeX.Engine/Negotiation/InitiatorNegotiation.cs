using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>The Initiator's part of sections 7.1.1 to 7.1.3: guards and actions of <see cref="NegotiationInitiatorMachine"/>.</summary>
internal sealed class InitiatorNegotiation : INegotiationInitiatorHandler
{
    private readonly InitiatorOptions _options;
    private readonly MobikeXEngine _engine;
    private NegotiationInitiatorMachine _machine;
    private IReadOnlyList<MobikeVersion> _offered = [];
    private IReadOnlyList<MobikeVersion> _named = [];
    private uint? _offer;
    private TimeSpan _now;
    private bool _authenticated;
    private bool _offeredMobikeX;
    private bool _offeredInstead;
    private bool _byPeer;

    public InitiatorNegotiation(MobikeXEngine engine, InitiatorOptions options)
    {
        _options = options;
        _engine = engine;
        _authenticated = engine.Ike.Version is not null;
        if (engine.Ike.Version is { } version)
        {
            _machine = new NegotiationInitiatorMachine(
                version > MobikeVersion.Mobike ? NegotiationInitiatorState.MobikeXSupported : NegotiationInitiatorState.MobikeSupported);
        }
    }

    /// <summary>The state of the negotiation.</summary>
    public NegotiationInitiatorState State => _machine.State;

    /// <summary>When the response is waited for no longer; null where none is.</summary>
    public TimeSpan? Deadline { get; private set; }

    private IReadOnlyList<MobikeVersion> Supported => _options.SupportedVersions ?? _options.OfferedVersions;

    /// <summary>True where the response to an offer is reported under this token.</summary>
    public bool Awaits(uint token) => _offer == token;

    /// <summary>The upper layer wants MOBIKE.</summary>
    public void Enable(TimeSpan now)
    {
        _now = now;
        InitiatorNegotiation self = this;
        _machine.Enable(ref self);
    }

    /// <summary>The upper layer wants MOBIKE-X no more.</summary>
    public void Deactivate()
    {
        _byPeer = false;
        InitiatorNegotiation self = this;
        _machine.Deactivate(ref self);
    }

    /// <summary>The response to an offer has come; a peer of RFC 4555 reads no VERSION in it.</summary>
    public void TakeResponse(ResponseReading response, TimeSpan now)
    {
        _now = now;
        _offer = null;
        InitiatorNegotiation self = this;
        if (_options.KnowsVersions && response.IsVersionMalformed)
        {
            _machine.Unsupported(ref self);
        }
        else if (response.Supported is { } chosen)
        {
            _named = _options.KnowsVersions ? chosen : [];
            _machine.Supported(ref self);
        }
        else if (_options.KnowsVersions && response.UnsupportedVersion is { } named)
        {
            _named = named;
            _machine.UnsupportedVersion(ref self);
        }
        else
        {
            _machine.Unsupported(ref self);
        }
    }

    /// <summary>The peer says MOBIKE_UNSUPPORTED_VERSION without having been asked.</summary>
    public void TakeWithdrawal(IReadOnlyList<MobikeVersion> named)
    {
        _byPeer = true;
        _named = named;
        InitiatorNegotiation self = this;
        _machine.VersionWithdrawn(ref self);
    }

    /// <summary>No response to an offer will come.</summary>
    public void TakeLoss()
    {
        _offer = null;
        HandleTimeout();
    }

    /// <summary>The response to an offer is waited for no longer; one that comes late is taken.</summary>
    public void HandleTimeout()
    {
        Deadline = null;
        InitiatorNegotiation self = this;
        _machine.TimedOut(ref self);
    }

    bool INegotiationInitiatorHandler.OfferedMobikeX() => _offeredMobikeX;

    bool INegotiationInitiatorHandler.VersionAbsent() => _named.Count == 0;

    bool INegotiationInitiatorHandler.VersionOffered() => _named.Count == 1 && _offered.Contains(_named[0]);

    bool INegotiationInitiatorHandler.VersionIsMobikeX() => _named[0] > MobikeVersion.Mobike;

    bool INegotiationInitiatorHandler.VersionIsNone() => _named.Count == 1 && _named[0] == MobikeVersion.None;

    bool INegotiationInitiatorHandler.CanOfferInstead() => _options.OffersAgain && !_offeredInstead && VersionToOfferInstead is not null;

    void INegotiationInitiatorHandler.OfferVersions()
    {
        _offeredInstead = false;
        _offeredMobikeX = false;
        Offer(_options.KnowsVersions ? _options.OfferedVersions : [MobikeVersion.Mobike]);
    }

    void INegotiationInitiatorHandler.OfferInstead()
    {
        _offeredInstead = true;
        Offer([VersionToOfferInstead!.Value]);
    }

    void INegotiationInitiatorHandler.AgreeOnMobike() => AgreeOn(MobikeVersion.Mobike);

    void INegotiationInitiatorHandler.AgreeOnVersion() => AgreeOn(_named[0]);

    void INegotiationInitiatorHandler.GiveUp()
    {
        _engine.Ike.Version = null;
        _engine.Put(new NegotiationFailed());
    }

    void INegotiationInitiatorHandler.Withdraw() =>
        _engine.Send(ExchangeType.Informational, new NotifyChain().Add(NotifyType.MobikeUnsupportedVersion, VersionData.Of([MobikeVersion.None])));

    void INegotiationInitiatorHandler.ForgetVersion() => _engine.ForgetVersion(_byPeer);

    void INegotiationInitiatorHandler.RefuseCommand() => _engine.Put(new CommandRefused(null, $"not in state {State}"));

    void INegotiationInitiatorHandler.React(Reaction reaction)
    {
        // Only `ignore` is asked for: the Initiator answers nothing in a negotiation.
    }

    void INegotiationInitiatorHandler.StartTimer(NegotiationInitiatorTimer timer, TimeSpan duration) => Deadline = _now + duration;

    void INegotiationInitiatorHandler.StopTimer(NegotiationInitiatorTimer timer) => Deadline = null;

    /// <summary>The highest version that the Responder names, of those that are supported here and that were not offered (section 7.1.2).</summary>
    private MobikeVersion? VersionToOfferInstead
    {
        get
        {
            MobikeVersion? highest = null;
            foreach (MobikeVersion version in _named)
            {
                if (version != MobikeVersion.None && Supported.Contains(version) && !_offered.Contains(version) && (highest is null || version > highest))
                {
                    highest = version;
                }
            }

            return highest;
        }
    }

    private void Offer(IReadOnlyList<MobikeVersion> versions)
    {
        _offered = versions;
        _offeredMobikeX |= versions.Any(static version => version > MobikeVersion.Mobike);
        NotifyChain notifies = new NotifyChain().Add(NotifyType.MobikeSupported, VersionData.Of(_options.KnowsVersions ? versions : []), critical: true);
        _offer = _engine.Send(_authenticated ? ExchangeType.Informational : ExchangeType.IkeAuth, notifies);
        _authenticated = true;
    }

    private void AgreeOn(MobikeVersion version)
    {
        _engine.Ike.Version = version;
        _engine.Put(new VersionAgreed(version));
    }
}
