using MobikeX.Ike.Messages;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using static MobikeX.Ike.Tests.Moves;

namespace MobikeX.Ike.Tests;

/// <summary>A request that has no answer yet when the Initiator moves.</summary>
public sealed class OutstandingRequestTests
{
    [Theory(DisplayName = "7.4, RFC 4555 3.5: it is sent again from the new address with the same octets, and then comes the UPDATE")]
    [InlineData(MobikeVersion.Mobike)]
    [InlineData(MobikeVersion.MobikeX)]
    [Requirement("R-7.4-06")]
    public void IsSentAgainBeforeTheUpdate(MobikeVersion version)
    {
        var (network, initiator, responder) = TestConnections.Mobile(version);
        initiator.Gain(Link2);
        network.Run(1);

        int before = network.Sent.Count;
        network.Passes = static datagram => datagram.Packet.Source != Link1 && datagram.Packet.Destination != Link1;
        network.Run(60);

        List<(uint Id, IpAddress Source, string Octets)> requests = [.. network.Sent.Skip(before).Select(Request).Where(static request => request.Source == Link1 || request.Source == Link2)];
        (uint outstanding, IpAddress at, string octets) = requests[0];
        Assert.Equal(Link1, at);
        int moved = requests.FindIndex(static request => request.Source == Link2);
        Assert.Equal((outstanding, Link2, octets), requests[moved]);
        int update = requests.FindIndex(request => request.Id == outstanding + 1);
        Assert.True(update > moved);
        Assert.Equal(Link2, requests[update].Source);
        Assert.Equal(Link2, Assert.Single(responder.Peer.ChildSas).Initiator[0]);
        Assert.Null(initiator.Peer.Session.Outstanding);
        RequestSentAgain elsewhere = initiator.Events.OfType<RequestSentAgain>().First(static again => again.Path.Source == Link2);
        Assert.Equal(outstanding, elsewhere.MessageId);
        Assert.Equal(requests.Count(request => request.Id == outstanding) - 1, initiator.Events.OfType<RequestSentAgain>().Count(again => again.MessageId == outstanding));
    }

    private static (uint Id, IpAddress Source, string Octets) Request(OutgoingDatagram datagram) =>
        MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) && !header.Response
            ? (header.MessageId, datagram.Packet.Source, Convert.ToHexString(datagram.Octets))
            : default;
}
