using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>CREATE_CHILD_SA for a new CHILD_SA (RFC 7296, 1.3.1), and what is negotiated for the first one in IKE_AUTH.</summary>
public class CreateChildTests
{
    [Fact]
    public void The_first_CHILD_SA_has_the_same_keys_at_both_ends()
    {
        var (_, initiator, responder) = TestConnections.Connected();

        ChildAssert.Agree(initiator, responder, 1);
        ChildSa child = initiator.Peer.Children[0].Sa;
        Assert.Equal(IpsecMode.Tunnel, child.Mode);
        Assert.Equal(AddressSet.Of(IpAddress.Parse("10.0.0.2")), child.Inner);
        Assert.Equal("10.1.0.0/16", child.Remote.ToString());
    }

    [Fact]
    public void Further_CHILD_SAs_that_are_configured_follow_the_first()
    {
        var (_, initiator, responder) = TestConnections.Connected(
            options => options with { Children = [.. options.Children, TestConnections.Child("10.0.0.2/32", "10.2.0.0/16") with { Name = "second" }] },
            options => options with { Children = [.. options.Children, TestConnections.Child("10.2.0.0/16", "10.0.0.2/32") with { Name = "second" }] });

        ChildAssert.Agree(initiator, responder, 2);
        Assert.Equal(["net", "second"], responder.Peer.Children.Select(child => child.Options.Name));
    }

