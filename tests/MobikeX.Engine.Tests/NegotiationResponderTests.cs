using MobikeX.Engine.Memory;
using MobikeX.Engine.Tests.Simulator;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine.Tests;

/// <summary>Sections 7.1.1 to 7.1.3 at the Responder, with offers given octet by octet.</summary>
public sealed class NegotiationResponderTests
{
    private const int Supported = 16396;
    private const int UnsupportedVersion = 8192;

    private readonly MemoryIpsecBackend _backend = new();
    private readonly IkeSa _ike = new(Pair.IkeSpi, "mn@example.org", "psk", new AddressSet(Pair.Home), new AddressSet(Pair.Gateway));
    private uint _messageId;

    [Theory(DisplayName = "7.1.1: the highest version that both enable is chosen")]
    [InlineData("01020102", "01 02", "01010200", NegotiationResponderState.MobikeXSupported, 2)]
    [InlineData("01020201", "01 02", "01010200", NegotiationResponderState.MobikeXSupported, 2)]
    [InlineData("0101010001010200", "01 02", "01010200", NegotiationResponderState.MobikeXSupported, 2)]
    [InlineData("01020203", "02", "01010200", NegotiationResponderState.MobikeXSupported, 2)]
    [InlineData("01020102", "01", "01010100", NegotiationResponderState.MobikeSupported, 1)]
    [InlineData("01010100", "01 02", "01010100", NegotiationResponderState.MobikeSupported, 1)]
    [InlineData("", "01 02", "", NegotiationResponderState.MobikeSupported, 1)]
    [Requirement("R-7.1.1-09")]
    [Requirement("R-7.1.1-10")]
    [Requirement("R-7.1.1-15")]
    public void Chooses(string offer, string enabled, string answer, NegotiationResponderState state, int version)
    {
        MobikeXResponder responder = Create(new ResponderOptions { EnabledVersions = Versions(enabled) });

        IReadOnlyList<SentNotify> response = Request(responder, (Supported, offer));

        Assert.Equal((NotifyType.MobikeSupported, answer), Answer(response));
        Assert.Equal(state, responder.State);
        Assert.Equal((MobikeVersion)version, _ike.Version);
        Assert.True(responder.TryPollEvent(out EngineEvent? agreed));
        Assert.Equal(new VersionAgreed((MobikeVersion)version), agreed);
    }

    [Theory(DisplayName = "7.1.1: where none of the versions is enabled, those that are come back, or NONE")]
    [InlineData("01010100", "02", "01010200")]
    [InlineData("01010200", "01", "01010100")]
    [InlineData("01010300", "01 02", "01020102")]
    [InlineData("01020102", "", "0101ff00")]
    [InlineData("0101ff00", "01 02", "01020102")]
    [InlineData("01010000", "02", "01010200")]
    [Requirement("R-6.1-02")]
    [Requirement("R-7.1.1-07")]
    [Requirement("R-7.1.1-11")]
    [Requirement("R-7.1.1-12")]
    [Requirement("R-7.1.1-14")]
    [Requirement("R-11.3.1-01")]
    [Requirement("R-11.4.1-01")]
    public void NamesWhatIsEnabled(string offer, string enabled, string answer)
    {
        MobikeXResponder responder = Create(new ResponderOptions { EnabledVersions = Versions(enabled) });

        IReadOnlyList<SentNotify> response = Request(responder, (Supported, offer));

        Assert.Equal((NotifyType.MobikeUnsupportedVersion, answer), Answer(response));
        Assert.Equal(NegotiationResponderState.Init, responder.State);
        Assert.Null(_ike.Version);
    }

    [Fact(DisplayName = "7.1.1: an Initiator that names no version gets silence where version 1 is not enabled")]
    [Requirement("R-7.1.2-01")]
    public void KeepsSilent()
    {
        MobikeXResponder responder = Create(new ResponderOptions { EnabledVersions = Versions("02") });

        Assert.Empty(Request(responder, (Supported, string.Empty)));
        Assert.Equal(NegotiationResponderState.Init, responder.State);
    }

