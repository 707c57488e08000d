using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests;

/// <summary>Delete payloads for CHILD_SAs (RFC 7296, 1.4.1).</summary>
public class DeleteChildTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_end_deletes_a_CHILD_SA_and_the_IKE_SA_stays(bool byInitiator)
    {
        var (network, initiator, responder) = TestConnections.Connected();
        TestHost begins = byInitiator ? initiator : responder;

        Assert.True(begins.Do(peer => peer.DeleteChild(peer.Children[0].LocalSpi)));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 0);
        Assert.True(initiator.Peer.IsEstablished && responder.Peer.IsEstablished);
        Assert.False(begins.Do(peer => peer.DeleteChild(1)));
    }

    [Fact]
    public void Two_that_cross_are_answered_without_a_Delete()
    {
        var (network, initiator, responder) = TestConnections.Connected();

        initiator.Do(peer => peer.DeleteChild(peer.Children[0].LocalSpi));
        responder.Do(peer => peer.DeleteChild(peer.Children[0].LocalSpi));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 0);
        Assert.DoesNotContain(initiator.Events.OfType<MessageSent>(), sent => sent.IsResponse && sent.Payloads.Names.Count > 0 && sent.Exchange == ExchangeType.Informational);
    }

    [Fact]
    public void An_SPI_that_is_not_known_is_passed_over()
    {
        var (_, initiator, _) = TestConnections.Connected();
        PayloadChain answers = new();
        bool done = false;
        DeletePayload delete = new(ProtocolId.Esp, [1, 2, 3]);

        DeleteChildAnswer.Answer(initiator.Peer, new ReceivedPayloads(ExchangeType.Informational, 0, PayloadType.Delete, [], [delete], default), answers, () => done = true);

        Assert.True(done);
        Assert.Equal(0, answers.Octets.Length);
        Assert.Single(initiator.Peer.Children);
    }

    [Fact]
    public void Several_are_deleted_at_once()
    {
        var (network, initiator, _) = TestConnections.Connected();
        initiator.Do(peer => peer.CreateChild("net"));
        network.Run(1);
        PayloadChain answers = new();
        int done = 0;
        uint[] spis = [.. initiator.Peer.Children.Select(child => child.RemoteSpi)];

        DeleteChildAnswer.Answer(
            initiator.Peer,
            new ReceivedPayloads(ExchangeType.Informational, 0, PayloadType.Delete, [], [new DeletePayload(ProtocolId.Esp, spis), new DeletePayload(ProtocolId.Esp, spis)], default),
            answers,
            () => done++);
        initiator.Drain();

        Assert.Equal(1, done);
        Assert.Empty(initiator.Peer.Children);
        Assert.True(MessageReader.TryReadChain(answers.First, answers.Octets, out IReadOnlyList<IkePayload> payloads, out _));
        Assert.Equal(2, Assert.IsType<DeletePayload>(Assert.Single(payloads)).Spis.Count);
    }
}
