using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests;

/// <summary>Keys are zeroed where they are needed no more.</summary>
public sealed class ForgottenKeysTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Those_that_prove_an_identity_do_not_outlive_IKE_AUTH(bool atInitiator)
    {
        var (network, initiator, responder) = TestConnections.Pair();
        network.Passes = static datagram => MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) && header.ExchangeType == ExchangeType.IkeSaInit;
        initiator.Initiate("road");
        network.Run(0.1);
        IkeKeys keys = (atInitiator ? initiator : responder).Peer.Session.Keys!;
        Span<byte> initiators = keys.Pi.Span, responders = keys.Pr.Span, derives = keys.D.Span;
        AssertZero(false, initiators, responders, derives);

        network.Passes = static _ => true;
        network.Run(5);

        Assert.True(initiator.Peer.IsEstablished && responder.Peer.IsEstablished);
        AssertZero(true, initiators, responders);
        AssertZero(false, derives);
    }

    [Fact]
    public void An_IKE_SA_that_was_rekeyed_to_has_none_that_prove_an_identity()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        initiator.Do(peer => peer.RekeyIke());
        network.Run(1);

        foreach (TestHost host in (TestHost[])[initiator, responder])
        {
            IkeKeys keys = host.Peer.Session.Keys!;
            Assert.Throws<ObjectDisposedException>(() => keys.Pi.FixedTimeEquals([]));
            Assert.Throws<ObjectDisposedException>(() => keys.Pr.FixedTimeEquals([]));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_go_with_the_endpoint_those_of_an_IKE_SA_that_was_replaced_as_well(bool atInitiator)
    {
        var (network, initiator, responder) = TestConnections.Connected();
        TestHost host = atInitiator ? initiator : responder;
        IkeKeys old = host.Peer.Session.Keys!;
        Span<byte> formerDerives = old.D.Span, formerEncrypts = old.Ei.Span;
        initiator.Do(peer => peer.RekeyIke());
        network.Run(1);
        IkeKeys keys = host.Peer.Session.Keys!;
        Assert.NotSame(old, keys);
        Span<byte> derives = keys.D.Span, encrypts = keys.Er.Span;
        AssertZero(false, formerDerives, formerEncrypts, derives);
        AssertZero(false, encrypts);

        host.Endpoint.ForgetKeys();

        AssertZero(true, formerDerives, formerEncrypts, derives);
        AssertZero(true, encrypts);
        int sent = network.Sent.Count(datagram => datagram.Packet.Source == host.Addresses[0]);
        network.Run(300);
        Assert.Equal(sent, network.Sent.Count(datagram => datagram.Packet.Source == host.Addresses[0]));
    }

    private static void AssertZero(bool expected, ReadOnlySpan<byte> one, ReadOnlySpan<byte> two = default, ReadOnlySpan<byte> three = default)
    {
        Assert.Equal(expected, !one.ContainsAnyExcept((byte)0));
        Assert.True(two.IsEmpty || expected == !two.ContainsAnyExcept((byte)0));
        Assert.True(three.IsEmpty || expected == !three.ContainsAnyExcept((byte)0));
    }
}