    [Fact(DisplayName = "7.1.1: a peer that does not know MOBIKE answers nothing")]
    public void DoesNotKnowMobike()
    {
        MobikeXResponder responder = Create(new ResponderOptions { KnowsMobike = false });

        Assert.Empty(Request(responder, (Supported, "01020102")));
        Assert.Null(_ike.Version);
    }

    [Theory(DisplayName = "7.1.1: a peer of RFC 4555 reads no VERSION and answers none")]
    [InlineData("01020102")]
    [InlineData("0100")]
    [InlineData("")]
    public void KnowsMobikeOnly(string offer)
    {
        MobikeXResponder responder = Create(new ResponderOptions { KnowsVersions = false, EnabledVersions = Versions("01") });

        Assert.Equal((NotifyType.MobikeSupported, string.Empty), Answer(Request(responder, (Supported, offer))));
        Assert.Equal(NegotiationResponderState.MobikeSupported, responder.State);
    }

    [Theory(DisplayName = "11.3.4: an offer that cannot be read is UNACCEPTABLE_PARAMETER, and enables nothing")]
    [InlineData("0100")]
    [InlineData("010501")]
    [InlineData("07000001")]
    [InlineData("ff")]
    public void RefusesWhatCannotBeRead(string offer)
    {
        MobikeXResponder responder = Create(new ResponderOptions());

        Assert.Equal(NotifyType.UnacceptableParameter, Answer(Request(responder, (Supported, offer))).Type);
        Assert.Equal(NegotiationResponderState.Init, responder.State);
        Assert.Null(_ike.Version);
    }

    [Fact(DisplayName = "7.1.3: nothing of a negotiation that failed is kept")]
    public void ForgetsFailures()
    {
        MobikeXResponder responder = Create(new ResponderOptions { EnabledVersions = Versions("01") });
        Request(responder, (Supported, "01010200"));

        Assert.Equal((NotifyType.MobikeSupported, "01010100"), Answer(Request(responder, (Supported, "01010100"))));
        Assert.Equal(NegotiationResponderState.MobikeSupported, responder.State);
    }

    [Fact(DisplayName = "7.1.2: NONE from the peer deactivates, any other version is discarded")]
    public void IsDeactivatedByThePeer()
    {
        _ike.Version = MobikeVersion.MobikeX;
        MobikeXResponder responder = Create(new ResponderOptions());

        Assert.Empty(Request(responder, (UnsupportedVersion, "01010100")));
        Assert.Equal(NegotiationResponderState.MobikeXSupported, responder.State);
        Assert.Empty(Request(responder, (UnsupportedVersion, "0101ff00")));

        Assert.Equal(NegotiationResponderState.MobikeUnsupported, responder.State);
        Assert.Null(_ike.Version);
        Assert.True(responder.TryPollEvent(out EngineEvent? deactivated));
        Assert.Equal(new Deactivated(ByPeer: true), deactivated);
    }

    [Fact(DisplayName = "6.2: after a deactivation another offer is taken")]
    public void NegotiatesAgain()
    {
        _ike.Version = MobikeVersion.MobikeX;
        MobikeXResponder responder = Create(new ResponderOptions());
        Request(responder, (UnsupportedVersion, "0101ff00"));

        Assert.Equal((NotifyType.MobikeSupported, "01010200"), Answer(Request(responder, (Supported, "01010200"))));
        Assert.Equal(NegotiationResponderState.MobikeXSupported, responder.State);
    }

    [Theory(DisplayName = "7.1.1, 6.2: an Initiator that offers takes nothing to be agreed, and is answered whatever was")]
    [InlineData("01010200", "01010200", NegotiationResponderState.MobikeXSupported, 2)]
    [InlineData("01020102", "01010200", NegotiationResponderState.MobikeXSupported, 2)]
    [InlineData("01010100", "01010100", NegotiationResponderState.MobikeSupported, 1)]
    [InlineData("", "", NegotiationResponderState.MobikeSupported, 1)]
    public void AnswersAnOfferWhereAVersionIsAgreed(string offer, string answer, NegotiationResponderState state, int version)
    {
        foreach (MobikeVersion agreed in (MobikeVersion[])[MobikeVersion.Mobike, MobikeVersion.MobikeX])
        {
            _ike.Version = agreed;
            MobikeXResponder responder = new(_ike, new ResponderOptions());

            Assert.Equal((NotifyType.MobikeSupported, answer), Answer(Request(responder, (Supported, offer))));
            Assert.Equal(state, responder.State);
            Assert.Equal((MobikeVersion)version, _ike.Version);
            Assert.True(responder.TryPollEvent(out EngineEvent? told));
            Assert.Equal(new VersionAgreed((MobikeVersion)version), told);
        }
    }

