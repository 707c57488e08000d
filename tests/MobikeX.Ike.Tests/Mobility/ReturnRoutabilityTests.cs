using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using static MobikeX.Ike.Tests.Moves;

namespace MobikeX.Ike.Tests;

/// <summary>An address is shown to be the peer's by a question that was asked there, and by no other (RFC 4555 section 3.7).</summary>
public sealed class ReturnRoutabilityTests
{
    private static readonly IpAddress Victim = IpAddress.Parse("203.0.113.66");

    [Theory(DisplayName = "A question asked at an address that is not the peer's is not answered from another one")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void IsAskedAnew(MobikeVersion version)
    {
        var (network, initiator, responder) = TestConnections.Mobile(new MobilityOptions { Versions = [version], Follows = false });
        initiator.Gain(Link2);
        network.Run(1);

        // The UPDATE seems to come from somebody else, who gets no answer; the repeated one and all after it come from link 2.
        initiator.Addresses.Remove(Link1);
        network.Translate = static packet => packet.Source == Link1 ? new PacketAddresses(Victim, packet.SourcePort, packet.Destination, packet.DestinationPort) : packet;
        initiator.Do(peer => peer.Update(new ActionCommand(), network.Now));
        network.Run(0.1);
        Assert.Equal(Victim, responder.Peer.Sa!.Initiator[0]);
        Assert.Equal(Link1, Assert.Single(responder.Peer.ChildSas).Initiator[0]);
        network.Translate = static packet => packet.Source == Link1 ? new PacketAddresses(Link2, packet.SourcePort, packet.Destination, packet.DestinationPort)
            : packet.Destination == Link2 ? new PacketAddresses(packet.Source, packet.SourcePort, Link2, packet.DestinationPort) : packet;
        network.Run(2);
        initiator.Do(peer => peer.Update(new ActionCommand(), network.Now));
        network.Run(40);

        Assert.DoesNotContain(responder.Events.OfType<EngineTold>(), static told => told.Event is ReturnRoutabilityConfirmed confirmed && confirmed.Address == Victim);
        Assert.Contains(responder.Events.OfType<EngineTold>(), static told => told.Event is ReturnRoutabilityConfirmed confirmed && confirmed.Address == Link2);
        Assert.Equal(Link2, Assert.Single(responder.Peer.ChildSas).Initiator[0]);
    }

    [Fact(DisplayName = "A question that waits for the answer to another is asked in the end, and waited for from then on")]
    public void WaitsForItsTurn()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        network.Passes = static datagram => !MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) || header.Response || header.Initiator;
        responder.Peer.Begin(new LivenessCheck(responder.Peer));
        responder.Drain();
        initiator.MoveTo(Link2);
        network.Run(45);
        Assert.Equal(Link2, responder.Peer.Sa!.Initiator[0]);
        Assert.Equal(Link1, Assert.Single(responder.Peer.ChildSas).Initiator[0]);

        network.Passes = static _ => true;
        network.Run(40);

        Assert.DoesNotContain(responder.Events.OfType<EngineTold>(), static told => told.Event is ReturnRoutabilityFailed);
        Assert.Contains(responder.Events.OfType<EngineTold>(), static told => told.Event is ReturnRoutabilityConfirmed confirmed && confirmed.Address == Link2);
        Assert.Equal(Link2, Assert.Single(responder.Peer.ChildSas).Initiator[0]);
    }

    [Theory(DisplayName = "RFC 4555 3.7: a return routability check comes before or after the move, over the new way")]
    [InlineData(null)]
    [InlineData(ReturnRoutability.BeforeMoving)]
    [InlineData(ReturnRoutability.AfterMoving)]
    public void ChecksTheNewAddress(ReturnRoutability? check)
    {
        MobilityOptions options = new() { Versions = [MobikeVersion.Mobike] };
        var (network, initiator, responder) = TestConnections.Mobile(check is { } chosen ? options with { ReturnRoutability = chosen } : options);
        AddLink2(network, initiator);
        network.Sent.Clear();

        Lose(network, initiator, Link1);
        network.Run(5);

        AssertMovedTo(Link2, initiator, responder);
        uint[] asked = [.. network.Sent.Where(static sent => sent.Packet.Source == Gateway).Select(Header).Where(static header => !header.Response).Select(static header => header.MessageId)];
        Assert.NotEmpty(asked);
        Assert.Equal(asked.Distinct(), asked);
        Assert.Contains(new EngineTold(new ReturnRoutabilityConfirmed(Link2)).Event, responder.Events.OfType<EngineTold>().Select(static told => told.Event));
    }

    [Theory(DisplayName = "RFC 4555 3.7: where the cookie does not come back the IKE_SA is closed, with its CHILD_SAs")]
    [InlineData(ReturnRoutability.BeforeMoving)]
    [InlineData(ReturnRoutability.AfterMoving)]
    public void EndsWithoutItsCookie(ReturnRoutability check)
    {
        var (network, initiator, responder) = TestConnections.Mobile(new MobilityOptions { Versions = [MobikeVersion.Mobike], ReturnRoutability = check });
        AddLink2(network, initiator);
        ChildSa child = Assert.Single(responder.Peer.ChildSas);
        IkeSa ike = responder.Peer.Sa!;
        network.Passes = AnswersWithNothing;

        Lose(network, initiator, Link1);
        network.Run(5);

        Assert.Empty(responder.Endpoint.Peers);
        Assert.True(responder.Has<SaEnded>());
        Assert.True(responder.Has<ChildEnded>());
        Assert.True(child.IsClosed);
        Assert.True(ike.IsClosed);

        // Whoever answers for the Initiator has its keys, and not the cookie.
        bool AnswersWithNothing(OutgoingDatagram datagram)
        {
            if (datagram.Packet.Source == Gateway || !MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) || !header.Response)
            {
                return true;
            }

            IkeSession session = initiator.Peer.Session;
            IkeHeader empty = MessageWriter.Header(session.InitiatorSpi, session.ResponderSpi, header.ExchangeType, header.MessageId, response: true, initiator: true);
            network.Put(datagram with { Octets = session.Protection!.Seal(empty, PayloadType.NoNextPayload, []) });
            return false;
        }
    }

    private static IkeHeader Header(OutgoingDatagram sent)
    {
        Assert.True(MessageReader.TryReadHeader(sent.Octets, out IkeHeader header, out _));
        return header;
    }
}
