using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>Moves to and from an address behind a NAT, and what a NAT forgets, in virtual time.</summary>
public sealed class NatMoveTests
{
    private const ushort IkePort = 500, Port = 4500, FirstMapped = 20_001;

    private static readonly IpAddress Link1 = IpAddress.Parse(TestConnections.InitiatorAddress);
    private static readonly IpAddress Home = IpAddress.Parse("10.9.0.2");
    private static readonly IpAddress Outside = IpAddress.Parse("203.0.113.77");

    private ushort _mapped = FirstMapped;
    private IpAddress _outside = Outside;

    [Theory(DisplayName = "RFC 4555 3.5: a move that goes behind a NAT, or leaves it, tells both ends where the NAT stands, for SAs to come as well")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void FindsTheNatOfAnotherWay(MobikeVersion version)
    {
        var (network, initiator, responder) = Pair(version, Link1);

        Have(network, initiator, Home);
        AssertNat(isThere: true, initiator, responder);
        Assert.True(initiator.Do(static peer => peer.CreateChild(peer.Connection.Children[0].Name)));
        network.Run(5);
        foreach (TestHost host in (TestHost[])[initiator, responder])
        {
            Assert.Equal([true, true], host.Peer.ChildSas.Select(static child => child.IsUdpEncapsulated));
        }

        network.Run(60);
        Assert.Contains(network.Sent, static datagram => datagram.IsKeepalive);
        Have(network, initiator, Link1);
        AssertNat(isThere: false, initiator, responder);
    }

    [Fact(DisplayName = "RFC 4555 3.8: a NAT that maps anew is found by how the peer sees this host, though it was never asked in the silence of the peer before")]
    public void FindsANewMapping()
    {
        var (network, initiator, responder) = Pair(MobikeVersion.Mobike, Home);
        Assert.Equal(FirstMapped, Assert.Single(responder.Peer.ChildSas).InitiatorPort);

        _mapped++;
        network.Run(60);

        Assert.Equal(_mapped, Assert.Single(responder.Peer.ChildSas).InitiatorPort);
        Assert.Equal(_mapped, responder.Peer.Path.DestinationPort);
        Assert.Empty(initiator.Events.OfType<SaEnded>());
    }

    [Fact(DisplayName = "RFC 7296 2.23: without MOBIKE what is authentic from another port or address shows a NAT's new mapping")]
    public void FollowsANewMappingWithoutMobike()
    {
        var (network, initiator, responder) = Pair(null, Home);
        Assert.Equal(FirstMapped, Assert.Single(responder.Peer.ChildSas).InitiatorPort);

        _mapped++;
        network.Run(60);
        Assert.Equal(_mapped, Assert.Single(responder.Peer.ChildSas).InitiatorPort);
        Assert.Equal(_mapped, responder.Peer.Path.DestinationPort);

        _outside = IpAddress.Parse("203.0.113.78");
        network.Run(60);
        Assert.Equal(_outside, responder.Peer.Path.Destination);
        Assert.Equal(AddressSet.Of(_outside), Assert.Single(responder.Peer.ChildSas).Initiator);
        Assert.Empty(initiator.Events.OfType<SaEnded>());
    }

    [Theory(DisplayName = "RFC 4555 3.8: a NAT that maps anew just before the IKE_SA is rekeyed, or just after, is found too")]
    [InlineData(true)]
    [InlineData(false)]
    public void FindsANewMappingAtARekey(bool before)
    {
        var (network, initiator, responder) = Pair(MobikeVersion.Mobike, Home);

        _mapped += before ? (ushort)1 : (ushort)0;
        Assert.True(initiator.Do(static peer => peer.RekeyIke()));
        network.Run(1);
        _mapped += before ? (ushort)0 : (ushort)1;
        network.Run(60);

        Assert.Single(initiator.Events.OfType<SaRekeyed>());
        Assert.Equal(_mapped, Assert.Single(responder.Peer.ChildSas).InitiatorPort);
        Assert.Equal(_mapped, responder.Peer.Path.DestinationPort);
    }

    [Fact(DisplayName = "RFC 4555 3.7: the check of a new address goes to the port that the Initiator uses, from the same one")]
    public void ChecksAtThePortOfThePeer()
    {
        MobilityOptions options = new() { Versions = [MobikeVersion.Mobike], ReturnRoutability = ReturnRoutability.BeforeMoving };
        var (network, initiator, responder) = TestConnections.Pair(TestConnections.Initiator() with { Mobility = options }, TestConnections.Responder() with { Mobility = options });

        // Another implementation stays at the port of IKE.
        network.Translate = static packet =>
            packet.SourcePort == Port ? new PacketAddresses(packet.Source, IkePort, packet.Destination, IkePort)
            : packet.DestinationPort == IkePort && packet.Source == IpAddress.Parse(TestConnections.ResponderAddress) ? new PacketAddresses(packet.Source, Port, packet.Destination, Port)
            : packet;
        initiator.Initiate("road");
        network.Run(1);
        Have(network, initiator, Home);

        Assert.Equal(AddressSet.Of(Home), Assert.Single(responder.Peer.ChildSas).Initiator);
        Assert.Contains(network.Sent, static datagram => datagram.Packet.Destination == Home);
        Assert.All(network.Sent.Where(static datagram => datagram.Packet.Destination == Home), static datagram => Assert.Equal(IkePort, datagram.Packet.SourcePort));
    }

    private (TestNetwork Network, TestHost Initiator, TestHost Responder) Pair(MobikeVersion? version, IpAddress address)
    {
        MobilityOptions options = new() { Versions = version is { } one ? [one] : [] };
        var pair = TestConnections.Pair(TestConnections.Initiator() with { Mobility = options }, TestConnections.Responder() with { Mobility = options });
        pair.Network.Translate = packet =>
            packet.Source == Home ? new PacketAddresses(_outside, packet.SourcePort == Port ? _mapped : packet.SourcePort, packet.Destination, packet.DestinationPort)
            : packet.Destination == _outside ? new PacketAddresses(packet.Source, packet.SourcePort, Home, packet.DestinationPort == _mapped ? Port : packet.DestinationPort)
            : packet;
        Have(pair.Network, pair.Initiator, address);
        pair.Initiator.Initiate("road");
        pair.Network.Run(1);
        return pair;
    }

    /// <summary>A host has this address and no other.</summary>
    private static void Have(TestNetwork network, TestHost host, IpAddress address)
    {
        host.MoveTo(address);
        network.Run(5);
    }

    private static void AssertNat(bool isThere, TestHost initiator, TestHost responder)
    {
        Assert.Equal((isThere, false), (initiator.Peer.LocalBehindNat, initiator.Peer.PeerBehindNat));
        Assert.Equal((false, isThere), (responder.Peer.LocalBehindNat, responder.Peer.PeerBehindNat));
        Assert.All([.. initiator.Peer.ChildSas, .. responder.Peer.ChildSas], child => Assert.Equal(isThere, child.IsUdpEncapsulated));
    }
}
