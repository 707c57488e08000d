using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>MOBIKE and MOBIKE-X over real IKE_SAs, in virtual time.</summary>
public sealed class MoveTests
{
    private static readonly IpAddress Link1 = IpAddress.Parse(TestConnections.InitiatorAddress);
    private static readonly IpAddress Link2 = IpAddress.Parse("203.0.113.7");
    private static readonly IpAddress Gateway = IpAddress.Parse(TestConnections.ResponderAddress);
    private static readonly IpAddress Gateway2 = IpAddress.Parse("198.51.100.3");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory(DisplayName = "RFC 4555 3.3: the version is agreed in IKE_AUTH, which goes to port 4500")]
    [InlineData(new[] { MobikeVersion.Mobike, MobikeVersion.MobikeX }, new[] { MobikeVersion.Mobike, MobikeVersion.MobikeX }, MobikeVersion.MobikeX)]
    [InlineData(new[] { MobikeVersion.Mobike, MobikeVersion.MobikeX }, new[] { MobikeVersion.Mobike }, MobikeVersion.Mobike)]
    [InlineData(new[] { MobikeVersion.Mobike }, new[] { MobikeVersion.Mobike, MobikeVersion.MobikeX }, MobikeVersion.Mobike)]
    public void Agrees(MobikeVersion[] offered, MobikeVersion[] enabled, MobikeVersion agreed)
    {
        var (_, initiator, responder) = TestConnections.Mobile(new MobilityOptions { Versions = offered }, new MobilityOptions { Versions = enabled });

        Assert.Equal(agreed, initiator.Peer.MobikeVersion);
        Assert.Equal(agreed, responder.Peer.MobikeVersion);
        Assert.Equal(4500, initiator.Peer.Path.SourcePort);
        Assert.Equal(4500, initiator.Peer.Path.DestinationPort);
    }

    [Theory(DisplayName = "RFC 4555 3.3: without a version in common the IKE_SA is one without MOBIKE")]
    [InlineData(new MobikeVersion[0], new[] { MobikeVersion.Mobike })]
    [InlineData(new[] { MobikeVersion.Mobike }, new MobikeVersion[0])]
    public void GoesOnWithoutMobike(MobikeVersion[] offered, MobikeVersion[] enabled)
    {
        var (_, initiator, responder) = TestConnections.Mobile(new MobilityOptions { Versions = offered }, new MobilityOptions { Versions = enabled });

        Assert.True(initiator.Peer.IsEstablished);
        Assert.Null(initiator.Peer.MobikeVersion);
        Assert.Null(responder.Peer.MobikeVersion);
        Assert.Null(initiator.Peer.Update(new ActionCommand(), initiator.Network.Now));
    }

    [Theory(DisplayName = "RFC 4555 3.5: an address that goes is replaced by another, at both ends, and messages follow")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void MovesWhenAnAddressGoes(MobikeVersion version)
    {
        var (network, initiator, responder) = TestConnections.Mobile(version);
        AddLink2(network, initiator);

        Lose(network, initiator, Link1);
        network.Run(5);

        AssertMovedTo(Link2, initiator, responder);
        AssertLives(network, initiator, responder);
    }

    [Fact(DisplayName = "RFC 4555 3.10: a way that fails is found by the silence on it, and the others are tried with the same octets")]
    public void MovesWhenAWayFails()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.Mobike);
        AddLink2(network, initiator);
        network.Passes = datagram => datagram.Packet.Source != Link1 && datagram.Packet.Destination != Link1;

        network.Run(60);

        AssertMovedTo(Link2, initiator, responder);
        AssertLives(network, initiator, responder);
    }

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

    [Fact(DisplayName = "RFC 4555 3.5: where one address is left nothing is asked first: the UPDATE itself is what is sent")]
    public void MovesAtOnceWhereOneAddressIsLeft()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.MobikeX);
        AddLink2(network, initiator);
        initiator.Events.Clear();

        Lose(network, initiator, Link1);
        network.Run(5);

        Assert.Contains("N(UPDATE_SA_ADDRESSES)", initiator.Events.OfType<MessageSent>().First().Payloads.Names);
        AssertMovedTo(Link2, initiator, responder);
    }

    [Fact(DisplayName = "RFC 4555 3.5: an UPDATE to an address of the Responder that is no more goes the other ways too")]
    public void FindsAnotherWayForAnUpdate()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.MobikeX);
        responder.Gain(Gateway2);
        AddLink2(network, initiator);
        network.Passes = datagram => datagram.Packet.Source != Gateway && datagram.Packet.Destination != Gateway;

        Lose(network, initiator, Link1);
        network.Run(30);

        AssertMovedTo(Link2, initiator, responder);
        Assert.Equal(AddressSet.Of(Gateway2), Assert.Single(initiator.Peer.ChildSas).Responder);
        Assert.Equal(AddressSet.Of(Gateway2), Assert.Single(responder.Peer.ChildSas).Responder);
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

    [Fact(DisplayName = "RFC 4555 3.11: a Responder gives its peer five minutes to find a way, and no more")]
    public void GivesTheInitiatorTime()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.Mobike);
        network.Passes = static _ => false;

        network.Run(TimeSpan.FromSeconds(290));
        Assert.True(responder.Peer.IsEstablished);

        network.Run(TimeSpan.FromSeconds(200));
        Assert.Empty(responder.Endpoint.Peers);
        Assert.Empty(initiator.Endpoint.Peers);
    }

    [Theory(DisplayName = "RFC 4555 3.4: addresses inside of tunnels are not offered; a range that has the address in use as well tells nothing of where an address is")]
    [InlineData("10.1.0.0/16", "10.1.0.1", 0)]
    [InlineData("10.1.0.0/16", "198.51.100.3", 1)]
    [InlineData("0.0.0.0/0", "198.51.100.3", 1)]
    public void OffersWhatIsOutside(string inside, string address, int offered)
    {
        var (network, initiator, responder) = TestConnections.Connected(
            connection => connection with { Children = [TestConnections.Child("10.0.0.2/32", inside)] },
            connection => connection with { Children = [TestConnections.Child(inside, "10.0.0.2/32")] });

        responder.Gain(IpAddress.Parse(address));
        network.Run(1);

        Assert.Equal(offered, initiator.Peer.Sa!.Alternates.Count);
    }

    [Theory(DisplayName = "RFC 4555 3.9: where no NAT is allowed IKE_AUTH says what its sender sees, and is refused where the packet came by another way")]
    [InlineData(true)]
    [InlineData(false)]
    public void AllowsNoNatInIkeAuth(bool hasNat)
    {
        var (network, initiator, responder) = TestConnections.Pair(TestConnections.Initiator() with { Mobility = new MobilityOptions { ProhibitsNats = true } });
        network.Translate = packet => hasNat ? Translated(packet, Link1, Link2) : packet;

        initiator.Initiate("road");
        network.Run(5);

        Assert.Equal(hasNat ? 0 : 1, initiator.Endpoint.Peers.Count);
        Assert.Equal(hasNat ? 0 : 1, responder.Endpoint.Peers.Count);
        Assert.Equal(hasNat, initiator.Events.OfType<SaEnded>().Any(static ended => ended.Reason == "UNEXPECTED_NAT_DETECTED"));
    }

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

    [Fact(DisplayName = "RFC 4555 3.5: of several changes the last one wins")]
    public void TakesTheLastOfSeveralChanges()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.Mobike);
        IpAddress link3 = IpAddress.Parse("203.0.113.8");
        AddLink2(network, initiator);

        Lose(network, initiator, Link1);
        initiator.Addresses.Add(link3);
        Lose(network, initiator, Link2);
        network.Run(10);

        AssertMovedTo(link3, initiator, responder);
        AssertLives(network, initiator, responder);
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

    [Theory(DisplayName = "RFC 4555 3.5: the refusal of an UPDATE that a command began is not that of the own move that waits behind it")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void TellsItsMoveFromThatOfACommand(MobikeVersion version)
    {
        IpAddress link3 = IpAddress.Parse("203.0.113.8");
        var (network, initiator, responder) = TestConnections.Mobile(
            new MobilityOptions { Versions = [version] }, new MobilityOptions { Versions = [version], AcceptsAddress = address => address != link3 });
        initiator.Gain(Link2);
        initiator.Gain(link3);
        network.Run(1);

        initiator.Do(peer => peer.Update(new ActionCommand { Address = link3 }, network.Now));
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
        IpAddress link3 = IpAddress.Parse("203.0.113.8");
        var (network, initiator, responder) = TestConnections.Mobile(
            new MobilityOptions { Versions = [version] }, new MobilityOptions { Versions = [version], AcceptsAddress = static address => address != Link2 });
        AddLink2(network, initiator);
        initiator.Addresses.Add(link3);

        Lose(network, initiator, Link1);
        network.Run(5);

        AssertMovedTo(link3, initiator, responder);
        AssertLives(network, initiator, responder);
    }

    [Fact(DisplayName = "RFC 4555 3.5: an UPDATE that is refused on every way is said of each but once")]
    public void TriesEachWayOnce()
    {
        var (network, initiator, responder) = TestConnections.Connected(
            static connection => connection, static connection => connection with { Mobility = new MobilityOptions { AcceptsAddress = static address => address == Link1 } });
        AddLink2(network, initiator);
        initiator.Addresses.Add(IpAddress.Parse("203.0.113.8"));

        Lose(network, initiator, Link1);
        network.Run(5);

        Assert.Equal(2, initiator.Events.OfType<MessageSent>().Count(static sent => !sent.IsResponse && sent.Payloads.Names.Contains("N(UPDATE_SA_ADDRESSES)")));
        Assert.Equal(AddressSet.Of(Link1), Assert.Single(responder.Peer.ChildSas).Initiator);
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

    [Fact(DisplayName = "Draft 6.8: a CHILD_SA whose last address is removed is closed, and forgotten at both ends")]
    public void ForgetsWhatIsClosed()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.MobikeX);

        initiator.Do((_, now) => initiator.Peer.Remove(new ActionCommand { Address = Link1, Places = AddressPlaces.Header }, now));
        network.Run(1);

        foreach (TestHost host in (TestHost[])[initiator, responder])
        {
            Assert.Empty(host.Peer.ChildSas);
            Assert.Single(host.Events.OfType<ChildEnded>());
        }
    }

    [Fact(DisplayName = "Draft 7.4, 7.6: CHECK, ADD and REMOVE by command, over a sealed exchange")]
    public void ActsByCommand()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.MobikeX);
        ChildSa own = Assert.Single(initiator.Peer.ChildSas), other = Assert.Single(responder.Peer.ChildSas);
        AddLink2(network, initiator);

        Act(peer => peer.Add(new ActionCommand { Address = Link2, Places = AddressPlaces.Header, Check = true }, network.Now));
        Assert.Equal(AddressSet.Of(Link1), other.Initiator);

        Act(peer => peer.Add(new ActionCommand { Address = Link2, Places = AddressPlaces.Header }, network.Now));
        Assert.Equal(AddressSet.Of(Link1, Link2), other.Initiator);
        Assert.Equal(AddressSet.Of(Link1, Link2), own.Initiator);

        Act(peer => peer.Remove(new ActionCommand { Address = Link1, Places = AddressPlaces.Header }, network.Now));
        Assert.Equal(AddressSet.Of(Link2), other.Initiator);
        Assert.Equal(AddressSet.Of(Link2), own.Initiator);

        void Act(Func<IkePeer, ushort?> action)
        {
            ushort? identifier = null;
            initiator.Do((_, _) => identifier = action(initiator.Peer));
            network.Run(1);
            Assert.Contains(initiator.Events.OfType<EngineTold>(), told => told.Event is ActionAccepted accepted && accepted.Identifier == identifier);
        }
    }

    [Fact(DisplayName = "Draft 7.4: an UPDATE of some SAs leaves the IKE_SA where it is, though the Responder asks for a COOKIE2 at the new address")]
    public void MovesSomeSas()
    {
        var (network, initiator, responder) = TestConnections.Mobile(MobikeVersion.MobikeX);
        AddLink2(network, initiator);
        var command = new ActionCommand { Address = Link2, Selectors = [new SaSelector { Mode = IpsecMode.Tunnel }] };

        initiator.Do((_, now) => initiator.Peer.Update(command, now));
        network.Run(5);

        Assert.Contains(new ReturnRoutabilityConfirmed(Link2), responder.Events.OfType<EngineTold>().Select(static told => told.Event));
        foreach (TestHost host in (TestHost[])[initiator, responder])
        {
            Assert.Equal(AddressSet.Of(Link2), Assert.Single(host.Peer.ChildSas).Initiator);
            Assert.Equal(AddressSet.Of(Link1), host.Peer.Sa!.Initiator);
        }

        Assert.Equal(Link1, initiator.Peer.Path.Source);
        AssertLives(network, initiator, responder);
    }

    [Theory(DisplayName = "RFC 4555 3.5: moves over a network that loses, repeats and reorders end where the last address is")]
    [MemberData(nameof(Seeds))]
    public void MovesThroughABadNetwork(int seed)
    {
        var (network, initiator, responder) = TestConnections.Pair(
            TestConnections.Initiator() with { Mobility = new MobilityOptions { Versions = [MobikeVersion.Mobike] } },
            seed: seed,
            options: static same => same with { RetransmitTries = 15, RetransmitFactor = 1.2 });
        initiator.Initiate("road");
        network.Run(1);
        network.Loss = 0.2;
        network.Duplication = 0.2;
        network.Garbage = 0.2;
        network.Jitter = TimeSpan.FromSeconds(1);
        AddLink2(network, initiator);
        Lose(network, initiator, Link1);
        network.Run(30);
        initiator.Addresses.Add(Link1);
        Lose(network, initiator, Link2);
        network.Run(60);

        network.Loss = network.Duplication = network.Garbage = 0;
        network.Run(60);
        AssertMovedTo(Link1, initiator, responder);
        AssertLives(network, initiator, responder);
    }

    /// <summary>What a NAT makes of a packet; the ports stay.</summary>
    private static PacketAddresses Translated(in PacketAddresses packet, IpAddress inside, IpAddress outside) => new(
        packet.Source == inside ? outside : packet.Source, packet.SourcePort, packet.Destination == outside ? inside : packet.Destination, packet.DestinationPort);

    private static IkeHeader Header(OutgoingDatagram sent)
    {
        Assert.True(MessageReader.TryReadHeader(sent.Octets, out IkeHeader header, out _));
        return header;
    }

    private static void AddLink2(TestNetwork network, TestHost host)
    {
        host.Gain(Link2);
        network.Run(1);
    }

    private static void Lose(TestNetwork network, TestHost host, IpAddress address)
    {
        host.Lose(address);
        network.Run(0.001);
    }

    private static void AssertMovedTo(IpAddress address, TestHost initiator, TestHost responder)
    {
        Assert.Equal(address, initiator.Peer.Path.Source);
        Assert.Equal(address, responder.Peer.Path.Destination);
        foreach (TestHost host in (TestHost[])[initiator, responder])
        {
            Assert.Equal(AddressSet.Of(address), Assert.Single(host.Peer.ChildSas).Initiator);
            Assert.Equal(AddressSet.Of(address), host.Peer.Sa!.Initiator);
        }
    }

    /// <summary>Both ends ask the other, and hear of it.</summary>
    private static void AssertLives(TestNetwork network, TestHost initiator, TestHost responder)
    {
        network.Run(120);
        Assert.Empty(initiator.Events.OfType<SaEnded>());
        Assert.Empty(responder.Events.OfType<SaEnded>());
        Assert.True(initiator.Peer.IsEstablished);
        Assert.True(responder.Peer.IsEstablished);
    }
}