    [Theory(DisplayName = "7.1.1, 11.3.4: an offer that is refused, or cannot be read, leaves what was agreed")]
    [InlineData("01010300", UnsupportedVersion, "01010200")]
    [InlineData("01010100", UnsupportedVersion, "01010200")]
    [InlineData("0100", (int)NotifyType.UnacceptableParameter, "")]
    [InlineData("", 0, "")]
    public void KeepsWhatWasAgreed(string offer, int type, string answer)
    {
        foreach (MobikeVersion agreed in (MobikeVersion[])[MobikeVersion.Mobike, MobikeVersion.MobikeX])
        {
            _ike.Version = agreed;
            MobikeXResponder responder = new(_ike, new ResponderOptions { EnabledVersions = Versions("02") });

            Assert.Equal(type == 0 ? [] : [((NotifyType)type, answer)], Request(responder, (Supported, offer)).Select(static notify => (notify.Type, notify.Data)));
            Assert.Equal(agreed, _ike.Version);
        }
    }

    [Theory(DisplayName = "7.1.1: a peer of RFC 4555 answers each offer alike")]
    [InlineData("01", 1)]
    [InlineData("", 0)]
    public void AnswersEachOfferAsMobike(string enabled, int answers)
    {
        _ike.Version = MobikeVersion.Mobike;
        MobikeXResponder responder = new(_ike, new ResponderOptions { KnowsVersions = false, EnabledVersions = Versions(enabled) });

        Assert.Equal(answers, Request(responder, (Supported, "0100")).Count);
        Assert.Equal(answers, Request(responder, (Supported, string.Empty)).Count);
        Assert.Equal(MobikeVersion.Mobike, _ike.Version);
    }

    [Fact(DisplayName = "7.1.2: the Responder may deactivate too")]
    [Requirement("R-7.1.2-02")]
    public void Deactivates()
    {
        _ike.Version = MobikeVersion.MobikeX;
        MobikeXResponder responder = Create(new ResponderOptions());

        responder.Deactivate(TimeSpan.Zero);

        Assert.True(responder.TryPollTransmit(out Transmit withdrawal));
        Assert.Equal((TransmitKind.Request, ExchangeType.Informational), (withdrawal.Kind, withdrawal.Exchange));
        Assert.Equal((NotifyType.MobikeUnsupportedVersion, "0101ff00"), Answer(SentNotify.Read(withdrawal.First, withdrawal.Payloads.Span)));
        Assert.Equal(NegotiationResponderState.MobikeUnsupported, responder.State);
    }

    private static (NotifyType Type, string Data) Answer(IReadOnlyList<SentNotify> response)
    {
        SentNotify notify = Assert.Single(response);
        return (notify.Type, notify.Data);
    }

    private static MobikeVersion[] Versions(string numbers) =>
        [.. numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static number => (MobikeVersion)Convert.ToByte(number, 16))];

    private IReadOnlyList<SentNotify> Request(MobikeXResponder responder, params (int Type, string Data)[] notifies)
    {
        responder.HandleRequest(MessageChain.Message(ExchangeType.IkeAuth, _messageId++, Pair.FromHome, notifies), TimeSpan.Zero, _backend);
        Assert.True(responder.TryPollTransmit(out Transmit response));
        Assert.Equal(TransmitKind.Response, response.Kind);
        return SentNotify.Read(response.First, response.Payloads.Span);
    }

    private MobikeXResponder Create(ResponderOptions options)
    {
        _backend.Add(_ike);
        return new MobikeXResponder(_ike, options);
    }
}
