using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>The Responder's part of sections 7.1.1 to 7.1.3: guards and actions of <see cref="NegotiationResponderMachine"/>.</summary>
internal sealed class ResponderNegotiation : INegotiationResponderHandler
{
    private readonly ResponderOptions _options;
    private readonly MobikeXEngine _engine;
    private AnswerChain? _answers;
    private NegotiationResponderMachine _machine;
    private IReadOnlyList<MobikeVersion> _named = [];
    private bool _byPeer;

    public ResponderNegotiation(MobikeXEngine engine, ResponderOptions options)
    {
        _options = options;
        _engine = engine;
        if (engine.Ike.Version is { } version)
        {
            _machine = new NegotiationResponderMachine(
                version > MobikeVersion.Mobike ? NegotiationResponderState.MobikeXSupported : NegotiationResponderState.MobikeSupported);
        }
    }

    /// <summary>The state of the negotiation.</summary>
    public NegotiationResponderState State => _machine.State;

    /// <summary>A MOBIKE_SUPPORTED that names these versions has come in a request.</summary>
    public void TakeOffer(IReadOnlyList<MobikeVersion> named, AnswerChain answers)
    {
        _named = named;
        _answers = answers;
        ResponderNegotiation self = this;
        _machine.Offered(ref self);
        _named = [];
        _answers = null;
    }

    /// <summary>A MOBIKE_SUPPORTED that cannot be read has come in a request.</summary>
    public void TakeMalformedOffer(AnswerChain answers)
    {
        _answers = answers;
        ResponderNegotiation self = this;
        _machine.MalformedOffer(ref self);
        _answers = null;
    }

    /// <summary>The peer says MOBIKE_UNSUPPORTED_VERSION.</summary>
    public void TakeWithdrawal(IReadOnlyList<MobikeVersion> named)
    {
        _byPeer = true;
        _named = named;
        ResponderNegotiation self = this;
        _machine.VersionWithdrawn(ref self);
        _named = [];
    }

    /// <summary>An action has come in a request, and no version is agreed.</summary>
    public void TakeAction(AnswerChain answers)
    {
        _answers = answers;
        ResponderNegotiation self = this;
        _machine.ActionReceived(ref self);
        _answers = null;
    }

    /// <summary>The upper layer wants MOBIKE-X no more.</summary>
    public void Deactivate()
    {
        _byPeer = false;
        ResponderNegotiation self = this;
        _machine.Deactivate(ref self);
    }

    bool INegotiationResponderHandler.KnowsMobike() => _options.KnowsMobike;

    bool INegotiationResponderHandler.KnowsVersions() => _options.KnowsVersions;

    bool INegotiationResponderHandler.VersionAbsent() => _named.Count == 0;

    bool INegotiationResponderHandler.MobikeEnabled() => _options.EnabledVersions.Contains(MobikeVersion.Mobike);

    bool INegotiationResponderHandler.VersionInCommon() => HighestInCommon is not null;

    bool INegotiationResponderHandler.HighestIsMobikeX() => HighestInCommon > MobikeVersion.Mobike;

    bool INegotiationResponderHandler.VersionIsNone() => _named.Count == 1 && _named[0] == MobikeVersion.None;

    bool INegotiationResponderHandler.WithdrawnHere() => _engine.EndedByPeer == false;

    void INegotiationResponderHandler.AcceptWithoutVersion()
    {
        _answers!.Add(NotifyType.MobikeSupported, []);
        AgreeOn(MobikeVersion.Mobike);
    }

    void INegotiationResponderHandler.AcceptHighest()
    {
        MobikeVersion highest = HighestInCommon!.Value;
        _answers!.Add(NotifyType.MobikeSupported, VersionData.Of([highest]));
        AgreeOn(highest);
    }

    void INegotiationResponderHandler.Withdraw() =>
        _engine.Send(ExchangeType.Informational, new NotifyChain().Add(NotifyType.MobikeUnsupportedVersion, VersionData.Of([MobikeVersion.None])));

    void INegotiationResponderHandler.ForgetVersion() => _engine.ForgetVersion(_byPeer);

    void INegotiationResponderHandler.RefuseCommand() => _engine.Put(new CommandRefused(null, $"not in state {State}"));

    void INegotiationResponderHandler.React(Reaction reaction)
    {
        if (reaction.TryGetAnswer(out NotifyType answer))
        {
            _answers!.Add(answer, answer == NotifyType.MobikeUnsupportedVersion ? VersionData.Of(reaction == Reaction.NoLongerInUse ? [MobikeVersion.None] : EnabledOrNone) : []);
        }
    }

    /// <summary>The highest version that was offered and is enabled; NONE is no version, even where somebody offers it.</summary>
    private MobikeVersion? HighestInCommon
    {
        get
        {
            MobikeVersion? highest = null;
            foreach (MobikeVersion version in _named)
            {
                if (version != MobikeVersion.None && _options.EnabledVersions.Contains(version) && (highest is null || version > highest))
                {
                    highest = version;
                }
            }

            return highest;
        }
    }

    private IReadOnlyList<MobikeVersion> EnabledOrNone =>
        _options.EnabledVersions.Count > 0 ? _options.EnabledVersions : [MobikeVersion.None];

    private void AgreeOn(MobikeVersion version)
    {
        _engine.Ike.Version = version;
        _engine.Put(new VersionAgreed(version));
    }
}
