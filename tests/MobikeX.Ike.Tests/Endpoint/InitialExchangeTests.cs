using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Ike.Tests.Authentication;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>IKE_SA_INIT and IKE_AUTH between two endpoints (RFC 7296 section 1.2).</summary>
public class InitialExchangeTests
{
    private const int ResponderSpiOffset = sizeof(ulong);

    [Fact]
    public void Two_peers_with_one_key_set_up_an_ike_sa_and_a_child_sa()
    {
        var (network, initiator, responder) = TestConnections.Pair();

        initiator.Initiate("road");
        network.Run(1);

        Assert.True(initiator.Peer.IsEstablished);
        Assert.True(responder.Peer.IsEstablished);
        Assert.Equal("gw@example.org", initiator.Peer.Identity);
        Assert.Equal("mn@example.org", responder.Peer.Identity);
        Assert.Equal(initiator.Peer.LocalSpi, responder.Peer.RemoteSpi);
        Assert.Single(initiator.Peer.ChildSas);
        Assert.Single(responder.Peer.ChildSas);
        Assert.Same(initiator.Peer.Sa, initiator.Backend.Directory.FindIkeSa(initiator.Peer.Sa!, initiator.Peer.LocalSpi));
    }

    [Fact]
    public void A_wrong_key_is_told_and_nothing_stays()
    {
        var (network, initiator, responder) = TestConnections.Pair(responder: TestConnections.Responder("another secret"));

        initiator.Initiate("road");
        network.Run(1);

        Assert.Empty(initiator.Endpoint.Peers);
        Assert.Empty(responder.Endpoint.Peers);
        Assert.Contains("AUTHENTICATION_FAILED", Assert.Single(initiator.Events.OfType<SaEnded>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_peer_of_another_name_is_refused()
    {
        var (network, initiator, responder) = TestConnections.Pair(TestConnections.Initiator() with { RemoteIdentity = "other@example.org" });

        initiator.Initiate("road");
        network.Run(1);

        Assert.Empty(initiator.Endpoint.Peers);
        Assert.Empty(responder.Endpoint.Peers);
    }

    [Fact]
    public void Another_group_is_tried_where_the_responder_asks_for_it()
    {
        var (network, initiator, responder) = TestConnections.Pair(
            TestConnections.Initiator() with { Proposals = [TestConnections.Proposal("aes128gcm16-prfsha256-x25519-ecp256")] },
            TestConnections.Responder() with { Proposals = [TestConnections.Proposal("aes128gcm16-prfsha256-ecp256")] });

        initiator.Initiate("road");
        network.Run(1);

        Assert.True(responder.Peer.IsEstablished);
        Assert.Equal(2, network.Sent.Count(static datagram => IsFirstRequest(datagram)));
    }

    [Fact]
    public void An_spi_in_an_answer_that_makes_no_ike_sa_is_not_used()
    {
        var (network, initiator, responder) = TestConnections.Pair(
            TestConnections.Initiator() with { Proposals = [TestConnections.Proposal("aes128gcm16-prfsha256-x25519-ecp256")] },
            TestConnections.Responder() with { Proposals = [TestConnections.Proposal("aes128gcm16-prfsha256-ecp256")] });
        network.Passes = static datagram => datagram.Packet.Source == IpAddress.Parse(TestConnections.InitiatorAddress);
        initiator.Initiate("road");
        network.Run(0.5);
        OutgoingDatagram refusal = network.Sent.First(static datagram => datagram.Packet.Source == IpAddress.Parse(TestConnections.ResponderAddress));
        byte[] withSpi = [.. refusal.Octets];
        withSpi.AsSpan(ResponderSpiOffset, sizeof(ulong)).Fill(0xee);
        network.Passes = static _ => true;

        network.Put(refusal with { Octets = withSpi });
        network.Run(1);

        Assert.True(initiator.Peer.IsEstablished);
        Assert.True(responder.Peer.IsEstablished);
    }

    [Fact]
    public void An_ike_sa_whose_responder_has_no_spi_is_not_believed()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        network.Passes = static datagram => datagram.Packet.Source == IpAddress.Parse(TestConnections.InitiatorAddress);
        initiator.Initiate("road");
        network.Run(0.5);
        OutgoingDatagram answer = network.Sent.First(static datagram => datagram.Packet.Source == IpAddress.Parse(TestConnections.ResponderAddress));
        byte[] withoutSpi = [.. answer.Octets];
        withoutSpi.AsSpan(ResponderSpiOffset, sizeof(ulong)).Clear();
        network.Passes = static _ => true;

        network.Put(answer with { Octets = withoutSpi });
        network.Put(answer);
        network.Run(0.3);

        Assert.True(initiator.Peer.IsEstablished);
        Assert.True(responder.Peer.IsEstablished);
    }

    [Fact]
    public void A_connection_that_does_not_take_the_algorithms_is_not_entered_through_another()
    {
        IkeProposal weak = TestConnections.Proposal("aes128-sha256-prfsha256-modp2048"), strong = TestConnections.Proposal("aes256gcm16-prfsha384-x25519");
        TestNetwork network = new();
        var initiator = new TestHost(network, new IkeOptions { Connections = [TestConnections.Initiator() with { Proposals = [weak] }] }, TestConnections.InitiatorAddress);
        var responder = new TestHost(
            network,
            new IkeOptions
            {
                Connections =
                [
                    TestConnections.Responder() with { Name = "weak", RemoteIdentity = "guest@example.org", Proposals = [weak] },
                    TestConnections.Responder() with { Name = "strong", Proposals = [strong] },
                ],
            },
            TestConnections.ResponderAddress);

        initiator.Initiate("road");
        network.Run(1);

        Assert.False(responder.Has<SaEstablished>());
        Assert.Contains("AUTHENTICATION_FAILED", Assert.Single(initiator.Events.OfType<SaEnded>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_common_proposal_the_initiator_waits_for_another_answer_and_gives_up()
    {
        var (network, initiator, responder) = TestConnections.Pair(
            TestConnections.Initiator() with { Proposals = [TestConnections.Proposal("aes128gcm16-prfsha256-x25519")] },
            TestConnections.Responder() with { Proposals = [TestConnections.Proposal("aes256gcm16-prfsha256-x25519")] });

        initiator.Initiate("road");
        network.Run(1);
        Assert.Single(initiator.Endpoint.Peers);
        network.Run(5);

        Assert.Empty(initiator.Endpoint.Peers);
        Assert.Empty(responder.Endpoint.Peers);
        Assert.Equal("NO_PROPOSAL_CHOSEN", Assert.Single(initiator.Events.OfType<SaEnded>()).Reason);
    }

    [Fact]
    public void What_was_refused_before_the_responder_went_on_is_not_held_against_it()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        network.Passes = static _ => false;
        initiator.Initiate("road");
        PacketAddresses toInitiator = initiator.Peer.Path.Reversed;
        IkeHeader header = MessageWriter.Header(initiator.Peer.LocalSpi, 0, ExchangeType.IkeSaInit, 0, response: true, initiator: false);
        void Answer(NotifyType type) =>
            Forgery.Bring(initiator, toInitiator, MessageWriter.Write(header, new PayloadChain(new NotifyValue(type, new byte[20]))));

        Answer(NotifyType.NoProposalChosen);
        network.Run(0.5);
        Answer(NotifyType.Cookie);
        network.Run(1);
        Answer(NotifyType.AuthenticationFailed);
        network.Run(1);
        Assert.Single(initiator.Endpoint.Peers);
        network.Run(2);

        Assert.Empty(responder.Endpoint.Peers);
        Assert.Equal("AUTHENTICATION_FAILED", Assert.Single(initiator.Events.OfType<SaEnded>()).Reason);
    }

    [Fact]
    public void A_peer_without_a_name_of_its_own_is_told_by_the_method_of_its_proof()
    {
        using CertifiedPeer certified = new();
        IkeConnectionOptions shared = TestConnections.Responder() with { Name = "shared", RemoteIdentity = null };
        TestNetwork network = new();
        IkeOptions options = new() { Connections = [TestConnections.Initiator() with { LocalIdentity = "peer.example.net", LocalCredential = certified.Own }] };
        var initiator = new TestHost(network, options, TestConnections.InitiatorAddress);
        var responder = new TestHost(
            network, new IkeOptions { Connections = [shared, shared with { Name = "certificates", RemoteCredential = certified.Anchors }] }, TestConnections.ResponderAddress);

        initiator.Initiate("road");
        network.Run(1);

        Assert.True(responder.Peer.IsEstablished);
        Assert.Equal("certificates", responder.Peer.Connection.Name);
    }

    [Fact]
    public void Above_a_number_of_half_open_sas_a_cookie_is_asked_for()
    {
        var (network, initiator, responder) = TestConnections.Pair(options: static same => same with { CookieThreshold = 0 });

        initiator.Initiate("road");
        network.Run(1);

        Assert.True(initiator.Peer.IsEstablished);
        Assert.Equal(2, network.Sent.Count(static datagram => IsFirstRequest(datagram)));
        Assert.True(network.Sent[1].Octets.Length <= network.Sent[0].Octets.Length);
        Assert.True(responder.Peer.IsEstablished);
    }

    [Fact]
    public void At_the_most_half_open_sas_even_a_cookie_begins_none_until_one_has_ended()
    {
        var (network, initiator, responder) = TestConnections.Pair(options: static same => same with { CookieThreshold = 1, HalfOpenLimit = 2, HalfOpenLifetime = TimeSpan.FromSeconds(20) });
        network.Passes = static datagram => MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) && header.ExchangeType == ExchangeType.IkeSaInit;
        for (int i = 0; i < 3; i++)
        {
            initiator.Initiate("road");
        }

        network.Run(1);

        // The first is taken at once, the others are asked for a COOKIE, and the last comes back with it in vain.
        Assert.Equal(2, responder.Endpoint.Peers.Count);
        Assert.Equal(5, network.Sent.Count(static datagram => IsFirstRequest(datagram)));
        Assert.Single(initiator.Endpoint.Peers, static peer => peer.Session.Keys is null);

        // They end after their time, and are kept as long again for those that repeat a request.
        network.Run(50);
        Assert.Equal([false, false, false], initiator.Endpoint.Peers.Select(static peer => peer.Session.Keys is null));
    }

    [Fact]
    public void One_source_gets_only_so_many_half_open_sas_and_they_end()
    {
        var (network, initiator, responder) = TestConnections.Pair(options: static same => same with { HalfOpenPerSource = 3 });
        network.Passes = static datagram => MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) && header.ExchangeType == ExchangeType.IkeSaInit;

        for (int i = 0; i < 8; i++)
        {
            initiator.Initiate("road");
        }

        network.Run(1);

        // One without a COOKIE, which anybody may have begun in its name, and three with one.
        Assert.Equal(4, responder.Endpoint.Peers.Count);

        network.Passes = static _ => false;
        network.Run(200);
        Assert.Empty(responder.Endpoint.Peers);
    }

    [Fact]
    public void A_nat_moves_ike_to_its_port_and_esp_into_udp()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        IpAddress inside = IpAddress.Parse(TestConnections.InitiatorAddress);
        IpAddress outside = IpAddress.Parse("203.0.113.7");
        network.Translate = packet => packet.Source == inside
            ? new PacketAddresses(outside, (ushort)(packet.SourcePort + 10_000), packet.Destination, packet.DestinationPort)
            : packet.Destination == outside
                ? new PacketAddresses(packet.Source, packet.SourcePort, inside, (ushort)(packet.DestinationPort - 10_000))
                : packet;

        initiator.Initiate("road");
        network.Run(30);

        Assert.True(initiator.Peer.LocalBehindNat);
        Assert.True(responder.Peer.PeerBehindNat);
        Assert.False(responder.Peer.LocalBehindNat);
        Assert.Equal(4500, initiator.Peer.Path.DestinationPort);
        Assert.Equal(14_500, responder.Peer.Path.DestinationPort);
        Assert.True(Assert.Single(responder.Peer.ChildSas).IsUdpEncapsulated);
        Assert.Contains(network.Sent, static datagram => datagram.IsKeepalive);
    }

    [Fact]
    public void Selectors_that_do_not_meet_leave_the_ike_sa()
    {
        var (network, initiator, responder) = TestConnections.Pair(TestConnections.Initiator() with { Children = [TestConnections.Child("10.9.0.2/32", "10.8.0.0/16")] });

        initiator.Initiate("road");
        network.Run(1);

        Assert.True(initiator.Peer.IsEstablished);
        Assert.True(responder.Peer.IsEstablished);
        Assert.Empty(initiator.Peer.ChildSas);
        Assert.Equal("TS_UNACCEPTABLE", Assert.Single(initiator.Events.OfType<ChildFailed>()).Reason);
    }

    [Fact]
    public void A_child_sa_that_cannot_be_installed_leaves_the_ike_sa()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        responder.Backend.FailNext();

        initiator.Initiate("road");
        network.Run(1);

        Assert.True(initiator.Peer.IsEstablished);
        Assert.Empty(initiator.Peer.ChildSas);
        Assert.Empty(responder.Peer.ChildSas);
    }

    [Fact]
    public void Delete_ends_the_sas_of_both_ends()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        initiator.Initiate("road");
        network.Run(1);
        IkeSa sa = responder.Peer.Sa!;

        initiator.Do(static (endpoint, now) => endpoint.ShutDown(now));
        network.Run(1);

        Assert.Empty(initiator.Endpoint.Peers);
        Assert.Empty(responder.Endpoint.Peers);
        Assert.True(sa.IsClosed);
        Assert.True(responder.Has<SaEnded>());
    }

    [Fact]
    public void Liveness_finds_out_that_the_peer_is_gone()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        initiator.Initiate("road");
        network.Run(100);
        Assert.True(initiator.Peer.IsEstablished);

        network.Hosts.Remove(responder);
        network.Run(200);

        Assert.Empty(initiator.Endpoint.Peers);
        Assert.Single(initiator.Events.OfType<SaEnded>());
    }

    private static bool IsFirstRequest(OutgoingDatagram datagram) =>
        MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) && header is { ExchangeType: ExchangeType.IkeSaInit, Response: false };
}
