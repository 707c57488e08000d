using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests;

/// <summary>INVALID_SYNTAX in what is sealed ends the IKE_SA at both ends (RFC 7296, 2.21.2 and 2.21.3).</summary>
public class InvalidSyntaxTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_request_that_lacks_a_payload_is_answered_and_ends_the_IKE_SA_at_both_ends(bool isRekey)
    {
        var (network, initiator, responder) = TestConnections.Connected();
        PacketAddresses path = initiator.Peer.Path;
        network.Passes = _ => false;
        initiator.Do(peer => isRekey ? peer.RekeyIke() : peer.CreateChild("net"));
        network.Passes = _ => true;

        Forgery.Bring(responder, path, Forgery.Altered(
            initiator, ExchangeType.CreateChildSa, static payload => payload is NoncePayload ? new NotifyValue(NotifyType.Cookie2, new byte[16]) : payload));
        network.Run(0.1);

        Assert.Contains(responder.Events.OfType<MessageSent>(), sent => sent.IsResponse && sent.Payloads.Names.Contains("N(INVALID_SYNTAX)"));
        Assert.Empty(responder.Endpoint.Peers);
        Assert.Equal("answered INVALID_SYNTAX", Assert.Single(responder.Events.OfType<SaEnded>()).Reason);
        Assert.Empty(initiator.Endpoint.Peers);
        Assert.Equal("INVALID_SYNTAX", Assert.Single(initiator.Events.OfType<SaEnded>()).Reason);
    }

    [Fact]
    public void An_answer_to_INFORMATIONAL_ends_the_IKE_SA_without_a_Delete()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        PacketAddresses path = responder.Peer.Path;
        network.Passes = _ => false;
        initiator.Do(peer => peer.DeleteChild(peer.Children[0].LocalSpi));
        uint id = initiator.Events.OfType<MessageSent>().Last().MessageId;
        int sent = network.Sent.Count;

        Forgery.Bring(initiator, path, Forgery.Write(responder.Peer.Session, ExchangeType.Informational, id, isResponse: true, new NotifyValue(NotifyType.InvalidSyntax)));

        Assert.Empty(initiator.Endpoint.Peers);
        Assert.Equal("INVALID_SYNTAX", Assert.Single(initiator.Events.OfType<SaEnded>()).Reason);
        Assert.Equal(sent, network.Sent.Count);
    }

    [Fact]
    public void An_exchange_that_there_is_not_after_IKE_AUTH_ends_the_IKE_SA()
    {
        var (_, initiator, responder) = TestConnections.Connected();
        uint next = 1 + initiator.Events.OfType<MessageSent>().Where(static sent => !sent.IsResponse).Max(static sent => sent.MessageId);

        Forgery.Bring(responder, initiator.Peer.Path, Forgery.Write(initiator.Peer.Session, ExchangeType.IkeAuth, next, isResponse: false, new NotifyValue(NotifyType.Cookie2, new byte[16])));

        Assert.Empty(responder.Endpoint.Peers);
        Assert.Contains(responder.Events.OfType<MessageSent>(), sent => sent.IsResponse && sent.Payloads.Names.Contains("N(INVALID_SYNTAX)"));
    }

    [Fact]
    public void Beside_a_proof_that_is_right_it_ends_what_would_be_an_IKE_SA()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        network.Passes = static datagram => !MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) || header.ExchangeType != ExchangeType.IkeAuth || !header.Response;
        initiator.Initiate("road");
        network.Run(0.1);
        PacketAddresses path = initiator.Peer.Path.Reversed;
        int sent = network.Sent.Count;

        Forgery.Bring(initiator, path, Forgery.Altered(
            responder, ExchangeType.IkeAuth, static payload => payload is SaPayload ? new NotifyValue(NotifyType.InvalidSyntax) : payload));

        Assert.Equal("INVALID_SYNTAX", Assert.Single(initiator.Events.OfType<SaEnded>()).Reason);
        Assert.False(initiator.Has<SaEstablished>());
        Assert.Empty(initiator.Endpoint.Peers);
        Assert.Equal(sent, network.Sent.Count);
    }

    [Fact]
    public void On_an_IKE_SA_that_was_replaced_it_ends_that_one_alone()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        IkeSession old = initiator.Peer.Session, atResponder = responder.Peer.Session;
        network.Passes = static datagram => !MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) || header.ExchangeType != ExchangeType.Informational;
        initiator.Do(peer => peer.RekeyIke());
        network.Run(0.1);
        uint next = initiator.Events.OfType<MessageSent>().Where(static sent => !sent.IsResponse).Max(static sent => sent.MessageId);
        Assert.NotSame(atResponder, responder.Peer.Session);
        Assert.False(atResponder.IsClosed);

        Forgery.Bring(responder, initiator.Peer.Path, Forgery.Write(old, ExchangeType.IkeAuth, next, isResponse: false, new NotifyValue(NotifyType.Cookie2, new byte[16])));

        Assert.Contains(responder.Events.OfType<MessageSent>(), static sent => sent.IsResponse && sent.Payloads.Names.Contains("N(INVALID_SYNTAX)"));
        Assert.True(atResponder.IsClosed);
        Assert.False(responder.Has<SaEnded>());
        Assert.True(responder.Peer.IsEstablished);
        network.Passes = static _ => true;
        network.Run(60);
        ChildAssert.SameSession(initiator, responder);
        ChildAssert.Agree(initiator, responder, 1);
    }

    [Theory]
    [InlineData(NotifyType.InvalidSyntax, true, true)]
    [InlineData(NotifyType.UnsupportedCriticalPayload, true, true)]
    [InlineData(NotifyType.AuthenticationFailed, true, true)]
    [InlineData(NotifyType.NoProposalChosen, true, false)]
    [InlineData(NotifyType.InvalidSyntax, false, false)]
    [InlineData(NotifyType.UnsupportedCriticalPayload, false, false)]
    [InlineData(NotifyType.AuthenticationFailed, false, true)]
    public void An_error_in_a_request_ends_the_IKE_SA_right_after_IKE_AUTH(NotifyType error, bool isNext, bool ends)
    {
        var (network, initiator, responder) = TestConnections.Connected();
        if (!isNext)
        {
            initiator.Peer.Begin(new LivenessCheck(initiator.Peer));
            initiator.Drain();
            network.Run(1);
        }

        uint next = 1 + initiator.Events.OfType<MessageSent>().Where(static sent => !sent.IsResponse).Max(static sent => sent.MessageId);
        Forgery.Bring(responder, initiator.Peer.Path, Forgery.Write(initiator.Peer.Session, ExchangeType.Informational, next, isResponse: false, new NotifyValue(error, [0])));

        Assert.Equal(ends, responder.Has<SaEnded>());
        MessageSent answer = responder.Events.OfType<MessageSent>().Last();
        Assert.Equal((true, next, 0), (answer.IsResponse, answer.MessageId, answer.Payloads.Names.Count));
    }
}
