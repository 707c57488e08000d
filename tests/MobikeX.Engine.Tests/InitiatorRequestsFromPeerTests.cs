using MobikeX.Engine.Tests.Simulator;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests;

/// <summary>Requests that the Responder sends to the Initiator: sections 5.7 and 7.2, RFC 4555 sections 3.6 and 3.7.</summary>
public sealed class InitiatorRequestsFromPeerTests
{
    private const int Update = 16400;
    private const int Selector = 40961;
    private const int EndOfSelector = 40962;
    private const int Add = 40963;
    private const int Remove = 40964;
    private const int Cookie2 = 16401;
    private const string UnacceptableParameter = "07000009";

    private uint _messageId;

    [Fact(DisplayName = "RFC 4555 3.7: a COOKIE2 is returned as it came")]
    public void ReturnsCookie()
    {
        foreach (MobikeVersion version in new[] { MobikeVersion.Mobike, MobikeVersion.MobikeX })
        {
            Pair pair = new(version: version);

            Assert.Equal([new SentNotify(NotifyType.Cookie2, "0102030405060708", false)], Request(pair, (Cookie2, "0102030405060708")));
        }
    }

    [Theory(DisplayName = "5.7: an action or a SELECTOR from the Responder is refused and not performed")]
    [InlineData(Update, "03260000c633640707000009")]
    [InlineData(Add, "03220000c633640707000009")]
    [InlineData(Remove, "03220000c000020107000009")]
    [InlineData(Selector, "02040000000000c107000009")]
    public void RefusesActions(int type, string data)
    {
        Pair pair = new();
        pair.AddChild(0xc1, IpsecMode.Tunnel);

        Assert.Equal([new SentNotify(NotifyType.UnacceptableParameter, UnacceptableParameter, false)], Request(pair, (type, data)));
        Assert.Equal(new AddressSet(Pair.Home), pair.ChildAtInitiator(0xc1)!.Initiator);
        Assert.False(pair.Initiator.TryPollEffect(out _));
    }

    [Fact(DisplayName = "5.7: an alternate behind a SELECTOR that is refused is not taken for the IKE_SA")]
    public void RefusesWhatFollowsARefusedSelector()
    {
        Pair pair = new();
        (int, string) alternate = (16398, "03220000c633640707000009");

        Assert.Equal(
            [NotifyType.UnacceptableParameter, NotifyType.UnacceptableParameter],
            Request(pair, (Selector, "02040000000000c1"), alternate).Select(static notify => notify.Type));
        Assert.Equal(0, pair.Initiator.Ike.Alternates.Count);
        Assert.Single(Request(pair, (Selector, "02040000000000c1"), (EndOfSelector, string.Empty), alternate));
        Assert.Equal(1, pair.Initiator.Ike.Alternates.Count);
    }

    [Fact(DisplayName = "RFC 4555 3.5: under version 1 there is no answer to an UPDATE from the Responder, which is not performed")]
    public void IgnoresAnUpdateOfVersion1()
    {
        Pair pair = new(version: MobikeVersion.Mobike);

        Assert.Empty(Request(pair, (Update, string.Empty)));
        Assert.False(pair.Initiator.TryPollEffect(out _));
    }

    [Fact(DisplayName = "7.2: alternates may come from the Responder, and replace the list")]
    public void TakesAlternates()
    {
        Pair pair = new();
        IpAddress other = Pair.Address("203.0.113.9");

        pair.DoAtResponder((responder, _) => responder.OfferAlternates([new OfferedAlternate(other)], default));

        Assert.Equal(other, pair.Initiator.Ike.Alternates[0].Address);
        Assert.IsType<AlternatesReplaced>(Assert.Single(pair.InitiatorEvents));
        Assert.Equal(new ActionAccepted(ActionTrait.Alternate, null, false), Assert.Single(pair.ResponderEvents));
    }

    [Fact(DisplayName = "7.2: of the lists that the Responder offers meanwhile the latest is sent next")]
    public void TakesTheLatestAlternates()
    {
        Pair pair = new();
        IpAddress[] others = [Pair.Address("203.0.113.7"), Pair.Address("203.0.113.8"), Pair.Address("203.0.113.9")];

        pair.DoAtResponder((responder, _) =>
        {
            foreach (IpAddress other in others)
            {
                responder.OfferAlternates([new OfferedAlternate(other)], default);
            }
        });

        Assert.Equal([others[0], others[2]], pair.InitiatorEvents.Cast<AlternatesReplaced>().Select(static replaced => replaced.Alternates[0].Address));
        Assert.Equal(2, pair.ResponderEvents.OfType<ActionAccepted>().Count());
    }

    [Fact(DisplayName = "7.2: an offer that no response comes to is told, and the next one is sent")]
    public void TellsOfALostOffer()
    {
        Pair pair = new();
        pair.Network.Loss = 1;
        pair.ResponderHost.Carrier.MostTries = 2;

        pair.DoAtResponder(static (responder, _) => responder.OfferAlternates([], default));
        pair.Network.Loss = 0;
        pair.DoAtResponder(static (responder, _) => responder.OfferAlternates([], default));

        Assert.Equal([new ActionFailed(ActionTrait.Alternate, null, "no response came")], pair.ResponderEvents.OfType<ActionFailed>());
    }

