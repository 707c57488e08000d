using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests;

/// <summary>CREATE_CHILD_SA that rekeys the IKE_SA (RFC 7296, 1.3.2, 2.8 and 2.18).</summary>
public class RekeyIkeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_end_gives_the_IKE_SA_new_keys_and_its_CHILD_SAs_stay(bool byInitiator)
    {
        var (network, initiator, responder) = TestConnections.Connected();
        TestHost begins = byInitiator ? initiator : responder;
        ulong former = begins.Peer.LocalSpi;
        uint child = initiator.Peer.Children[0].LocalSpi;

        Assert.True(begins.Do(peer => peer.RekeyIke()));
        network.Run(1);

        ChildAssert.SameSession(initiator, responder);
        ChildAssert.Agree(initiator, responder, 1);
        Assert.Equal(child, initiator.Peer.Children[0].LocalSpi);
        Assert.NotEqual(former, begins.Peer.LocalSpi);
        Assert.True(begins.Peer.Session.IsInitiator);
        Assert.Equal(former, Assert.Single(begins.Events.OfType<SaRekeyed>()).FormerSpi);
        Assert.Equal(byInitiator, begins.Peer.IsInitiator);
        Assert.False(initiator.Has<SaEnded>() || responder.Has<SaEnded>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CHILD_SAs_are_made_rekeyed_and_deleted_on_the_new_IKE_SA(bool byInitiator)
    {
        var (network, initiator, responder) = TestConnections.Connected();
        (byInitiator ? initiator : responder).Do(peer => peer.RekeyIke());
        network.Run(1);

        initiator.Do(peer => peer.RekeyChild(peer.Children[0].LocalSpi));
        network.Run(1);
        responder.Do(peer => peer.CreateChild("net"));
        network.Run(1);
        ChildAssert.Agree(initiator, responder, 2);
        initiator.Do(peer => peer.DeleteChild(peer.Children[0].LocalSpi));
        network.Run(1);
        ChildAssert.Agree(initiator, responder, 1);
        responder.Do((endpoint, now) => endpoint.ShutDown(now));
        network.Run(1);
        Assert.Empty(initiator.Endpoint.Peers);
        Assert.Empty(responder.Endpoint.Peers);
    }

    [Fact]
    public void Of_two_rekeys_that_cross_one_is_left()
    {
        for (int run = 0; run < 8; run++)
        {
            var (network, initiator, responder) = TestConnections.Connected(seed: run);

            initiator.Do(peer => peer.RekeyIke());
            responder.Do(peer => peer.RekeyIke());
            network.Run(1);

            ChildAssert.SameSession(initiator, responder);
            ChildAssert.Agree(initiator, responder, 1);
            initiator.Do(peer => peer.RekeyChild(peer.Children[0].LocalSpi));
            network.Run(1);
            ChildAssert.Agree(initiator, responder, 1);
            Assert.False(initiator.Has<SaEnded>() || responder.Has<SaEnded>());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Where_messages_are_lost_and_late_one_is_left_as_well(int seed)
    {
        var (network, initiator, responder) = TestConnections.Connected(seed: seed);
        network.Loss = 0.25;
        network.Duplication = 0.2;
        network.Jitter = TimeSpan.FromSeconds(2);

        for (int run = 0; run < 5; run++)
        {
            initiator.Do(peer => peer.RekeyIke());
            responder.Do(peer => peer.RekeyIke());
            network.Run(90);
            ChildAssert.SameSession(initiator, responder);
        }

        ChildAssert.Agree(initiator, responder, 1);
    }

    [Fact]
    public void A_rekey_of_a_CHILD_SA_that_crosses_one_of_the_IKE_SA_is_put_off()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        ulong former = initiator.Peer.LocalSpi;
        uint child = initiator.Peer.Children[0].LocalSpi;

        initiator.Do(peer => peer.RekeyIke());
        responder.Do(peer => peer.RekeyChild(peer.Children[0].LocalSpi));
        network.Run(20);

        ChildAssert.SameSession(initiator, responder);
        ChildAssert.Agree(initiator, responder, 1);
        Assert.NotEqual(former, initiator.Peer.LocalSpi);
        Assert.NotEqual(child, initiator.Peer.Children[0].LocalSpi);
    }

    [Fact]
    public void It_is_rekeyed_in_time()
    {
        static IkeConnectionOptions Often(IkeConnectionOptions options) => options with { RekeyTime = TimeSpan.FromMinutes(1), LifeTime = TimeSpan.FromMinutes(2) };
        var (network, initiator, responder) = TestConnections.Connected(Often, Often);

        network.Run(600);

        ChildAssert.SameSession(initiator, responder);
        ChildAssert.Agree(initiator, responder, 1);
        Assert.InRange(initiator.Events.OfType<SaRekeyed>().Count(), 10, 22);
    }

    [Fact]
    public void One_that_the_peer_refuses_is_told_and_makes_the_IKE_SA_no_younger()
    {
        var (network, initiator, responder) = TestConnections.Connected(
            options => options with { Proposals = [TestConnections.Proposal("aes256gcm16-prfsha256-ecp256")], RekeyTime = TimeSpan.FromMinutes(1), LifeTime = TimeSpan.FromMinutes(2) });
        responder.Peer.SwitchTo(responder.Peer.Connection with { Proposals = [TestConnections.Proposal("aes128gcm16-prfsha512-ecp384")] });

        initiator.Do(peer => peer.RekeyIke());
        network.Run(1);

        Assert.Equal("NO_PROPOSAL_CHOSEN", Assert.Single(initiator.Events.OfType<SaRekeyFailed>()).Reason);
        Assert.True(initiator.Peer.IsEstablished);
        network.Run(120);
        Assert.Equal("its lifetime is over", Assert.Single(initiator.Events.OfType<SaEnded>()).Reason);
    }

    [Fact]
    public void A_peer_that_is_busy_is_asked_ever_more_rarely_and_then_it_is_told()
    {
        var (network, initiator, responder) = TestConnections.Connected(options => options with { RekeyTime = TimeSpan.FromHours(1) });
        network.Passes = static datagram => !MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) || header.Response || header.Initiator;
        responder.Peer.Begin(new LivenessCheck(responder.Peer));
        responder.Drain();

        initiator.Do(peer => peer.RekeyIke());
        network.Run(25);

        Assert.Equal("TEMPORARY_FAILURE", Assert.Single(initiator.Events.OfType<SaRekeyFailed>()).Reason);
        TimeSpan[] asked = [.. initiator.Events.OfType<MessageSent>().Where(static sent => sent.Exchange == ExchangeType.CreateChildSa).Select(static sent => sent.At)];
        Assert.Equal(Lifetimes.MostTries, asked.Length);
        Assert.True(asked[^1] - asked[^2] > asked[1] - asked[0]);
        network.Run(200);
        Assert.Single(initiator.Events.OfType<SaRekeyFailed>());
        network.Run(200);
        Assert.Equal(2, initiator.Events.OfType<SaRekeyFailed>().Count());
        network.Passes = static _ => true;
        network.Run(600);
        Assert.Single(initiator.Events.OfType<SaRekeyed>());
    }

    [Fact]
    public void A_peer_that_rekeys_without_end_is_put_off()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        bool again = true;
        initiator.Do(peer => peer.RekeyIke());
        for (int i = 0; i < 300; i++)
        {
            network.Run(0.01);
            again = again && initiator.Do(peer => !peer.Session.IsIdle || peer.RekeyIke());
        }

        network.Run(5);
        Assert.True(again);
        Assert.InRange(responder.Events.OfType<SaRekeyed>().Count(), 2, 7);
        Assert.Contains(initiator.Events.OfType<PeerFailed>(), static failed => failed.Reason.Contains("TEMPORARY_FAILURE", StringComparison.Ordinal));
        ChildAssert.SameSession(initiator, responder);
    }

    [Fact]
    public void One_that_is_not_rekeyed_ends_when_its_lifetime_is_over()
    {
        var (network, initiator, responder) = TestConnections.Connected(options => options with { RekeyTime = TimeSpan.Zero, LifeTime = TimeSpan.FromMinutes(2) });

        network.Run(130);

        Assert.Empty(initiator.Endpoint.Peers);
        Assert.Empty(responder.Endpoint.Peers);
    }

    [Fact]
    public void Where_the_peer_rekeys_too_and_asks_for_another_group_what_the_peer_made_stays()
    {
        static IkeConnectionOptions TwoGroups(IkeConnectionOptions options) => options with { Proposals = [TestConnections.Proposal("aes128gcm16-prfsha256-x25519-ecp256")] };
        var (network, initiator, responder) = TestConnections.Connected(TwoGroups, TwoGroups);
        PacketAddresses toInitiator = responder.Peer.Path;
        IkeSession old = responder.Peer.Session;
        network.Passes = datagram => datagram.Packet.Source == toInitiator.Source;
        initiator.Do(peer => peer.RekeyIke());
        uint id = initiator.Events.OfType<MessageSent>().Last().MessageId;
        responder.Do(peer => peer.RekeyIke());
        network.Run(0.1);
        ulong made = initiator.Peer.Session.RekeyedByPeer!.Successor.LocalSpi;

        Forgery.Bring(initiator, toInitiator, Forgery.Write(old, ExchangeType.CreateChildSa, id, isResponse: true, NotifyValue.InvalidKePayload(DiffieHellmanGroup.Ecp256)));

        Assert.Equal(made, initiator.Peer.LocalSpi);
    }

    [Fact]
    public void A_request_that_was_lost_is_sent_again()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        ulong former = initiator.Peer.LocalSpi;
        network.Passes = _ => false;
        initiator.Do(peer => peer.RekeyIke());
        network.Passes = _ => true;
        network.Run(30);

        ChildAssert.SameSession(initiator, responder);
        Assert.NotEqual(former, initiator.Peer.LocalSpi);
    }
}
