using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests;

/// <summary>The group of a key exchange is that of the proposal which was chosen (RFC 7296 section 3.4).</summary>
public sealed class KeyExchangeGroupTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_whose_proposal_has_another_group_than_its_key_exchange_makes_no_SA(bool isRekey)
    {
        var (network, initiator, responder) = TestConnections.Connected(WithTwoGroups, WithTwoGroups);
        PacketAddresses toInitiator = initiator.Peer.Path.Reversed;
        IkeSession session = responder.Peer.Session;
        network.Passes = datagram => datagram.Packet.Source != toInitiator.Source;
        initiator.Do(peer => isRekey ? peer.RekeyIke() : peer.CreateChild("net"));
        network.Run(0.1);

        Forgery.Bring(initiator, toInitiator, Forgery.Altered(responder, ExchangeType.CreateChildSa, WithTheOtherGroup, session));

        Assert.Equal(isRekey, initiator.Has<SaRekeyFailed>());
        Assert.Equal(!isRekey, initiator.Has<ChildFailed>());
        Assert.False(initiator.Has<SaRekeyed>());
        Assert.Single(initiator.Peer.Children);
    }

    private static IkePayload WithTheOtherGroup(IkePayload payload) => payload is not SaPayload { Proposals: [var proposal] } ? payload : new SaPayload(
        [proposal with { Transforms = [.. proposal.Transforms.Select(static each => each.Type == TransformType.DiffieHellmanGroup ? Transform.Of(DiffieHellmanGroup.Ecp384) : each)] }]);

    private static IkeConnectionOptions WithTwoGroups(IkeConnectionOptions options) => options with
    {
        Proposals = [TestConnections.Proposal("aes256gcm16-prfsha256-ecp256-ecp384")],
        Children = [.. options.Children.Select(static child => child with { Proposals = [TestConnections.ChildProposal("aes256gcm16-ecp256-ecp384")] })],
    };
}
