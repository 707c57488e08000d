using MobikeX.Engine.Memory;
using MobikeX.Engine.Tests.Simulator;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine.Tests;

/// <summary>Sections 7.1.1 to 7.1.3 at the Initiator, with responses given octet by octet.</summary>
public sealed class NegotiationInitiatorTests
{
    private const int Supported = 16396;
    private const int UnsupportedVersion = 8192;
    private const int UnsupportedCriticalPayload = 1;

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(5);

    private readonly MemoryIpsecBackend _backend = new();
    private readonly IkeSa _ike = new(Pair.IkeSpi, "gw@example.org", "psk", new AddressSet(Pair.Home), new AddressSet(Pair.Gateway));

    [Fact(DisplayName = "7.1.1: the offer is a MOBIKE_SUPPORTED in IKE_AUTH with the versions and the critical flag")]
    [Requirement("R-6.1-01")]
    [Requirement("R-7.1.1-01")]
    [Requirement("R-11.2.1-01")]
    public void Offers()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions());

        initiator.Enable(Start);

        Transmit offer = Take(initiator);
        SentNotify notify = Assert.Single(SentNotify.Read(offer.First, offer.Payloads.Span));
        Assert.Equal(ExchangeType.IkeAuth, offer.Exchange);
        Assert.Equal(TransmitKind.Request, offer.Kind);
        Assert.Equal((NotifyType.MobikeSupported, "01020102", true), (notify.Type, notify.Data, notify.Critical));
        Assert.Equal(4500, offer.Packet.DestinationPort);
        Assert.Equal(NegotiationInitiatorState.MobikeSupportedSent, initiator.State);
    }

    [Fact(DisplayName = "6.1: a peer of RFC 4555 names no version")]
    public void OffersNothingAsMobike()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions { KnowsVersions = false });

        initiator.Enable(Start);

        Assert.Equal(string.Empty, Assert.Single(Notifies(Take(initiator))).Data);
    }

    [Theory(DisplayName = "7.1.3: the response decides, and only a version that was offered, alone, is taken")]
    [InlineData("01 02", "01010200", NegotiationInitiatorState.MobikeXSupported, 2)]
    [InlineData("01 02", "01010100", NegotiationInitiatorState.MobikeXUnsupported, 1)]
    [InlineData("01 02", "", NegotiationInitiatorState.MobikeXUnsupported, 1)]
    [InlineData("02", "", NegotiationInitiatorState.MobikeXUnsupported, 1)]
    [InlineData("01", "01010100", NegotiationInitiatorState.MobikeSupported, 1)]
    [InlineData("02", "01010100", NegotiationInitiatorState.MobikeUnsupported, 0)]
    [InlineData("01 02", "01010300", NegotiationInitiatorState.MobikeUnsupported, 0)]
    [InlineData("01 02", "0101ff00", NegotiationInitiatorState.MobikeUnsupported, 0)]
    [InlineData("01 02", "01020102", NegotiationInitiatorState.MobikeUnsupported, 0)]
    [InlineData("01 02", "0101010001010200", NegotiationInitiatorState.MobikeUnsupported, 0)]
    [InlineData("01 02", "0100", NegotiationInitiatorState.MobikeUnsupported, 0)]
    [InlineData("01 02", "010502", NegotiationInitiatorState.MobikeUnsupported, 0)]
    [InlineData("01 02", "07000001", NegotiationInitiatorState.MobikeUnsupported, 0)]
    public void TakesTheChoice(string offered, string data, NegotiationInitiatorState state, int version)
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions { OfferedVersions = Versions(offered) });

        Respond(initiator, Enable(initiator), (Supported, data));

        Assert.Equal(state, initiator.State);
        Assert.Equal(version == 0 ? null : (MobikeVersion)version, _ike.Version);
        Assert.Equal(version == 0 ? new NegotiationFailed() : new VersionAgreed((MobikeVersion)version), Event(initiator));
        Assert.False(initiator.TryPollTransmit(out _));
        Assert.Null(initiator.NextDeadline);
    }

    [Fact(DisplayName = "RFC 4555 3.4: the answer to the offer may bring the Responder's further addresses")]
    public void TakesAlternatesWithTheChoice()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions());

        Respond(initiator, Enable(initiator), (Supported, ""), ((int)NotifyType.AdditionalIp4Address, "cb007102"), ((int)NotifyType.AdditionalIp6Address, "20010db8000f00000000000000000001"));

        Assert.Equal(2, _ike.Alternates.Count);
        Assert.Equal("203.0.113.2", _ike.Alternates[0].Address.ToString());
        Assert.Equal("2001:db8:f::1", _ike.Alternates[1].Address.ToString());
        Assert.False(initiator.TryPollTransmit(out _));
    }

    [Fact(DisplayName = "RFC 4555 3.4: addresses beside a refused offer are nobody's")]
    public void TakesNoAlternatesWithoutAVersion()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions());

        Respond(initiator, Enable(initiator), ((int)NotifyType.AdditionalIp4Address, "cb007102"));

        Assert.Equal(0, _ike.Alternates.Count);
        Assert.False(initiator.TryPollTransmit(out _));
    }

    [Fact(DisplayName = "6.1: a peer of RFC 4555 reads no VERSION in the answer, whatever it is")]
    public void ReadsNothingAsMobike()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions { KnowsVersions = false });

        Respond(initiator, Enable(initiator), (Supported, "ffff"));

        Assert.Equal(NegotiationInitiatorState.MobikeSupported, initiator.State);
        Assert.Equal(MobikeVersion.Mobike, _ike.Version);
    }

    [Fact(DisplayName = "7.1.1: a response to IKE_AUTH without MOBIKE_SUPPORTED means unsupported")]
    public void TakesSilenceForUnsupported()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions());

        Respond(initiator, Enable(initiator));

        Assert.Equal(NegotiationInitiatorState.MobikeUnsupported, initiator.State);
        Assert.Equal(new NegotiationFailed(), Event(initiator));
    }

    [Fact(DisplayName = "7.1.1: UNSUPPORTED_CRITICAL_PAYLOAD means unsupported")]
    public void TakesCriticalForUnsupported()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions());

        Respond(initiator, Enable(initiator), (UnsupportedCriticalPayload, "29"));

        Assert.Equal(NegotiationInitiatorState.MobikeUnsupported, initiator.State);
    }

    [Theory(DisplayName = "7.1.1: the timer covers an exchange that is lost, and a response that comes late shows that this one was not")]
    [InlineData("01 02", "01010200", NegotiationInitiatorState.MobikeXSupported, 2)]
    [InlineData("01 02", "01010100", NegotiationInitiatorState.MobikeXUnsupported, 1)]
    [InlineData("01 02", "", NegotiationInitiatorState.MobikeXUnsupported, 1)]
    [InlineData("01", "", NegotiationInitiatorState.MobikeSupported, 1)]
    [InlineData("01", "01010100", NegotiationInitiatorState.MobikeSupported, 1)]
    [InlineData("01", "01010200", NegotiationInitiatorState.MobikeUnsupported, 0)]
    [InlineData("01", "0100", NegotiationInitiatorState.MobikeUnsupported, 0)]
    [Requirement("R-7.1.1-03")]
    public void TimesOut(string offered, string answer, NegotiationInitiatorState state, int version)
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions { OfferedVersions = Versions(offered) });
        Transmit offer = Enable(initiator);
        TimeSpan deadline = initiator.NextDeadline!.Value;

        initiator.HandleTimeout(deadline - TimeSpan.FromMilliseconds(1));
        Assert.Equal(NegotiationInitiatorState.MobikeSupportedSent, initiator.State);

        initiator.HandleTimeout(deadline);
        Assert.Equal(NegotiationInitiatorState.MobikeUnsupported, initiator.State);
        Assert.Equal(new NegotiationFailed(), Event(initiator));
        Assert.Null(initiator.NextDeadline);

        Respond(initiator, offer, (Supported, answer));
        Assert.Equal(state, initiator.State);
        Assert.Equal(version == 0 ? null : (MobikeVersion)version, _ike.Version);
        Assert.Equal(version != 0, initiator.TryPollEvent(out _));
        Assert.Null(initiator.NextDeadline);
    }

    [Fact(DisplayName = "7.1.1: a late response to an offer does not answer the next one")]
    public void TellsALateResponseFromThatOfTheNextOffer()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions());
        Transmit first = Enable(initiator);
        initiator.HandleTimeout(initiator.NextDeadline!.Value);
        Transmit second = Enable(initiator);

        Respond(initiator, first, (Supported, "01010100"));
        Assert.Equal(NegotiationInitiatorState.MobikeSupportedSent, initiator.State);
        Respond(initiator, second, (Supported, "01010200"));
        Assert.Equal(MobikeVersion.MobikeX, _ike.Version);
    }

    [Fact(DisplayName = "7.1.1: an exchange that the carrier gave up on is one that timed out")]
    public void TakesLoss()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions());

        initiator.HandleLoss(Enable(initiator).Token, Start, _backend);

        Assert.Equal(NegotiationInitiatorState.MobikeUnsupported, initiator.State);
    }

    [Fact(DisplayName = "7.1.2: a version that is supported and was not offered is offered alone, in an INFORMATIONAL exchange")]
    public void OffersInstead()
    {
        MobikeXInitiator initiator = Create(OffersTwoKnowsBoth());

        Respond(initiator, Enable(initiator), (UnsupportedVersion, "01010100"));

        Transmit second = Take(initiator);
        Assert.Equal(ExchangeType.Informational, second.Exchange);
        SentNotify notify = Assert.Single(Notifies(second));
        Assert.Equal((NotifyType.MobikeSupported, "01010100", true), (notify.Type, notify.Data, notify.Critical));
        Assert.Equal(NegotiationInitiatorState.MobikeSupportedSent, initiator.State);
        Assert.NotNull(initiator.NextDeadline);

        Respond(initiator, second, (Supported, "01010100"));
        Assert.Equal(NegotiationInitiatorState.MobikeXUnsupported, initiator.State);
        Assert.Equal(MobikeVersion.Mobike, _ike.Version);
    }

    [Fact(DisplayName = "7.1.2: of several versions that the Responder names the highest is offered")]
    public void OffersTheHighestInstead()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions { OfferedVersions = Versions("03"), SupportedVersions = Versions("01 02 03") });

        Respond(initiator, Enable(initiator), (UnsupportedVersion, "01020102"));

        Assert.Equal("01010200", Assert.Single(Notifies(Take(initiator))).Data);
    }

    [Theory(DisplayName = "7.1.2: NONE, a version that was offered, one that is not supported, and one that cannot be read end the negotiation")]
    [InlineData("0101ff00")]
    [InlineData("01010200")]
    [InlineData("01010300")]
    [InlineData("0100")]
    [InlineData("")]
    public void GivesUp(string data)
    {
        MobikeXInitiator initiator = Create(OffersTwoKnowsBoth());

        Respond(initiator, Enable(initiator), (UnsupportedVersion, data));

        Assert.Equal(NegotiationInitiatorState.MobikeUnsupported, initiator.State);
        Assert.False(initiator.TryPollTransmit(out _));
    }

    [Fact(DisplayName = "7.1.2: there is no third offer")]
    public void OffersTwiceAtMost()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions { OfferedVersions = Versions("03"), SupportedVersions = Versions("01 02 03") });
        Respond(initiator, Enable(initiator), (UnsupportedVersion, "01010200"));

        Respond(initiator, Take(initiator), (UnsupportedVersion, "01010100"));

        Assert.Equal(NegotiationInitiatorState.MobikeUnsupported, initiator.State);
        Assert.False(initiator.TryPollTransmit(out _));
    }

    [Fact(DisplayName = "7.1.2: an option turns the second offer off")]
    public void OffersOnceByConfiguration()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions { OfferedVersions = Versions("02"), SupportedVersions = Versions("01 02"), OffersAgain = false });

        Respond(initiator, Enable(initiator), (UnsupportedVersion, "01010100"));

        Assert.Equal(NegotiationInitiatorState.MobikeUnsupported, initiator.State);
    }

    [Fact(DisplayName = "7.1.3: after a failure another negotiation may be tried, in an INFORMATIONAL exchange")]
    public void TriesAgain()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions());
        Respond(initiator, Enable(initiator));

        Transmit second = Enable(initiator);
        Respond(initiator, second, (Supported, "01010200"));

        Assert.Equal(ExchangeType.Informational, second.Exchange);
        Assert.Equal(NegotiationInitiatorState.MobikeXSupported, initiator.State);
    }

    [Fact(DisplayName = "7.1.2: NONE from the peer deactivates, any other version is discarded")]
    public void IsDeactivatedByThePeer()
    {
        _ike.Version = MobikeVersion.MobikeX;
        MobikeXInitiator initiator = Create(new InitiatorOptions());

        Request(initiator, (UnsupportedVersion, "01010100"));
        Assert.Equal(NegotiationInitiatorState.MobikeXSupported, initiator.State);
        Assert.Empty(Notifies(Take(initiator)));

        Request(initiator, (UnsupportedVersion, "0101ff00"));
        Assert.Equal(NegotiationInitiatorState.MobikeUnsupported, initiator.State);
        Assert.Null(_ike.Version);
        Assert.Equal(new Deactivated(ByPeer: true), Event(initiator));
    }

    [Fact(DisplayName = "7.1.2: deactivating sends MOBIKE_UNSUPPORTED_VERSION with NONE")]
    [Requirement("R-7.1.2-02")]
    public void Deactivates()
    {
        _ike.Version = MobikeVersion.MobikeX;
        MobikeXInitiator initiator = Create(new InitiatorOptions());

        initiator.Deactivate(Start);

        Transmit withdrawal = Take(initiator);
        SentNotify notify = Assert.Single(Notifies(withdrawal));
        Assert.Equal(ExchangeType.Informational, withdrawal.Exchange);
        Assert.Equal((NotifyType.MobikeUnsupportedVersion, "0101ff00"), (notify.Type, notify.Data));
        Assert.Equal(NegotiationInitiatorState.MobikeUnsupported, initiator.State);
        Assert.Null(_ike.Version);
        Assert.Equal(new Deactivated(ByPeer: false), Event(initiator));
    }

    [Fact(DisplayName = "7.1.1 note 2, 5.6: version 1 has no notify that ends it, and does not know that of MOBIKE-X")]
    public void VersionOneStays()
    {
        _ike.Version = MobikeVersion.Mobike;
        MobikeXInitiator initiator = Create(new InitiatorOptions());

        initiator.Deactivate(Start);
        Assert.IsType<CommandRefused>(Event(initiator));
        Request(initiator, (UnsupportedVersion, "0101ff00"));

        Assert.Empty(Notifies(Take(initiator)));
        Assert.Equal(NegotiationInitiatorState.MobikeSupported, initiator.State);
        Assert.Equal(MobikeVersion.Mobike, _ike.Version);
    }

    [Fact(DisplayName = "7.1.3: nothing is ended where nothing is agreed, and nothing offered where it is")]
    public void RefusesWhatDoesNotFitTheState()
    {
        MobikeXInitiator initiator = Create(new InitiatorOptions());
        initiator.Deactivate(Start);
        Assert.IsType<CommandRefused>(Event(initiator));

        Respond(initiator, Enable(initiator), (Supported, "01010200"));
        Event(initiator);
        initiator.Enable(Start);

        Assert.IsType<CommandRefused>(Event(initiator));
        Assert.False(initiator.TryPollTransmit(out _));
    }

    private static InitiatorOptions OffersTwoKnowsBoth() => new() { OfferedVersions = Versions("02"), SupportedVersions = Versions("01 02") };

    private static MobikeVersion[] Versions(string numbers) => [.. numbers.Split(' ').Select(static number => (MobikeVersion)Convert.ToByte(number, 16))];

    private static IReadOnlyList<SentNotify> Notifies(in Transmit transmit) => SentNotify.Read(transmit.First, transmit.Payloads.Span);

    private static Transmit Take(MobikeXInitiator initiator)
    {
        Assert.True(initiator.TryPollTransmit(out Transmit transmit));
        return transmit;
    }

    private static EngineEvent Event(MobikeXInitiator initiator)
    {
        Assert.True(initiator.TryPollEvent(out EngineEvent? engineEvent));
        return engineEvent!;
    }

    private static Transmit Enable(MobikeXInitiator initiator)
    {
        while (initiator.TryPollEvent(out _))
        {
        }

        initiator.Enable(Start);
        return Take(initiator);
    }

    private void Respond(MobikeXInitiator initiator, in Transmit request, params (int Type, string Data)[] notifies) =>
        initiator.HandleResponse(MessageChain.Message(request.Exchange, request.Token, request.Packet.Reversed, notifies), Start, _backend);

    private void Request(MobikeXInitiator initiator, params (int Type, string Data)[] notifies) =>
        initiator.HandleRequest(MessageChain.Message(ExchangeType.Informational, 0, Pair.FromHome.Reversed, notifies), Start, _backend);

    private MobikeXInitiator Create(InitiatorOptions options)
    {
        _backend.Add(_ike);
        return new MobikeXInitiator(_ike, options);
    }
}