    [Fact]
    public void A_key_exchange_is_done_anew_with_the_group_that_the_peer_asks_for()
    {
        var (network, initiator, responder) = TestConnections.Connected(
            options => options with { Children = [options.Children[0] with { Proposals = [TestConnections.ChildProposal("aes128gcm16-x25519-ecp256-modp2048")] }] },
            options => options with { Children = [options.Children[0] with { Proposals = [TestConnections.ChildProposal("aes128gcm16-ecp256")] }] });

        Assert.True(initiator.Do(peer => peer.CreateChild("net")));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 2);
        Assert.Null(initiator.Peer.Children[0].Suite.KeyExchange);
        Assert.Equal(DiffieHellmanGroup.Ecp256, initiator.Peer.Children[1].Suite.KeyExchange);
        Assert.Single(responder.Events.OfType<MessageSent>(), sent => sent.Payloads.Names.Contains("N(INVALID_KE_PAYLOAD)"));
    }

    [Fact]
    public void Selectors_that_are_not_acceptable_cost_the_CHILD_SA_alone()
    {
        var (_, initiator, responder) = TestConnections.Connected(options => options with { Children = [.. options.Children, TestConnections.Child("10.0.0.2/32", "10.9.0.0/16")] });

        ChildAssert.Agree(initiator, responder, 1);
        Assert.Equal("TS_UNACCEPTABLE", Assert.Single(initiator.Events.OfType<ChildFailed>()).Reason);
    }

    [Fact]
    public void Proposals_that_are_not_acceptable_cost_the_CHILD_SA_alone()
    {
        var (_, initiator, responder) = TestConnections.Connected(
            options => options with { Children = [options.Children[0] with { Proposals = [TestConnections.ChildProposal("aes128gcm16")] }] },
            options => options with { Children = [options.Children[0] with { Proposals = [TestConnections.ChildProposal("aes256gcm16")] }] });

        ChildAssert.Agree(initiator, responder, 0);
        Assert.Equal("NO_PROPOSAL_CHOSEN", Assert.Single(initiator.Events.OfType<ChildFailed>()).Reason);
    }

    [Fact]
    public void More_CHILD_SAs_than_there_may_be_are_refused()
    {
        var (network, initiator, responder) = TestConnections.Connected(responder: options => options with { ChildLimit = 2 });

        Assert.True(initiator.Do(peer => peer.CreateChild("net") && peer.CreateChild("net")));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 2);
        Assert.Equal("NO_ADDITIONAL_SAS", Assert.Single(initiator.Events.OfType<ChildFailed>()).Reason);
    }

    [Fact]
    public void One_that_the_Responder_cannot_install_is_refused()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        responder.Backend.FailNext();

        initiator.Do(peer => peer.CreateChild("net"));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.True(initiator.Has<ChildFailed>());
    }

    [Fact]
    public void One_that_the_Initiator_cannot_install_is_deleted_at_the_peer()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        initiator.Backend.FailNext();

        initiator.Do(peer => peer.CreateChild("net"));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.Single(responder.Events.OfType<ChildEnded>());
    }

    [Fact]
    public void The_first_one_that_the_Initiator_cannot_install_is_deleted_at_the_peer()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        initiator.Backend.FailNext();

        initiator.Initiate("road");
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 0);
        Assert.True(initiator.Has<ChildFailed>());
        Assert.Single(responder.Events.OfType<ChildEnded>());
        Assert.Contains(responder.Events.OfType<MessageReceived>(), received => received is { Exchange: ExchangeType.Informational, IsResponse: false } && received.Payloads.Names.Contains("D"));
    }

    [Fact]
    public void The_first_one_that_the_Responder_cannot_install_leaves_the_IKE_SA_without_it()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        responder.Backend.FailNext();

        initiator.Initiate("road");
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 0);
        Assert.Equal("NO_PROPOSAL_CHOSEN", Assert.Single(initiator.Events.OfType<ChildFailed>()).Reason);
        Assert.True(responder.Has<ChildFailed>());
        Assert.True(responder.Peer.IsEstablished);
    }

    [Fact]
    public void The_Responder_begins_one_too()
    {
        var (network, initiator, responder) = TestConnections.Connected();

        Assert.True(responder.Do(peer => peer.CreateChild("net")));
        Assert.False(responder.Do(peer => peer.CreateChild("other")));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 2);
    }

    [Fact]
    public void Transport_mode_is_between_the_addresses_of_the_hosts()
    {
        var (_, initiator, responder) = TestConnections.Connected(Transport("dynamic[udp]", "dynamic"), Transport("dynamic", "0.0.0.0/0"));

        ChildAssert.Agree(initiator, responder, 1);
        Assert.Equal(IpsecMode.Transport, initiator.Peer.Children[0].Sa.Mode);
        Assert.Equal("192.0.2.1[17] === 198.51.100.2", initiator.Peer.Children[0].Selectors);
        Assert.Equal("198.51.100.2 === 192.0.2.1[17]", responder.Peer.Children[0].Selectors);
    }

    [Fact]
    public void Transport_mode_that_one_end_does_not_want_is_tunnel_mode()
    {
        var (_, initiator, responder) = TestConnections.Connected(
            Transport("dynamic", "dynamic"), options => options with { Children = [TestConnections.Child("198.51.100.2/32", "192.0.2.1/32")] });

        ChildAssert.Agree(initiator, responder, 1);
        Assert.Equal(IpsecMode.Tunnel, initiator.Peer.Children[0].Sa.Mode);
    }

    [Fact]
    public void Behind_a_NAT_transport_mode_is_between_the_addresses_that_each_end_sees()
    {
        TestNetwork network = new()
        {
            Translate = packet => packet.Source == IpAddress.Parse("10.7.7.7")
                ? new PacketAddresses(IpAddress.Parse(TestConnections.InitiatorAddress), packet.SourcePort, packet.Destination, packet.DestinationPort)
                : new PacketAddresses(packet.Source, packet.SourcePort, IpAddress.Parse("10.7.7.7"), packet.DestinationPort),
        };
        TestHost initiator = new(network, new IkeOptions { Connections = [Transport("dynamic", "dynamic")(TestConnections.Initiator())] }, "10.7.7.7");
        TestHost responder = new(network, new IkeOptions { Connections = [Transport("dynamic", "dynamic")(TestConnections.Responder())] }, TestConnections.ResponderAddress);

        initiator.Initiate("road");
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.Equal(IpsecMode.UdpEncapsulatedTransport, initiator.Peer.Children[0].Sa.Mode);
        Assert.Equal("10.7.7.7 === 198.51.100.2", initiator.Peer.Children[0].Selectors);
        Assert.Equal("198.51.100.2 === 192.0.2.1", responder.Peer.Children[0].Selectors);
    }

    [Fact(DisplayName = "RFC 3948: what goes into UDP is ESP: AH behind a NAT stays what it is, which no kernel would take otherwise")]
    public void Ah_does_not_go_into_udp()
    {
        static IkeConnectionOptions WithAh(IkeConnectionOptions options) =>
            options with { ForceUdpEncapsulation = true, Children = [options.Children[0] with { Proposals = [TestConnections.ChildProposal("sha256-noesn")] }] };

        var (_, initiator, responder) = TestConnections.Connected(WithAh, WithAh);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.All([.. initiator.Peer.ChildSas, .. responder.Peer.ChildSas], static child => Assert.Equal((IpsecProto.Ah, IpsecMode.Tunnel, 0), (child.Protocol, child.Mode, child.InitiatorPort)));
    }

    [Fact]
    public void An_address_inside_the_tunnel_is_assigned_and_is_the_selector()
    {
        Assert.True(AddressPrefix.TryParse("10.3.0.0/24", out AddressPrefix prefix));
        AddressPool pool = new(prefix);
        var (network, initiator, responder) = TestConnections.Connected(
            options => options with { RequestIPv4Address = true, Children = [options.Children[0] with { Local = [] }] },
            options => options with { Pools = [pool], Children = [options.Children[0] with { Remote = [] }] });

        ChildAssert.Agree(initiator, responder, 1);
        Assert.Equal("10.3.0.1 === 10.1.0.0-10.1.255.255", initiator.Peer.Children[0].Selectors);
        Assert.Equal(AddressSet.Of(IpAddress.Parse("10.3.0.1")), responder.Peer.Children[0].Sa.Inner);
        initiator.Do((endpoint, now) => endpoint.ShutDown(now));
        network.Run(1);
        Assert.Equal(0, pool.InUse);
    }

    private static Func<IkeConnectionOptions, IkeConnectionOptions> Transport(string local, string remote) =>
        options => options with { Children = [TestConnections.Child(local, remote) with { Transport = true }] };

    [Fact]
    public void SPIs_that_are_offered_at_the_same_time_differ()
    {
        var (network, initiator, responder) = TestConnections.Pair(
            TestConnections.Initiator() with { Uniqueness = Uniqueness.Never }, TestConnections.Responder() with { Uniqueness = Uniqueness.Never });
        Queue<uint> chosen = new([4711, 4711, 4712]);
        initiator.Endpoint.ChildSpis.Source = () => chosen.Dequeue();

        initiator.Initiate("road");
        initiator.Initiate("road");
        network.Run(1);

        Assert.Equal([4711u, 4712u], initiator.Endpoint.Peers.Select(static peer => Assert.Single(peer.Children).LocalSpi));
        Assert.Equal(2, responder.Endpoint.Peers.Count);
    }

    [Fact]
    public void An_SPI_of_an_offer_that_comes_to_nothing_is_free_again()
    {
        var (network, initiator, responder) = TestConnections.Connected(
            static options => options with { Children = [.. options.Children, TestConnections.Child("10.0.0.2/32", "10.2.0.0/16") with { Name = "refused" }] });
        Assert.Single(initiator.Events.OfType<ChildFailed>());
        Assert.Equal(1, initiator.Endpoint.ChildSpis.Count);

        network.Passes = static _ => false;
        initiator.Do(static peer => peer.CreateChild("refused"));
        Assert.Equal(2, initiator.Endpoint.ChildSpis.Count);
        network.Run(600);
        Assert.Equal((0, 0), (initiator.Endpoint.ChildSpis.Count, responder.Endpoint.ChildSpis.Count));

        network.Passes = static _ => true;
        initiator.Initiate("road");
        network.Run(0.012);
        Assert.Equal(1, initiator.Endpoint.ChildSpis.Count);
        initiator.Do(static (endpoint, now) => endpoint.ShutDown(now));
        Assert.Equal(0, initiator.Endpoint.ChildSpis.Count);
    }

    [Fact]
    public void SPIs_of_this_host_are_its_own_and_come_again_once_their_CHILD_SA_has_ended()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        foreach (TestHost host in (TestHost[])[initiator, responder])
        {
            Queue<uint> chosen = new([host.Peer.Children[0].LocalSpi, 4711, 4711, 4712]);
            host.Endpoint.ChildSpis.Source = () => chosen.Dequeue();
        }

        initiator.Do(peer => peer.CreateChild("net"));
        network.Run(1);
        initiator.Do(peer => peer.CreateChild("net"));
        network.Run(1);
        ChildAssert.Agree(initiator, responder, 3);
        foreach (TestHost host in (TestHost[])[initiator, responder])
        {
            Assert.Equal([4711u, 4712u], host.Peer.Children.Skip(1).Select(static child => child.LocalSpi));
            host.Endpoint.ChildSpis.Source = static () => 4711;
        }

        initiator.Do(peer => peer.DeleteChild(4711));
        network.Run(1);
        responder.Do(peer => peer.CreateChild("net"));
        network.Run(1);
        ChildAssert.Agree(initiator, responder, 3);
        initiator.Do(static (endpoint, now) => endpoint.ShutDown(now));
        network.Run(1);
        Assert.Equal((0, 0), (initiator.Endpoint.ChildSpis.Count, responder.Endpoint.ChildSpis.Count));
    }
}
