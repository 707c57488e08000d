using System.Security.Cryptography;
using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>What a network, or somebody on it, can do to an endpoint: lose, repeat, reorder, garble and invent.</summary>
public class HostileNetworkTests
{
    private static readonly PacketAddresses ToResponder = new(
        IpAddress.Parse(TestConnections.InitiatorAddress), 500, IpAddress.Parse(TestConnections.ResponderAddress), 500);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Loss_repetition_reordering_and_garbage_change_nothing(int seed)
    {
        var (network, initiator, responder) = TestConnections.Pair(seed: seed, options: static same => same with { RetransmitTries = 12, RetransmitFactor = 1.2, HalfOpenLifetime = TimeSpan.FromMinutes(5) });
        network.Loss = 0.2;
        network.Duplication = 0.2;
        network.Garbage = 0.3;
        network.Jitter = TimeSpan.FromSeconds(2);

        IkePeer peer = initiator.Initiate("road");
        network.Run(60);

        Assert.True(peer.IsEstablished);
        IkePeer other = Assert.Single(responder.Endpoint.Peers, candidate => candidate.IsEstablished);
        Assert.Equal(peer.LocalSpi, other.RemoteSpi);
        Assert.Single(peer.ChildSas);
        Assert.Single(other.ChildSas);

        peer.Close("test");
        initiator.Drain();
        network.Run(60);
        Assert.True(peer.IsEnded);
        Assert.True(other.IsEnded);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Invented_octets_are_no_end_of_anything(int seed)
    {
        var (network, initiator, responder) = TestConnections.Pair(seed: seed);
        initiator.Initiate("road");
        network.Run(1);
        byte[][] seen = [.. network.Sent.Select(static datagram => datagram.Octets)];
        Random random = new(seed);

        for (int i = 0; i < 500; i++)
        {
            byte[] octets = random.Next(3) == 0 ? RandomNumberGenerator.GetBytes(random.Next(200)) : [.. seen[random.Next(seen.Length)]];
            for (int change = random.Next(4); change > 0 && octets.Length > 0; change--)
            {
                octets[random.Next(Math.Min(octets.Length, random.Next(2) == 0 ? 60 : 2000))] = (byte)random.Next(256);
            }

            int length = octets.Length;
            int sent = network.Sent.Count;
            responder.Do((endpoint, now) => endpoint.HandleDatagram(octets, ToResponder, now));
            initiator.Do((endpoint, now) => endpoint.HandleDatagram(octets, ToResponder.Reversed, now));
            Assert.All(network.Sent.Skip(sent), answer => Assert.True(answer.Octets.Length <= length || seen.Any(answer.Octets.SequenceEqual)));
        }

        Assert.Single(initiator.Endpoint.Peers, static peer => peer.IsEstablished);
        Assert.Single(responder.Endpoint.Peers, static peer => peer.IsEstablished);
    }

    [Fact]
    public void A_repeated_request_gets_the_same_answer_where_it_came_from()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        initiator.Initiate("road");
        network.Run(1);
        List<OutgoingDatagram> auth = [.. network.Sent.Where(static datagram => IsOf(datagram, ExchangeType.IkeAuth))];
        PacketAddresses elsewhere = new(IpAddress.Parse("192.0.2.99"), 4500, IpAddress.Parse(TestConnections.ResponderAddress), 4500);
        network.Sent.Clear();

        responder.Do((endpoint, now) => endpoint.HandleDatagram(auth[0].Octets, elsewhere, now));

        OutgoingDatagram again = Assert.Single(network.Sent);
        Assert.Equal(auth[1].Octets, again.Octets);
        Assert.Equal(elsewhere.Source, again.Packet.Destination);
        Assert.Single(responder.Peer.ChildSas);
    }

