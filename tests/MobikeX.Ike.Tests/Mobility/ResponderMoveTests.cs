using MobikeX.Engine;
using MobikeX.Protocol;
using static MobikeX.Ike.Tests.Moves;

namespace MobikeX.Ike.Tests;

/// <summary>A Responder that loses an address, has another, or misses its peer.</summary>
public sealed class ResponderMoveTests
{
    [Theory(DisplayName = "RFC 4555 3.4: the Responder's further address is used when its first one fails")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void MovesToAnotherAddressOfTheResponder(MobikeVersion version)
    {
        var (network, initiator, responder) = TestConnections.Mobile(version);
        responder.Gain(Gateway2);
        network.Run(1);
        Assert.Equal(1, initiator.Peer.Sa!.Alternates.Count);

        network.Passes = datagram => datagram.Packet.Source != Gateway && datagram.Packet.Destination != Gateway;
        network.Run(60);

        Assert.Equal(AddressSet.Of(Gateway2), Assert.Single(initiator.Peer.ChildSas).Responder);
        Assert.Equal(AddressSet.Of(Gateway2), Assert.Single(responder.Peer.ChildSas).Responder);
        AssertLives(network, initiator, responder);
    }

    [Theory(DisplayName = "RFC 4555 3.6: the Responder that loses its address speaks from another, and the Initiator moves")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void FollowsTheResponder(MobikeVersion version)
    {
        var (network, initiator, responder) = TestConnections.Mobile(version);
        responder.Gain(Gateway2);
        network.Run(1);

        Lose(network, responder, Gateway);
        network.Run(10);

        Assert.Equal(AddressSet.Of(Gateway2), Assert.Single(initiator.Peer.ChildSas).Responder);
        Assert.Equal(AddressSet.Of(Gateway2), Assert.Single(responder.Peer.ChildSas).Responder);
        AssertLives(network, initiator, responder);
    }

    [Fact(DisplayName = "RFC 4555 3.6: the Responder that loses its address takes its SAs along, also where the Initiator sends no UPDATE")]
    public void TakesItsSasAlong()
    {
        var (network, initiator, responder) = TestConnections.Pair(TestConnections.Initiator() with { Mobility = new MobilityOptions { Follows = false } });
        initiator.Initiate("road");
        network.Run(1);
        responder.Gain(Gateway2);

        Lose(network, responder, Gateway);
        network.Run(1);

        Assert.Equal(AddressSet.Of(Gateway2), Assert.Single(responder.Peer.ChildSas).Responder);
        Assert.Equal(Gateway2, responder.Peer.Path.Source);
    }

    [Theory(DisplayName = "RFC 4555 3.5, 3.11: a Responder whose peer is silent seeks it at its alternates, and the Initiator follows")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void SeeksASilentInitiator(MobikeVersion version)
    {
        MobilityOptions options = new() { Versions = [version] };
        var (network, initiator, responder) = TestConnections.Connected(
            connection => connection with { Mobility = options, LivenessInterval = TimeSpan.Zero },
            connection => connection with { Mobility = options, LivenessInterval = TimeSpan.FromSeconds(5) });
        AddLink2(network, initiator);
        network.Passes = datagram => datagram.Packet.Source != Link1 && datagram.Packet.Destination != Link1;

        network.Run(200);

        Assert.Contains(responder.Events.OfType<EngineTold>(), static told => told.Event is MovedToAlternate moved && moved.Address == Link2);
        AssertMovedTo(Link2, initiator, responder);
        AssertLives(network, initiator, responder);
    }

    [Theory(DisplayName = "RFC 4555 3.11: a Responder gives its peer five minutes to find a way unless it is configured otherwise, and no more")]
    [InlineData(null, 290)]
    [InlineData(900, 890)]
    public void GivesTheInitiatorTime(int? configured, int waits)
    {
        MobilityOptions options = new() { Versions = [MobikeVersion.Mobike] };
        var (network, initiator, responder) = TestConnections.Mobile(configured is { } seconds ? options with { ResponderPatience = TimeSpan.FromSeconds(seconds) } : options);
        network.Passes = static _ => false;

        network.Run(waits);
        Assert.True(responder.Peer.IsEstablished);

        network.Run(200);
        Assert.Empty(responder.Endpoint.Peers);
        Assert.Empty(initiator.Endpoint.Peers);
    }
}
