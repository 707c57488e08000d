using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;
using static MobikeX.Ike.Tests.Moves;

namespace MobikeX.Ike.Tests;

/// <summary>What two peers agree on of MOBIKE in IKE_AUTH, and tell each other at once.</summary>
public sealed class MobilityAgreementTests
{
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
}