    [Fact]
    public void A_request_with_an_unknown_critical_payload_is_refused_and_forgotten()
    {
        var (network, _, responder) = TestConnections.Pair();
        byte[] request = FirstRequest();

        // A payload of a type that nobody knows, critical, in front of all others.
        byte[] octets = [.. request[..28], request[16], 0x80, 0, 8, 1, 2, 3, 4, .. request[28..]];
        octets[16] = 200;
        octets[27] += 8;
        responder.Do((endpoint, now) => endpoint.HandleDatagram(octets, ToResponder, now));

        NotifyValue notify = Answer(network);
        Assert.Equal(NotifyType.UnsupportedCriticalPayload, notify.NotifyType);
        Assert.Equal([200], notify.Data);
        Assert.Empty(responder.Endpoint.Peers);
    }

    [Fact]
    public void A_higher_major_version_is_refused()
    {
        var (network, _, responder) = TestConnections.Pair();
        byte[] request = FirstRequest();
        request[17] = 0x30;
        responder.Do((endpoint, now) => endpoint.HandleDatagram(request, ToResponder, now));

        Assert.Equal(NotifyType.InvalidMajorVersion, Answer(network).NotifyType);
        Assert.Empty(responder.Endpoint.Peers);
    }

    [Fact]
    public void A_forged_error_does_not_end_the_first_exchange()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        initiator.Initiate("road");
        PayloadChain chain = new();
        chain.Add(new NotifyValue(NotifyType.NoProposalChosen));
        MessageReader.TryReadHeader(network.Sent[0].Octets, out IkeHeader header, out _);
        byte[] forged = MessageWriter.Write(MessageWriter.Header(header.InitiatorSpi, 0, ExchangeType.IkeSaInit, 0, response: true, initiator: false), chain);

        initiator.Do((endpoint, now) => endpoint.HandleDatagram(forged, ToResponder.Reversed, now));
        network.Run(1);

        Assert.True(initiator.Peer.IsEstablished);
        Assert.True(responder.Peer.IsEstablished);
    }

    [Fact]
    public void Long_messages_are_cut_and_put_together()
    {
        var (network, initiator, responder) = TestConnections.Pair(options: static same => same with { FragmentSize = 200 });
        network.Jitter = TimeSpan.FromMilliseconds(100);

        initiator.Initiate("road");
        network.Run(5);

        Assert.True(initiator.Peer.IsEstablished);
        Assert.True(responder.Peer.IsEstablished);
        Assert.True(network.Sent.Count(static datagram => IsOf(datagram, ExchangeType.IkeAuth)) > 2);
        Assert.All(network.Sent.Where(static datagram => IsOf(datagram, ExchangeType.IkeAuth)), static datagram => Assert.True(datagram.Octets.Length <= 200 - 28 - 4));
    }

    [Fact]
    public void Many_sources_are_asked_for_cookies_and_nothing_is_kept_of_them()
    {
        var (network, _, responder) = TestConnections.Pair();
        for (int i = 0; i < 500; i++)
        {
            byte[] request = FirstRequest();
            BitConverter.TryWriteBytes(request, i + 1L);
            PacketAddresses packet = new(IpAddress.Parse($"192.0.{2 + (i / 250)}.{i % 250}"), 500, ToResponder.Destination, 500);
            responder.Do((endpoint, now) => endpoint.HandleDatagram(request, packet, now));
        }

        Assert.Equal(new IkeOptions().CookieThreshold, responder.Endpoint.Peers.Count);
    }

    private static byte[] FirstRequest()
    {
        var (network, initiator, _) = TestConnections.Pair();
        initiator.Initiate("road");
        return network.Sent[0].Octets;
    }

    private static NotifyValue Answer(TestNetwork network)
    {
        Assert.True(MessageReader.TryRead(Assert.Single(network.Sent).Octets, out IkeMessage? message, out _));
        Assert.True(message.Header.Response);
        return Assert.IsType<NotifyValue>(Assert.Single(message.Payloads));
    }

    private static bool IsOf(OutgoingDatagram datagram, ExchangeType exchange) =>
        MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) && header.ExchangeType == exchange;
}
