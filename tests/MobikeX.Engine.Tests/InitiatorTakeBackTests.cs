using MobikeX.Engine.Tests.Simulator;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests;

/// <summary>Sections 7.4 and 7.5: what an error takes back is all that was changed, and at once.</summary>
public sealed class InitiatorTakeBackTests
{
    private const uint Tunnel = 0xc1;
    private const uint Transport = 0xc2;

    private static readonly IpAddress Away = Pair.Address("198.51.100.7");
    private static readonly IpAddress SecondGateway = Pair.Address("203.0.113.2");
    private static readonly IpAddress ThirdGateway = Pair.Address("203.0.113.3");

    [Theory(DisplayName = "7.5: the Responder's addresses, the port and the encapsulation come back as well, in their order")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void Whole(MobikeVersion version)
    {
        Pair pair = Create(version);
        IReadOnlyList<string> before = State(pair);
        pair.Network.Loss = 1;
        pair.InitiatorHost.Carrier.MostTries = 2;

        pair.Start(static (initiator, sas) => initiator.Update(new ActionCommand(), new PacketAddresses(Away, 61000, ThirdGateway, 4500), default, sas));
        Assert.Equal(new AddressSet(ThirdGateway), pair.Initiator.Ike.Responder);
        Assert.Equal(Away, pair.ChildAtInitiator(Tunnel)!.Initiator[0]);
        pair.Run();

        Assert.Equal(before, State(pair));
        Assert.Equal(new ActionFailed(ActionTrait.Update, 1, "no response came"), pair.InitiatorEvents[^1]);
    }

    [Fact(DisplayName = "7.5: of several addresses the one in use is the one in use again")]
    public void Order()
    {
        Pair pair = Create(MobikeVersion.MobikeX);
        IReadOnlyList<string> before = State(pair);
        pair.Network.Loss = 1;
        pair.InitiatorHost.Carrier.MostTries = 2;

        pair.Start(static (initiator, sas) => initiator.Update(new ActionCommand(), new PacketAddresses(Pair.Home, 4500, SecondGateway, 4500), default, sas));
        Assert.Equal(SecondGateway, pair.Initiator.Ike.Responder[0]);
        Assert.Equal(AddressSet.Of(Pair.Gateway, SecondGateway), pair.Initiator.Ike.Responder);
        pair.Run();

        Assert.Equal(before, State(pair));
    }

    [Theory(DisplayName = "7.5: what cannot be taken back stays changed in every SA, and is told")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void NotMixed(int failAfter)
    {
        Pair pair = Create(MobikeVersion.MobikeX);
        pair.Network.Loss = 1;
        pair.InitiatorHost.Carrier.MostTries = 2;

        pair.Start(static (initiator, sas) => initiator.Update(new ActionCommand { Address = Away }, Pair.FromHome, default, sas));
        IReadOnlyList<string> changed = State(pair);
        pair.InitiatorHost.Backend.FailNext(failAfter);
        pair.Run();

        Assert.Equal(changed, State(pair));
        Assert.Equal([new ActionFailed(ActionTrait.Update, 1, "the peer has not done it, and the own SAs could not be changed back")], pair.InitiatorEvents);
    }

    [Fact(DisplayName = "7.4: where the change cannot be taken back no further candidate is tried, and none is said to be refused")]
    public void EndsWithCandidatesLeft()
    {
        Pair pair = new(responder: new ResponderOptions { AcceptsAddress = static address => address != Away });
        pair.AddChild(Tunnel, IpsecMode.Tunnel);

        pair.Start(static (initiator, sas) => initiator.Update(new ActionCommand { Candidates = [Away, SecondGateway] }, Pair.FromHome, default, sas));
        pair.InitiatorHost.Backend.FailNext();
        pair.Run();

        Assert.Single(pair.Requests);
        Assert.Equal([typeof(ActionAnswered), typeof(ActionFailed)], pair.InitiatorEvents.Select(static told => told.GetType()));
    }

    private static Pair Create(MobikeVersion version)
    {
        Pair pair = new(version: version);
        pair.AddChild(Tunnel, IpsecMode.UdpEncapsulatedTunnel, "10.0.0.2", "192.0.2.1", "198.51.100.8");
        pair.AddChild(Transport, IpsecMode.Transport, null, "198.51.100.8", "192.0.2.1");
        pair.Initiator.Ike.Responder = AddressSet.Of(Pair.Gateway, SecondGateway);
        pair.ChildAtInitiator(Tunnel)!.Responder = AddressSet.Of(SecondGateway, Pair.Gateway);
        pair.ChildAtInitiator(Tunnel)!.InitiatorPort = 4501;
        return pair;
    }

    private static IReadOnlyList<string> State(Pair pair) =>
        [.. new SecurityAssociation[] { pair.Initiator.Ike, pair.ChildAtInitiator(Tunnel)!, pair.ChildAtInitiator(Transport)! }.Select(static sa => SaAddresses.Of(sa).ToString())];
}
