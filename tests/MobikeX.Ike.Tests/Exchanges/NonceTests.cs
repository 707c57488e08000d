using MobikeX.Engine;
using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests;

/// <summary>Nonces of the peer are at least half as long as the key of the PRF (RFC 7296 section 2.10).</summary>
public class NonceTests
{
    private const int TooShort = 31;

    [Theory]
    [InlineData(15, PseudorandomFunction.HmacSha256, false)]
    [InlineData(16, PseudorandomFunction.HmacSha256, true)]
    [InlineData(23, PseudorandomFunction.HmacSha384, false)]
    [InlineData(24, PseudorandomFunction.HmacSha384, true)]
    [InlineData(31, PseudorandomFunction.HmacSha512, false)]
    [InlineData(32, PseudorandomFunction.HmacSha512, true)]
    [InlineData(256, PseudorandomFunction.HmacSha512, true)]
    [InlineData(257, PseudorandomFunction.HmacSha512, false)]
    public void A_length_is_long_enough_for_a_PRF(int length, PseudorandomFunction function, bool expected) =>
        Assert.Equal(expected, Nonce.IsLongEnough(new byte[length], function));

    [Fact]
    public void A_first_request_with_a_nonce_that_is_too_short_begins_nothing()
    {
        var (network, initiator, responder) = TestConnections.Pair(Strong(TestConnections.Initiator()), Strong(TestConnections.Responder()));
        network.Passes = _ => false;
        initiator.Initiate("road");
        PacketAddresses path = initiator.Peer.Path;

        Forgery.Bring(responder, path, Forgery.Altered(initiator, ExchangeType.IkeSaInit, LongEnoughToBeAnswered(TooShort)));
        Assert.Empty(responder.Endpoint.Peers);
        Forgery.Bring(responder, path, Forgery.Altered(initiator, ExchangeType.IkeSaInit, LongEnoughToBeAnswered(TooShort + 1)));
        Assert.Single(responder.Endpoint.Peers);
    }

    [Fact]
    public void A_first_answer_with_a_nonce_that_is_too_short_is_not_believed()
    {
        var (network, initiator, responder) = TestConnections.Pair(Strong(TestConnections.Initiator()), Strong(TestConnections.Responder()));
        network.Passes = _ => network.Sent.Count == 1;
        initiator.Initiate("road");
        PacketAddresses toResponder = initiator.Peer.Path;
        network.Run(0.1);

        Forgery.Bring(initiator, toResponder.Reversed, Forgery.Altered(responder, ExchangeType.IkeSaInit, Forgery.Nonce(TooShort)));
        Assert.Null(initiator.Peer.Session.Keys);
        Forgery.Bring(initiator, toResponder.Reversed, Forgery.Altered(responder, ExchangeType.IkeSaInit, Forgery.Nonce(TooShort + 1)));
        Assert.NotNull(initiator.Peer.Session.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_request_for_an_SA_with_a_nonce_that_is_too_short_is_INVALID_SYNTAX(bool isRekey)
    {
        var (network, initiator, responder) = TestConnections.Connected(Strong, Strong);
        network.Passes = _ => false;
        initiator.Do(peer => isRekey ? peer.RekeyIke() : peer.CreateChild("net"));

        Forgery.Bring(responder, initiator.Peer.Path, Forgery.Altered(initiator, ExchangeType.CreateChildSa, Forgery.Nonce(TooShort)));

        Assert.Equal("answered INVALID_SYNTAX", Assert.Single(responder.Events.OfType<SaEnded>()).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_with_a_nonce_that_is_too_short_makes_no_SA(bool isRekey)
    {
        var (network, initiator, responder) = TestConnections.Connected(Strong, Strong);
        PacketAddresses toInitiator = initiator.Peer.Path.Reversed;
        IkeSession session = responder.Peer.Session;
        network.Passes = datagram => datagram.Packet.Source != toInitiator.Source;
        initiator.Do(peer => isRekey ? peer.RekeyIke() : peer.CreateChild("net"));
        network.Run(0.1);

        Forgery.Bring(initiator, toInitiator, Forgery.Altered(responder, ExchangeType.CreateChildSa, Forgery.Nonce(TooShort), session));

        Assert.Equal(isRekey, initiator.Has<SaRekeyFailed>());
        Assert.Equal(!isRekey, initiator.Has<ChildFailed>());
        Assert.False(initiator.Has<SaRekeyed>());
        Assert.Single(initiator.Peer.Children);
    }

    /// <summary>An answer may not be longer than its question: what the nonce lacks stands in another payload.</summary>
    private static Func<IkePayload, IkePayload> LongEnoughToBeAnswered(int nonce) => payload =>
        payload is NotifyValue { NotifyType: NotifyType.SignatureHashAlgorithms } hashes ? hashes with { Data = [.. hashes.Data, 0, 0] } : Forgery.Nonce(nonce)(payload);

    private static IkeConnectionOptions Strong(IkeConnectionOptions options) => options with { Proposals = [TestConnections.Proposal("aes256gcm16-prfsha512-ecp256")] };
}
