using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>What anybody can send in anybody's name, before a key is agreed (RFC 7296 section 2.6).</summary>
public sealed class StrangerTests
{
    private static readonly PacketAddresses ToResponder = new(
        IpAddress.Parse(TestConnections.InitiatorAddress), 500, IpAddress.Parse(TestConnections.ResponderAddress), 500);

    [Fact]
    public void Requests_in_the_name_of_a_peer_do_not_lock_it_out()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        for (long i = 1; i <= 100; i++)
        {
            byte[] request = FirstRequest();
            BitConverter.TryWriteBytes(request, i);
            responder.Do((endpoint, now) => endpoint.HandleDatagram(request, ToResponder, now));
        }

        Assert.Equal(new IkeOptions().HalfOpenPerSource / 4, responder.Endpoint.Peers.Count);
        initiator.Initiate("road");
        network.Run(1);

        Assert.True(initiator.Peer.IsEstablished);
        Assert.Single(responder.Endpoint.Peers, static peer => peer.IsEstablished);
    }

    [Fact]
    public void A_request_is_not_answered_to_another_source_than_began_it()
    {
        var (network, initiator, responder) = TestConnections.Pair(options: static same => same with { CookieThreshold = 1 });
        initiator.Initiate("road");
        byte[] request = network.Sent[0].Octets;
        network.Run(0.006);
        byte[] answer = Assert.Single(network.Sent, static datagram => datagram.Packet.Source == ToResponder.Destination).Octets;
        PacketAddresses elsewhere = new(IpAddress.Parse("192.0.2.99"), 500, ToResponder.Destination, 500);
        network.Sent.Clear();

        responder.Do((endpoint, now) => endpoint.HandleDatagram(request, elsewhere, now));

        OutgoingDatagram other = Assert.Single(network.Sent);
        Assert.NotEqual(answer, other.Octets);
        Assert.True(other.Octets.Length < request.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_malformed_is_not_answered_in_the_clear(bool hasNonce)
    {
        var (network, _, responder) = TestConnections.Pair();
        byte[] request = FirstRequest();

        // The first payload is longer than the message, or the nonce is another payload that nobody knows.
        request[hasNonce ? 30 : 16] = hasNonce ? (byte)0xff : (byte)PayloadType.VendorId;
        responder.Do((endpoint, now) => endpoint.HandleDatagram(request, ToResponder, now));

        Assert.Empty(network.Sent);
        Assert.Empty(responder.Endpoint.Peers);
    }

    [Fact]
    public void The_end_of_what_a_stranger_began_is_told_as_that()
    {
        var (network, _, responder) = TestConnections.Pair();
        byte[] request = FirstRequest();
        responder.Do((endpoint, now) => endpoint.HandleDatagram(request, ToResponder, now));
        Assert.Single(responder.Endpoint.Peers);
        network.Run(60);

        Assert.True(Assert.Single(responder.Events.OfType<SaEnded>()).IsOfStranger);
        Assert.Empty(responder.Endpoint.Peers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fragments_are_taken_only_where_both_ends_said_so_and_an_answer_that_is_too_long_ends_that_peer_alone(bool negotiated)
    {
        var (network, initiator, responder) = TestConnections.Connected(static same => same, same => same with { Fragmentation = negotiated });
        IkeSession session = initiator.Peer.Session;
        PayloadChain chain = new();
        for (int i = 0; i < 4095; i++)
        {
            chain.Add(new NotifyValue(NotifyType.Cookie2, [1, 2, 3, 4, 5, 6, 7, 8]));
        }

        uint next = 1 + network.Sent.Where(sent => sent.Packet.Source == ToResponder.Source).Max(static sent => MessageReader.TryReadHeader(sent.Octets, out IkeHeader request, out _) && !request.Response ? request.MessageId : 0);
        IkeHeader header = MessageWriter.Header(session.InitiatorSpi, session.ResponderSpi, ExchangeType.Informational, next, response: false, initiator: true);
        const int Part = 1000;
        int total = (chain.Octets.Length + Part - 1) / Part;
        network.Sent.Clear();
        for (int number = 1; number <= total; number++)
        {
            int at = (number - 1) * Part;
            byte[] fragment = session.Protection!.Seal(
                header,
                number == 1 ? chain.First : PayloadType.NoNextPayload,
                chain.Octets.Slice(at, Math.Min(Part, chain.Octets.Length - at)),
                new FragmentPlace((ushort)number, (ushort)total));
            PacketAddresses packet = initiator.Peer.Path;
            responder.Do((endpoint, now) => endpoint.HandleDatagram(fragment, packet, now));
        }

        Assert.Empty(network.Sent);
        Assert.Equal(negotiated, !responder.Endpoint.Peers.Any(static peer => peer.IsEstablished));
        Assert.Equal(negotiated, responder.Has<SaEnded>());
    }

    private static byte[] FirstRequest()
    {
        var (network, initiator, _) = TestConnections.Pair();
        initiator.Initiate("road");
        return network.Sent[0].Octets;
    }
}
