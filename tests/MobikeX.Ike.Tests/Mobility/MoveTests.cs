using MobikeX.Engine;
using MobikeX.Protocol;
using static MobikeX.Ike.Tests.Moves;

namespace MobikeX.Ike.Tests;

/// <summary>An Initiator that moves by itself, in virtual time.</summary>
public sealed class MoveTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory(DisplayName = "RFC 4555 3.5: an address that goes is replaced by another, at both ends, and messages follow")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void MovesWhenAnAddressGoes(MobikeVersion version)
    {
        var (network, initiator, responder) = TestConnections.Mobile(version);
        AddLink2(network, initiator);

        Lose(network, initiator, Link1);
        network.Run(5);

        AssertMovedTo(Link2, initiator, responder);
        AssertLives(network, initiator, responder);
    }

    [Fact(DisplayName = "RFC 4555 3.10: a way that fails is found by the silence on it, and the others are tried with the same octets")]
    public void MovesWhenAWayFails()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.Mobike);
        AddLink2(network, initiator);
        network.Passes = datagram => datagram.Packet.Source != Link1 && datagram.Packet.Destination != Link1;

        network.Run(60);

        AssertMovedTo(Link2, initiator, responder);
        AssertLives(network, initiator, responder);
    }

    [Fact(DisplayName = "RFC 4555 3.5: where one address is left nothing is asked first: the UPDATE itself is what is sent")]
    public void MovesAtOnceWhereOneAddressIsLeft()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.MobikeX);
        AddLink2(network, initiator);
        initiator.Events.Clear();

        Lose(network, initiator, Link1);
        network.Run(5);

        Assert.Contains("N(UPDATE_SA_ADDRESSES)", initiator.Events.OfType<MessageSent>().First().Payloads.Names);
        AssertMovedTo(Link2, initiator, responder);
    }

    [Fact(DisplayName = "RFC 4555 3.5: an UPDATE to an address of the Responder that is no more goes the other ways too")]
    public void FindsAnotherWayForAnUpdate()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.MobikeX);
        responder.Gain(Gateway2);
        AddLink2(network, initiator);
        network.Passes = datagram => datagram.Packet.Source != Gateway && datagram.Packet.Destination != Gateway;

        Lose(network, initiator, Link1);
        network.Run(30);

        AssertMovedTo(Link2, initiator, responder);
        Assert.Equal(AddressSet.Of(Gateway2), Assert.Single(initiator.Peer.ChildSas).Responder);
        Assert.Equal(AddressSet.Of(Gateway2), Assert.Single(responder.Peer.ChildSas).Responder);
    }

    [Fact(DisplayName = "RFC 4555 3.5: of several changes the last one wins")]
    public void TakesTheLastOfSeveralChanges()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.Mobike);
        AddLink2(network, initiator);

        Lose(network, initiator, Link1);
        initiator.Addresses.Add(Link3);
        Lose(network, initiator, Link2);
        network.Run(10);

        AssertMovedTo(Link3, initiator, responder);
        AssertLives(network, initiator, responder);
    }

    [Theory(DisplayName = "RFC 4555 3.5: moves over a network that loses, repeats and reorders end where the last address is")]
    [MemberData(nameof(Seeds))]
    public void MovesThroughABadNetwork(int seed)
    {
        var (network, initiator, responder) = TestConnections.Pair(
            TestConnections.Initiator() with { Mobility = new MobilityOptions { Versions = [MobikeVersion.Mobike] } },
            seed: seed,
            options: static same => same with { RetransmitTries = 15, RetransmitFactor = 1.2 });
        initiator.Initiate("road");
        network.Run(1);
        network.Loss = 0.2;
        network.Duplication = 0.2;
        network.Garbage = 0.2;
        network.Jitter = TimeSpan.FromSeconds(1);
        AddLink2(network, initiator);
        Lose(network, initiator, Link1);
        network.Run(30);
        initiator.Addresses.Add(Link1);
        Lose(network, initiator, Link2);
        network.Run(60);

        network.Loss = network.Duplication = network.Garbage = 0;
        network.Run(60);
        AssertMovedTo(Link1, initiator, responder);
        AssertLives(network, initiator, responder);
    }
}
