using MobikeX.Engine.Tests.Simulator;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests;

/// <summary>What the Initiator does about its own SAs and about refusals: sections 7.4 to 7.7.</summary>
public sealed class InitiatorActionTests
{
    private const uint Tunnel = 0xc1;
    private const uint Transport = 0xc2;

    private static readonly IpAddress Away = Pair.Address("198.51.100.7");
    private static readonly IpAddress Further = Pair.Address("198.51.100.8");
    private static readonly IpAddress Refused = Pair.Address("10.9.9.9");

    [Theory(DisplayName = "7.4: the own SAs change when the request is sent, or when the answer has come, by configuration")]
    [InlineData(OwnSaChange.WhenSent, true)]
    [InlineData(OwnSaChange.WhenAnswered, false)]
    public void ChangesByConfiguration(OwnSaChange when, bool changedAtOnce)
    {
        Pair pair = Create(when);

        pair.Start(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Away), default, sas));
        Assert.Equal(changedAtOnce ? Away : Pair.Home, pair.ChildAtInitiator(Tunnel)!.Initiator[0]);

        pair.Run();
        AssertBoth(pair, Tunnel, Away);
        AssertBoth(pair, Transport, Away);
        Assert.Equal(new AddressSet(Away), pair.Initiator.Ike.Initiator);
        Assert.Equal([new ActionAccepted(ActionTrait.Update, 1, false)], pair.InitiatorEvents);
    }

    [Theory(DisplayName = "7.5: an error takes back what was changed")]
    [InlineData(OwnSaChange.WhenSent)]
    [InlineData(OwnSaChange.WhenAnswered)]
    public void TakesBack(OwnSaChange when)
    {
        Pair pair = Create(when);

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Address = Refused }, Pair.FromHome, default, sas));

        AssertBoth(pair, Tunnel, Pair.Home);
        AssertBoth(pair, Transport, Pair.Home);
        Assert.Equal(new AddressSet(Pair.Home), pair.Initiator.Ike.Initiator);
        Assert.Equal(
            [
                new ActionAnswered(ActionTrait.Update, 1, NotifyType.UnacceptableAddress),
                new CandidatesExhausted(1),
                new ActionFailed(ActionTrait.Update, 1, "the peer refused"),
            ],
            pair.InitiatorEvents);
    }

    [Fact(DisplayName = "7.5: what is taken back are the addresses of each SA, however many there were")]
    public void TakesBackSets()
    {
        Pair pair = new(responder: new ResponderOptions { AcceptsAddress = static address => address != Further });
        pair.AddChild(1, IpsecMode.Tunnel, null, "192.0.2.1", "198.51.100.7");
        pair.AddChild(2, IpsecMode.Tunnel, null, "192.0.2.1", "198.51.100.8");
        pair.AddChild(3, IpsecMode.Tunnel, null, "192.0.2.1", "198.51.100.7", "198.51.100.8");

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Address = Further }, Pair.FromHome, default, sas));
        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Old = Pair.Home, Address = Further }, Pair.FromHome, default, sas));
        pair.Do(static (initiator, sas) => initiator.Add(new ActionCommand { Address = Further }, Pair.FromHome, default, sas));

        Assert.Equal(AddressSet.Of(Pair.Home, Away), pair.ChildAtInitiator(1)!.Initiator);
        Assert.Equal(AddressSet.Of(Pair.Home, Further), pair.ChildAtInitiator(2)!.Initiator);
        Assert.Equal(AddressSet.Of(Pair.Home, Away, Further), pair.ChildAtInitiator(3)!.Initiator);
        Assert.Equal(3, pair.InitiatorEvents.OfType<ActionFailed>().Count());
    }

    [Fact(DisplayName = "7.4: a CHECK changes nothing at either end")]
    [Requirement("R-4-03")]
    [Requirement("R-7.4-15")]
    public void CheckChangesNothing()
    {
        Pair pair = Create();

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Address = Away, Check = true }, Pair.FromHome, default, sas));
        pair.Do(static (initiator, sas) => initiator.Add(new ActionCommand { Address = Away, Check = true }, Pair.FromHome, default, sas));
        pair.Do(static (initiator, sas) => initiator.Remove(new ActionCommand { Address = Pair.Home, Check = true }, Pair.FromHome, default, sas));

        AssertBoth(pair, Tunnel, Pair.Home);
        AssertBoth(pair, Transport, Pair.Home);
        Assert.Equal(
            [
                new ActionAccepted(ActionTrait.Update, 1, true),
                new ActionAccepted(ActionTrait.Add, 2, true),
                new ActionAnswered(ActionTrait.Remove, 3, NotifyType.ClosingSa),
                new ActionAccepted(ActionTrait.Remove, 3, true),
            ],
            pair.InitiatorEvents);
    }

    [Theory(DisplayName = "7.4: after UNACCEPTABLE_ADDRESS or DOES_NOT_FIT_SPD the next candidate is tried, in the order given")]
    [InlineData(OwnSaChange.WhenSent)]
    [InlineData(OwnSaChange.WhenAnswered)]
    [Requirement("R-7.4-11")]
    public void TriesCandidates(OwnSaChange when)
    {
        Pair pair = Create(when);
        pair.ResponderHost.Backend.AllowedSelectors = [Prefix("192.0.2.0/24"), Prefix("198.51.100.8/32")];

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Candidates = [Refused, Away, Further] }, Pair.FromHome, default, sas));

        AssertBoth(pair, Tunnel, Further);
        AssertBoth(pair, Transport, Further);
        Assert.Equal(
            [
                new ActionAnswered(ActionTrait.Update, 1, NotifyType.UnacceptableAddress),
                new ActionAnswered(ActionTrait.Update, 1, NotifyType.DoesNotFitSpd),
                new ActionAccepted(ActionTrait.Update, 1, false),
            ],
            pair.InitiatorEvents);
    }

    [Fact(DisplayName = "7.4: no candidate left is told to the upper layer, and nothing has changed")]
    public void RunsOutOfCandidates()
    {
        Pair pair = Create();
        pair.ResponderHost.Backend.AllowedSelectors = [Prefix("192.0.2.0/24")];

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Address = Away, Candidates = [Refused, Further] }, Pair.FromHome, default, sas));

        AssertBoth(pair, Transport, Pair.Home);
        Assert.Equal(3, pair.Requests.Count);
        Assert.Contains(new CandidatesExhausted(1), pair.InitiatorEvents);
    }

    [Fact(DisplayName = "7.4: an address that the caller gives twice is tried once")]
    public void TriesEachOnce()
    {
        Pair pair = Create();

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Address = Refused, Candidates = [Refused, Away] }, Pair.FromHome, default, sas));

        Assert.Equal(2, pair.Requests.Count);
        AssertBoth(pair, Tunnel, Away);
    }

    [Fact(DisplayName = "7.4: another refusal than that of the address ends it")]
    public void StopsAtOtherRefusals()
    {
        Pair pair = Create();
        ActionCommand command = new() { Selectors = [new SaSelector { ChildSpi = 0xdead }], Candidates = [Away, Further] };

        pair.Do((initiator, sas) => initiator.Update(command, Pair.FromHome, default, sas));

        Assert.Single(pair.Requests);
        Assert.Equal(
            [new ActionAnswered(ActionTrait.Update, 1, NotifyType.UnmatchedSelectorSet), new ActionFailed(ActionTrait.Update, 1, "the peer refused")],
            pair.InitiatorEvents);
    }

    [Fact(DisplayName = "7.4: a candidate that the own SPD does not take is not tried")]
    public void SkipsWhatDoesNotFitHere()
    {
        Pair pair = Create();
        pair.InitiatorHost.Backend.AllowedSelectors = [Prefix("192.0.2.0/24"), Prefix("198.51.100.8/32")];

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Candidates = [Away, Further] }, Pair.FromHome, default, sas));
        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Candidates = [Away] }, Pair.FromHome, default, sas));

        Assert.Single(pair.Requests);
        AssertBoth(pair, Transport, Further);
        Assert.Equal(
            [new ActionAccepted(ActionTrait.Update, 1, false), new ActionFailed(ActionTrait.Update, 2, "no address of its own fits the SPD")],
            pair.InitiatorEvents);
    }

    [Theory(DisplayName = "6.8: a REMOVE of the last address closes the SA at both ends")]
    [InlineData(OwnSaChange.WhenSent)]
    [InlineData(OwnSaChange.WhenAnswered)]
    public void RemoveCloses(OwnSaChange when)
    {
        Pair pair = Create(when);
        ChildSa closing = pair.ChildAtInitiator(Tunnel)!;
        ActionCommand command = new() { Selectors = [new SaSelector { ChildSpi = Tunnel }], Address = Pair.Home };

        pair.Start((initiator, sas) => initiator.Remove(command, Pair.FromHome, default, sas));
        Assert.False(closing.IsClosed);
        pair.Run();

        Assert.True(closing.IsClosed);
        Assert.Null(pair.ChildAtResponder(Tunnel));
        Assert.Null(pair.ChildAtInitiator(Tunnel));
        AssertBoth(pair, Transport, Pair.Home);
        Assert.Equal(
            [new ActionAnswered(ActionTrait.Remove, 1, NotifyType.ClosingSa), new SaClosed(closing), new ActionAccepted(ActionTrait.Remove, 1, false)],
            pair.InitiatorEvents);
    }

    [Fact(DisplayName = "7.6: ADD and REMOVE pass over the IKE_SA")]
    public void AddSkipsTheIkeSa()
    {
        Pair pair = Create();

        pair.Do(static (initiator, sas) => initiator.Add(new ActionCommand { Address = Away }, Pair.FromHome, default, sas));

        AssertBoth(pair, Tunnel, Pair.Home, Away);
        Assert.Equal(new AddressSet(Pair.Home), pair.Initiator.Ike.Initiator);
        Assert.Equal(new AddressSet(Pair.Home), pair.Responder.Ike.Initiator);
    }

    [Fact(DisplayName = "7.5: where the own SAs cannot be changed first, nothing is sent")]
    public void OwnFailureBefore()
    {
        Pair pair = Create();
        pair.InitiatorHost.Backend.FailNext();

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Away), default, sas));

        Assert.Empty(pair.Network.Sent);
        AssertBoth(pair, Tunnel, Pair.Home);
        Assert.Equal([new ActionFailed(ActionTrait.Update, 1, "the own SAs could not be changed")], pair.InitiatorEvents);
    }

    [Fact(DisplayName = "7.5: a change of the own SAs that fails behind the answer is told")]
    public void OwnFailureAfter()
    {
        Pair pair = Create(OwnSaChange.WhenAnswered);
        pair.InitiatorHost.Backend.FailNext();

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Away), default, sas));

        Assert.Equal(Away, pair.ChildAtResponder(Tunnel)!.Initiator[0]);
        Assert.Equal([new ActionFailed(ActionTrait.Update, 1, "the peer has done it, and the own SAs could not be changed")], pair.InitiatorEvents);
    }

    [Fact(DisplayName = "7.4: a failure of the peer's backend takes the own change back")]
    public void TemporaryFailure()
    {
        Pair pair = Create();
        pair.ResponderHost.Backend.FailNext();

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand(), Pair.From(Away), default, sas));

        AssertBoth(pair, Tunnel, Pair.Home);
        Assert.Contains(new ActionAnswered(ActionTrait.Update, 1, NotifyType.TemporaryFailure), pair.InitiatorEvents);
    }

    [Fact(DisplayName = "7.5: where no response comes the own change is taken back")]
    public void Lost()
    {
        Pair pair = Create();
        pair.Network.Loss = 1;
        pair.InitiatorHost.Carrier.MostTries = 3;

        pair.Do(static (initiator, sas) => initiator.Update(new ActionCommand { Candidates = [Away, Further] }, Pair.FromHome, default, sas));

        Assert.Equal(3, pair.Network.Sent.Count);
        AssertBoth(pair, Tunnel, Pair.Home);
        Assert.Equal([new ActionFailed(ActionTrait.Update, 1, "no response came")], pair.InitiatorEvents);
    }

    [Fact(DisplayName = "7.4: what is asked for meanwhile waits for what is under way")]
    public void OneAfterTheOther()
    {
        Pair pair = Create();

        pair.Start(static (initiator, sas) =>
        {
            initiator.Update(new ActionCommand(), Pair.From(Away), default, sas);
            initiator.Add(new ActionCommand { Address = Further }, Pair.FromHome, default, sas);
            initiator.OfferAlternates([new OfferedAlternate(Further)], [], default);
            initiator.Deactivate(default);
            initiator.Update(new ActionCommand(), Pair.FromHome, default, sas);
        });
        Assert.Single(pair.Network.Sent);
        pair.Run();

        AssertBoth(pair, Tunnel, Away, Further);
        Assert.Equal(4, pair.Requests.Count);
        Assert.Equal(
            [typeof(ActionAccepted), typeof(ActionAccepted), typeof(ActionAccepted), typeof(Deactivated), typeof(CommandRefused)],
            pair.InitiatorEvents.Select(static told => told.GetType()));
        Assert.Equal(NegotiationResponderState.MobikeUnsupported, pair.Responder.State);
    }

    [Fact(DisplayName = "7.3: refused alternates are told one by one")]
    public void RefusedAlternates()
    {
        Pair pair = Create();

        pair.Do(static (initiator, _) => initiator.OfferAlternates([new OfferedAlternate(Away), new OfferedAlternate(Refused)], [], default));

        Assert.Equal([new ActionAnswered(ActionTrait.Alternate, 2, NotifyType.UnacceptableAddress)], pair.InitiatorEvents);
        Assert.Equal([Away], Enumerable.Range(0, pair.Responder.Ike.Alternates.Count).Select(index => pair.Responder.Ike.Alternates[index].Address));
    }

    private static AddressPrefix Prefix(string text) => AddressPrefix.TryParse(text, out AddressPrefix prefix) ? prefix : throw new FormatException(text);

    private static void AssertBoth(Pair pair, uint spi, params IpAddress[] addresses)
    {
        Assert.Equal(AddressSet.Of(addresses), pair.ChildAtInitiator(spi)!.Initiator);
        Assert.Equal(AddressSet.Of(addresses), pair.ChildAtResponder(spi)!.Initiator);
    }

    private static Pair Create(OwnSaChange when = OwnSaChange.WhenSent)
    {
        Pair pair = new(
            new InitiatorOptions { OwnSaChange = when },
            new ResponderOptions { AcceptsAddress = static address => address != Refused });
        pair.AddChild(Tunnel, IpsecMode.Tunnel);
        pair.AddChild(Transport, IpsecMode.Transport);
        return pair;
    }
}
