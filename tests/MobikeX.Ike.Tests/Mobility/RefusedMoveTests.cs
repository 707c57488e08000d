using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;
using static MobikeX.Ike.Tests.Moves;

namespace MobikeX.Ike.Tests;

/// <summary>A move that is refused, on one way or on all.</summary>
public sealed class RefusedMoveTests
{
    [Fact(DisplayName = "RFC 4555 3.9: an UPDATE that meets a NAT where none is allowed is tried several times")]
    public void TriesAgainPastANat()
    {
        var (network, initiator, responder) = TestConnections.Connected(static connection => connection with { Mobility = new MobilityOptions { ProhibitsNats = true } });
        IpAddress outside = IpAddress.Parse("203.0.113.99");
        AddLink2(network, initiator);
        network.Translate = packet => Translated(packet, Link2, outside);

        Lose(network, initiator, Link1);
        network.Run(2.5);
        Assert.Equal(AddressSet.Of(Link1), Assert.Single(responder.Peer.ChildSas).Initiator);

        network.Translate = static packet => packet;
        network.Run(5);
        AssertMovedTo(Link2, initiator, responder);
    }

    [Theory(DisplayName = "RFC 4555 3.5: the refusal of an UPDATE that a command began is not that of the own move that waits behind it")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void TellsItsMoveFromThatOfACommand(MobikeVersion version)
    {
        var (network, initiator, responder) = TestConnections.Mobile(
            new MobilityOptions { Versions = [version] }, new MobilityOptions { Versions = [version], AcceptsAddress = static address => address != Link3 });
        initiator.Gain(Link2);
        initiator.Gain(Link3);
        network.Run(1);

        initiator.Do(peer => peer.Update(new ActionCommand { Address = Link3 }, network.Now));
        Lose(network, initiator, Link1);
        network.Run(5);

        Assert.Contains(initiator.Events.OfType<EngineTold>(), static told => told.Event is ActionFailed);
        AssertMovedTo(Link2, initiator, responder);
        Assert.Equal(Link2, Assert.Single(initiator.Events.OfType<PathChanged>().Skip(1)).Path.Source);
        AssertLives(network, initiator, responder);
    }

    [Theory(DisplayName = "RFC 4555 3.5: an UPDATE that is refused on one way is tried on the next")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void TriesTheNextWay(MobikeVersion version)
    {
        var (network, initiator, responder) = TestConnections.Mobile(
            new MobilityOptions { Versions = [version] }, new MobilityOptions { Versions = [version], AcceptsAddress = static address => address != Link2 });
        AddLink2(network, initiator);
        initiator.Addresses.Add(Link3);

        Lose(network, initiator, Link1);
        network.Run(5);

        AssertMovedTo(Link3, initiator, responder);
        AssertLives(network, initiator, responder);
    }

    [Fact(DisplayName = "RFC 4555 3.5: an UPDATE that is refused on every way is said of each but once")]
    public void TriesEachWayOnce()
    {
        var (network, initiator, responder) = TestConnections.Connected(
            static connection => connection, static connection => connection with { Mobility = new MobilityOptions { AcceptsAddress = static address => address == Link1 } });
        AddLink2(network, initiator);
        initiator.Addresses.Add(Link3);

        Lose(network, initiator, Link1);
        network.Run(5);

        Assert.Equal(2, initiator.Events.OfType<MessageSent>().Count(static sent => !sent.IsResponse && sent.Payloads.Names.Contains("N(UPDATE_SA_ADDRESSES)")));
        Assert.Equal(AddressSet.Of(Link1), Assert.Single(responder.Peer.ChildSas).Initiator);
    }

    [Fact(DisplayName = "Draft 7.1.2: a move that waits behind the end of MOBIKE-X is not said any more, and the IKE_SA lives on")]
    public void IsNotSaidAfterTheEnd()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.MobikeX);
        AddLink2(network, initiator);
        initiator.Events.Clear();

        initiator.Do(peer => peer.Update(new ActionCommand { Check = true }, network.Now));
        Assert.True(initiator.Do(peer => peer.Deactivate(network.Now)));
        Lose(network, initiator, Link1);
        network.Run(0.02);
        initiator.Gain(Link1);
        network.Run(5);

        Assert.Contains(initiator.Events.OfType<EngineTold>(), static told => told.Event is CommandRefused { Identifier: not null });
        Assert.Single(initiator.Events.OfType<MessageSent>(), static sent => !sent.IsResponse && sent.Payloads.Names.Contains("N(UPDATE_SA_ADDRESSES)"));
        Assert.Equal(AddressSet.Of(Link1), Assert.Single(responder.Peer.ChildSas).Initiator);
        AssertLives(network, initiator, responder);
    }
}
