using MobikeX.Ike.Messages;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests.Diagnostics;

/// <summary>What events tell of messages.</summary>
public sealed class EventTests
{
    [Fact]
    public void A_message_is_told_with_the_SPI_of_its_own_IKE_SA()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        (ulong old, ulong oldOfResponder) = (initiator.Peer.LocalSpi, responder.Peer.LocalSpi);
        Assert.True(initiator.Do(static peer => peer.RekeyIke()));
        network.Run(1);
        Assert.NotEqual(old, initiator.Peer.LocalSpi);

        // The Delete of the old one comes after the new one is in its place.
        MessageSent delete = initiator.Events.OfType<MessageSent>().Last();
        Assert.Equal((ExchangeType.Informational, old), (delete.Exchange, delete.LocalSpi));
        Assert.Equal(old, initiator.Events.OfType<MessageReceived>().Last().LocalSpi);
        Assert.Equal(oldOfResponder, responder.Events.OfType<MessageReceived>().Last().LocalSpi);
        Assert.Equal(oldOfResponder, responder.Events.OfType<MessageSent>().Last().LocalSpi);
        Assert.Equal(initiator.Peer.LocalSpi, Assert.Single(initiator.Events.OfType<SaRekeyed>()).LocalSpi);
    }

    [Fact]
    public void A_request_that_comes_again_is_told_with_how_often_it_came()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        Assert.True(initiator.Do(static peer => peer.CreateChild("net")));
        network.Run(1);
        OutgoingDatagram request = network.Sent.Last(datagram => datagram.Packet == initiator.Peer.Path);
        Forgery.Bring(responder, request.Packet, request.Octets);
        Forgery.Bring(responder, request.Packet, request.Octets);
        Assert.Equal([1, 2], responder.Events.OfType<RequestRepeated>().Select(static repeated => repeated.Times));
        Assert.True(initiator.Do(static peer => peer.CreateChild("net")));
        network.Run(1);
        request = network.Sent.Last(datagram => datagram.Packet == initiator.Peer.Path);
        Forgery.Bring(responder, request.Packet, request.Octets);
        Assert.Equal(1, responder.Events.OfType<RequestRepeated>().Last().Times);
    }

    [Fact]
    public void The_first_request_that_comes_again_is_told_with_how_often_it_came()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        initiator.Initiate("road");
        OutgoingDatagram request = Assert.Single(network.Sent);
        for (int i = 0; i < 3; i++)
        {
            Forgery.Bring(responder, request.Packet, request.Octets);
        }

        RequestRepeated[] repeated = [.. responder.Events.OfType<RequestRepeated>()];
        Assert.Equal([1, 2], repeated.Select(static each => each.Times));
        Assert.All(repeated, each => Assert.Equal((ExchangeType.IkeSaInit, 0u, "road", responder.Peer.LocalSpi), (each.Exchange, each.MessageId, each.Connection, each.LocalSpi)));
        OutgoingDatagram[] answers = [.. network.Sent.Skip(1)];
        Assert.Equal(3, answers.Length);
        Assert.All(answers, answer => Assert.Equal(answers[0].Octets, answer.Octets));
    }

    [Theory]
    [InlineData(64, "")]
    [InlineData(5000, " and 4936 more")]
    public void A_message_full_of_payloads_is_one_short_line(int count, string more)
    {
        PayloadChain chain = new();
        chain.AddRange(Enumerable.Repeat(new NotifyValue(NotifyType.Cookie), count));
        string[] names = [.. Enumerable.Repeat("N(COOKIE)", 64)];
        Assert.Equal(string.Join(", ", names) + more, chain.ToMessage().ToString());
        Assert.Equal(count, chain.ToMessage().Names.Count);
    }

    [Theory]
    [InlineData(null, "N(ADDITIONAL_IP6_ADDRESS)")]
    [InlineData(MobikeVersion.Mobike, "N(ADDITIONAL_IP6_ADDRESS)")]
    [InlineData(MobikeVersion.MobikeX, "N(ADDITIONAL_IP_ADDRESS)")]
    public void A_notify_has_the_name_of_the_version_that_was_agreed_on(MobikeVersion? version, string name)
    {
        PayloadChain chain = new([new NotifyValue(NotifyType.AdditionalIpAddress, new byte[16])]);
        Assert.Equal(name, Assert.Single((chain.ToMessage() with { Version = version }).Names));
    }

    [Theory]
    [InlineData(MobikeVersion.Mobike, "N(ADDITIONAL_IP4_ADDRESS)")]
    [InlineData(MobikeVersion.MobikeX, "N(ADDITIONAL_IP_ADDRESS)")]
    public void Messages_and_engines_are_told_with_the_version(MobikeVersion version, string name)
    {
        MobilityOptions mobility = new() { Versions = [version] };
        var (network, initiator, responder) = TestConnections.Connected(same => same with { Mobility = mobility }, same => same with { Mobility = mobility });
        initiator.Addresses.Add(Runtime.IpAddress.Parse("203.0.113.7"));
        initiator.Do((endpoint, now) => endpoint.HandleAddresses(initiator.Addresses, now));
        network.Run(1);
        Assert.Contains(name, initiator.Events.OfType<MessageSent>().Last().Payloads.Names);
        Assert.Contains(name, responder.Events.OfType<MessageReceived>().Last().Payloads.Names);
        Assert.All([.. initiator.Events.OfType<EngineTold>(), .. responder.Events.OfType<EngineTold>()], told => Assert.Equal(version, told.Version));
    }
}
