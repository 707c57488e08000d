using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using static MobikeX.Ike.Tests.Moves;

namespace MobikeX.Ike.Tests;

/// <summary>Addresses that change while a pair of CHILD_SAs is replaced, also one of which the kernel has ended an SA: the new pair ends up where the IKE_SA is, at both ends.</summary>
public sealed class ReplacedWhileMovingTests
{
    [Theory]
    [InlineData(MobikeVersion.Mobike, true)]
    [InlineData(MobikeVersion.Mobike, false)]
    [InlineData(MobikeVersion.MobikeX, true)]
    [InlineData(MobikeVersion.MobikeX, false)]
    public void While_the_new_address_is_checked(MobikeVersion version, bool byInitiator)
    {
        var (network, initiator, responder) = TestConnections.Mobile(version);
        initiator.MoveTo(Link2);

        (byInitiator ? initiator : responder).Do(peer => peer.RekeyChild(peer.Children[0].LocalSpi));
        network.Run(10);

        AssertMovedAndReplaced(initiator, responder);
    }

    [Theory]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void And_done_before_the_cookie_is_back(MobikeVersion version)
    {
        var (network, initiator, responder) = TestConnections.Mobile(version);
        network.Passes = static datagram => !MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) || header.Response || header.Initiator;
        initiator.MoveTo(Link2);
        initiator.Do(peer => peer.RekeyChild(peer.Children[0].LocalSpi));
        network.Run(1);
        Assert.Single(responder.Events.OfType<ChildRekeyed>());
        Assert.Equal(AddressSet.Of(Link1), Assert.Single(responder.Peer.ChildSas).Initiator);

        network.Passes = static _ => true;
        network.Run(20);

        AssertMovedAndReplaced(initiator, responder);
    }

    [Theory]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void At_the_Initiator_that_waits_for_the_answer_to_its_UPDATE(MobikeVersion version)
    {
        var (network, initiator, responder) = TestConnections.Mobile(version);
        initiator.MoveTo(Link2);

        Expire(initiator);
        network.Run(10);

        AssertMovedAndReplaced(initiator, responder);
    }

    [Theory]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    public void At_the_Responder_whose_request_goes_to_the_address_that_is_gone(MobikeVersion version)
    {
        var (network, initiator, responder) = TestConnections.Mobile(version);
        network.Passes = static datagram => datagram.Packet.Destination != Link1;
        Expire(responder);
        network.Run(0.1);

        initiator.MoveTo(Link2);
        network.Run(10);

        AssertMovedAndReplaced(initiator, responder);
    }

    private static void Expire(TestHost host)
    {
        IkeChild child = Assert.Single(host.Peer.Children);
        host.Lost.Add(child.Sa);
        host.Do((endpoint, now) => endpoint.HandleExpiry(new SaExpiry(IpsecProto.Esp, host.Peer.IsInitiator ? Gateway : Link1, child.RemoteSpi, IsHard: true), now));
    }

    private static void AssertMovedAndReplaced(TestHost initiator, TestHost responder)
    {
        ChildAssert.Agree(initiator, responder, 1);
        foreach (TestHost host in (TestHost[])[initiator, responder])
        {
            Assert.Empty(host.Lost.Intersect(host.Peer.ChildSas));
            Assert.Single(host.Events.OfType<ChildRekeyed>());
            Assert.Equal(AddressSet.Of(Link2), host.Peer.Sa!.Initiator);
            Assert.Equal(AddressSet.Of(Link2), Assert.Single(host.Peer.ChildSas).Initiator);
        }

        Assert.Equal(Link2, initiator.Peer.Path.Source);
        Assert.Equal(Link2, responder.Peer.Path.Destination);
    }
}
