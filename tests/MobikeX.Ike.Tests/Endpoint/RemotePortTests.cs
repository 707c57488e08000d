using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>A peer at another port than that of IKE: it is one for NAT traversal, from the first message on (RFC 7296 section 2.23).</summary>
public sealed class RemotePortTests
{
    private const ushort NatPort = 4500, Forwarded = 10_000;

    private static readonly IpAddress Link1 = IpAddress.Parse(TestConnections.InitiatorAddress);
    private static readonly IpAddress Link2 = IpAddress.Parse("203.0.113.7");
    private static readonly IpAddress Gateway = IpAddress.Parse(TestConnections.ResponderAddress);

    [Theory]
    [InlineData(new MobikeVersion[0])]
    [InlineData(new[] { MobikeVersion.Mobike })]
    [InlineData(new[] { MobikeVersion.MobikeX })]
    public void All_messages_go_there_from_the_port_whose_messages_have_the_marker(MobikeVersion[] versions)
    {
        MobilityOptions mobility = new() { Versions = versions };
        var (network, initiator, responder) = TestConnections.Pair(
            TestConnections.Initiator() with { RemotePort = Forwarded, Mobility = mobility }, TestConnections.Responder() with { Mobility = mobility });
        network.Translate = static packet =>
            packet.Destination == Gateway ? new PacketAddresses(packet.Source, packet.SourcePort, Gateway, NatPort)
            : packet.Source == Gateway ? new PacketAddresses(Gateway, Forwarded, packet.Destination, packet.DestinationPort)
            : packet;

        initiator.Initiate("road");
        network.Run(1);
        Assert.True(initiator.Peer.IsEstablished);
        Assert.True(responder.Peer.IsEstablished);
        if (versions.Length > 0)
        {
            initiator.MoveTo(Link2);
            network.Run(5);
            Assert.Equal(Link2, Assert.Single(responder.Peer.ChildSas).Initiator[0]);
        }

        network.Run(60);
        Assert.Empty(initiator.Events.OfType<SaEnded>());
        Assert.All(
            network.Sent.Where(static sent => sent.Packet.Source == Link1 || sent.Packet.Source == Link2),
            static sent => Assert.Equal((NatPort, Forwarded), (sent.Packet.SourcePort, sent.Packet.DestinationPort)));
    }
}
