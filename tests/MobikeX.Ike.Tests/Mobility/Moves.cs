using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>The addresses that peers move between, and what holds when they have moved.</summary>
internal static class Moves
{
    public static readonly IpAddress Link1 = IpAddress.Parse(TestConnections.InitiatorAddress);
    public static readonly IpAddress Link2 = IpAddress.Parse("203.0.113.7");
    public static readonly IpAddress Link3 = IpAddress.Parse("203.0.113.8");
    public static readonly IpAddress Gateway = IpAddress.Parse(TestConnections.ResponderAddress);
    public static readonly IpAddress Gateway2 = IpAddress.Parse("198.51.100.3");

    /// <summary>Has link 2 beside link 1.</summary>
    public static void AddLink2(TestNetwork network, TestHost host)
    {
        host.Gain(Link2);
        network.Run(1);
    }

    /// <summary>Has an address no more; what that sets off has not arrived yet.</summary>
    public static void Lose(TestNetwork network, TestHost host, IpAddress address)
    {
        host.Lose(address);
        network.Run(0.001);
    }

    /// <summary>The IKE_SA and its pair of CHILD_SAs are at an address of the Initiator, at both ends.</summary>
    public static void AssertMovedTo(IpAddress address, TestHost initiator, TestHost responder)
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
    public static void AssertLives(TestNetwork network, TestHost initiator, TestHost responder)
    {
        network.Run(120);
        Assert.Empty(initiator.Events.OfType<SaEnded>());
        Assert.Empty(responder.Events.OfType<SaEnded>());
        Assert.True(initiator.Peer.IsEstablished);
        Assert.True(responder.Peer.IsEstablished);
    }

    /// <summary>What a NAT makes of a packet; the ports stay.</summary>
    public static PacketAddresses Translated(in PacketAddresses packet, IpAddress inside, IpAddress outside) => new(
        packet.Source == inside ? outside : packet.Source, packet.SourcePort, packet.Destination == outside ? inside : packet.Destination, packet.DestinationPort);
}