    [Fact(DisplayName = "7.4: the Responder moves on its own when told that the Initiator is gone; the next UPDATE brings both together")]
    public void MovesOnItsOwn()
    {
        Pair pair = new();
        pair.AddChild(0xc1, IpsecMode.Tunnel);
        IpAddress alternate = Pair.Address("198.51.100.9");
        pair.Do((initiator, _) => initiator.OfferAlternates([new OfferedAlternate(alternate)], [], default));

        pair.DoAtResponder(static (responder, sas) => responder.PeerUnreachable([], default, sas));
        Assert.Equal(new AddressSet(alternate), pair.ChildAtResponder(0xc1)!.Initiator);
        Assert.Equal(new AddressSet(alternate), pair.Responder.Ike.Initiator);
        Assert.Equal(new AddressSet(Pair.Home), pair.ChildAtInitiator(0xc1)!.Initiator);

        pair.Do((initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(alternate), default, sas));
        Assert.Equal(pair.ChildAtResponder(0xc1)!.Initiator, pair.ChildAtInitiator(0xc1)!.Initiator);
        Assert.Equal(pair.Responder.Ike.Initiator, pair.Initiator.Ike.Initiator);
    }

    [Fact(DisplayName = "7.1.2: the Responder deactivates, and neither end acts any more")]
    public void IsDeactivated()
    {
        Pair pair = new();
        pair.AddChild(0xc1, IpsecMode.Tunnel);

        pair.DoAtResponder(static (responder, _) => responder.Deactivate(default));
        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Pair.Address("198.51.100.7")), default, sas));

        Assert.Equal(NegotiationInitiatorState.MobikeUnsupported, pair.Initiator.State);
        Assert.Equal(NegotiationResponderState.MobikeUnsupported, pair.Responder.State);
        Assert.Equal(new AddressSet(Pair.Home), pair.ChildAtInitiator(0xc1)!.Initiator);
        Assert.Equal(new Deactivated(ByPeer: true), pair.InitiatorEvents[0]);
        Assert.IsType<CommandRefused>(pair.InitiatorEvents[1]);
    }

    [Theory(DisplayName = "6.2: an action that crosses the deactivation is done at neither end")]
    [InlineData(OwnSaChange.WhenSent)]
    [InlineData(OwnSaChange.WhenAnswered)]
    public void CrossesDeactivation(OwnSaChange when)
    {
        Pair pair = new(new InitiatorOptions { OwnSaChange = when });
        pair.AddChild(0xc1, IpsecMode.Tunnel);

        pair.Start(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Pair.Address("198.51.100.7")), default, sas));
        pair.DoAtResponder(static (responder, _) => responder.Deactivate(default));

        Assert.Equal(new AddressSet(Pair.Home), pair.ChildAtInitiator(0xc1)!.Initiator);
        Assert.Equal(new AddressSet(Pair.Home), pair.ChildAtResponder(0xc1)!.Initiator);
        Assert.Contains(new ActionFailed(ActionTrait.Update, 1, "the peer refused"), pair.InitiatorEvents);
        Assert.Single(pair.InitiatorEvents.OfType<Deactivated>());
        Assert.Equal(NegotiationInitiatorState.MobikeUnsupported, pair.Initiator.State);
    }

    [Fact(DisplayName = "RFC 4555 3.7: a check that crosses a deactivation gets its cookie back")]
    public void ReturnsTheCookieOfACheckAfterDeactivation()
    {
        Pair pair = new();
        pair.Do(static (initiator, _) => initiator.Deactivate(default));

        SentNotify cookie = Assert.Single(Request(pair, (Cookie2, "0102030405060708")));
        Assert.Equal(((NotifyType)Cookie2, "0102030405060708"), (cookie.Type, cookie.Data));
        Assert.Empty(Request(new Pair(version: null), (Cookie2, "0102030405060708")));
    }

    [Fact(DisplayName = "5.6: before a version is agreed on, actions are not understood and nothing is done")]
    public void KnowsNothingBefore()
    {
        Pair pair = new(version: null);

        Assert.Empty(Request(pair, (Update, string.Empty), (EndOfSelector, string.Empty)));
    }

    private IReadOnlyList<SentNotify> Request(Pair pair, params (int Type, string Data)[] notifies)
    {
        pair.Initiator.HandleRequest(MessageChain.Message(ExchangeType.Informational, _messageId++, Pair.FromHome.Reversed, notifies), default, pair.InitiatorHost.Backend);
        Assert.True(pair.Initiator.TryPollTransmit(out Transmit response));
        Assert.Equal(TransmitKind.Response, response.Kind);
        return SentNotify.Read(response.First, response.Payloads.Span);
    }
}
