using MobikeX.Ike.Tests.Authentication;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests;

/// <summary>Several IKE_SAs of one identity: what becomes of the former ones, and how many there may be.</summary>
public class UniquenessTests
{
    private const string InitialContact = "N(INITIAL_CONTACT)";

    [Theory(DisplayName = "RFC 7296 2.4: a peer that has lost its state says so, and its old IKE_SA ends unless it is to stay")]
    [InlineData(Uniqueness.InitialContact, true)]
    [InlineData(Uniqueness.Replace, true)]
    [InlineData(Uniqueness.Keep, true)]
    [InlineData(Uniqueness.Never, false)]
    public void Lost(Uniqueness policy, bool ends)
    {
        var (network, former, responder) = TestConnections.Connected(responder: options => options with { Uniqueness = policy });
        IkePeer old = responder.Peer;
        network.Hosts.Remove(former);
        int sent = network.Sent.Count;
        TestHost initiator = new(network, new IkeOptions { Connections = [TestConnections.Initiator()] }, TestConnections.InitiatorAddress);

        initiator.Initiate("road");
        network.Run(1);

        Assert.True(SaidInitialContact(initiator));
        Assert.True(initiator.Peer.IsEstablished);
        Assert.Equal(ends, old.IsEnded);
        Assert.Equal(ends ? 1 : 2, responder.Endpoint.Peers.Count);
        Assert.Equal(ends, responder.Events.OfType<SaEnded>().Any(static ended => ended.Reason == "replaced by the peer"));

        // The peer knows of no other: it is told of none.
        Assert.Equal(4, network.Sent.Count - sent);
    }

    [Theory(DisplayName = "A second IKE_SA of the same peer stays beside the first, takes its place, or is refused")]
    [InlineData(Uniqueness.InitialContact, true, true)]
    [InlineData(Uniqueness.Replace, false, true)]
    [InlineData(Uniqueness.Keep, true, false)]
    [InlineData(Uniqueness.Never, true, true)]
    public void Second(Uniqueness policy, bool firstStays, bool secondStays)
    {
        var (network, initiator, responder) = TestConnections.Connected(responder: options => options with { Uniqueness = policy });
        IkePeer first = initiator.Peer;

        IkePeer second = initiator.Initiate("road");
        network.Run(1);

        Assert.Equal((!firstStays, !secondStays), (first.IsEnded, second.IsEnded));
        Assert.Equal((firstStays ? 1 : 0) + (secondStays ? 1 : 0), responder.Endpoint.Peers.Count);
        Assert.All(responder.Endpoint.Peers, static peer => Assert.True(peer.IsEstablished));
        Assert.Equal(secondStays ? [] : ["AUTHENTICATION_FAILED"], initiator.Events.OfType<SaEnded>().Where(ended => ended.LocalSpi == second.LocalSpi).Select(static ended => ended.Reason));
    }

    [Theory(DisplayName = "The Initiator does not say that it knows of no other where there is one between the same two identities, or where it is not to be said")]
    [InlineData(Uniqueness.InitialContact, "other.example.org", "gw@example.org", true)]
    [InlineData(Uniqueness.InitialContact, "mn@example.org", "gw@example.org", false)]
    [InlineData(Uniqueness.Never, "other.example.org", "gw@example.org", false)]
    public void Said(Uniqueness policy, string local, string remote, bool expected)
    {
        IkeConnectionOptions other = TestConnections.Initiator() with { Name = "other", LocalIdentity = local, RemoteIdentity = remote, Uniqueness = policy };
        TestNetwork network = new();
        TestHost initiator = new(network, new IkeOptions { Connections = [TestConnections.Initiator(), other] }, TestConnections.InitiatorAddress);
        TestHost responder = new(network, new IkeOptions { Connections = [TestConnections.Responder() with { RemoteIdentity = null }] }, TestConnections.ResponderAddress);
        initiator.Initiate("road");
        network.Run(1);
        Assert.True(SaidInitialContact(initiator));
        initiator.Events.Clear();

        initiator.Initiate("other");
        network.Run(1);

        Assert.Equal(expected, SaidInitialContact(initiator));
        Assert.Equal(2, responder.Endpoint.Peers.Count(static peer => peer.IsEstablished));
    }

    [Fact(DisplayName = "An IKE_SA that was proved in another way is not the peer's to end, though it has the same identity")]
    public void OtherProof()
    {
        using CertifiedPeer certified = new();
        IkeConnectionOptions shared = TestConnections.Responder() with { Name = "shared", RemoteIdentity = null };
        IkeConnectionOptions initiates = TestConnections.Initiator() with { LocalIdentity = "peer.example.net" };
        TestNetwork network = new();
        TestHost responder = new(
            network, new IkeOptions { Connections = [shared, shared with { Name = "certificates", RemoteCredential = certified.Anchors }] }, TestConnections.ResponderAddress);
        TestHost first = new(network, new IkeOptions { Connections = [initiates] }, TestConnections.InitiatorAddress);
        first.Initiate("road");
        network.Run(1);
        network.Hosts.Remove(first);
        TestHost second = new(network, new IkeOptions { Connections = [initiates with { LocalCredential = certified.Own }] }, TestConnections.InitiatorAddress);

        second.Initiate("road");
        network.Run(1);

        Assert.True(SaidInitialContact(second));
        Assert.Equal(["shared", "certificates"], responder.Endpoint.Peers.Where(static peer => peer.IsEstablished).Select(static peer => peer.Connection.Name));
    }

    [Fact(DisplayName = "One identity gets no more IKE_SAs than are allowed, and another in the place of one that has ended")]
    public void Limit()
    {
        var (network, initiator, responder) = TestConnections.Pair(options: static same => same with { EstablishedPerIdentity = 2 });
        for (int i = 0; i < 3; i++)
        {
            initiator.Initiate("road");
            network.Run(1);
        }

        Assert.Equal(2, responder.Endpoint.Peers.Count);
        Assert.Equal("AUTHENTICATION_FAILED", Assert.Single(initiator.Events.OfType<SaEnded>()).Reason);
        Assert.Equal("there are 2 IKE_SAs with mn@example.org", Assert.Single(responder.Events.OfType<SaEnded>()).Reason);

        initiator.Endpoint.Peers[0].Close("no more");
        initiator.Drain();
        network.Run(1);
        initiator.Initiate("road");
        network.Run(1);
        Assert.Equal(2, responder.Endpoint.Peers.Count);
        Assert.Equal(2, initiator.Endpoint.Peers.Count);
    }

    private static bool SaidInitialContact(TestHost host) =>
        host.Events.OfType<MessageSent>().Any(static sent => sent.Exchange == ExchangeType.IkeAuth && sent.Payloads.Names.Contains(InitialContact));
}
