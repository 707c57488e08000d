using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests;

public class IkeProposalsTests
{
    [Fact]
    public void The_order_of_the_Responder_decides()
    {
        SaPayload offered = IkeProposals.Offer([Ike("aes128-sha256-ecp256"), Ike("aes256gcm16-prfsha512-prfsha384-ecp256-x25519")], []);

        Assert.True(IkeProposals.TrySelect([Ike("aes256gcm16-prfsha384-prfsha512-x25519-ecp256"), Ike("aes128-sha256-ecp256")], offered, null, out IkeSuite? suite, out Proposal? chosen));

        Assert.Equal("aes256gcm16-prfsha384-x25519", suite.ToString());
        Assert.Equal(2, chosen.Number);
        Assert.Equal(3, chosen.Transforms.Count);
    }

    [Fact]
    public void The_group_of_the_KE_payload_is_taken_where_it_is_acceptable()
    {
        SaPayload offered = IkeProposals.Offer([Ike("aes128gcm16-prfsha256-ecp256-x25519-ecp384")], []);

        Assert.True(IkeProposals.TrySelect([Ike("aes128gcm16-prfsha256-x25519-ecp256")], offered, DiffieHellmanGroup.Ecp256, out IkeSuite? preferred, out _));
        Assert.True(IkeProposals.TrySelect([Ike("aes128gcm16-prfsha256-x25519-ecp256")], offered, DiffieHellmanGroup.Ecp384, out IkeSuite? other, out _));

        Assert.Equal(DiffieHellmanGroup.Ecp256, preferred.KeyExchange);
        Assert.Equal(DiffieHellmanGroup.Curve25519, other.KeyExchange);
    }

    [Fact]
    public void The_length_of_a_key_is_exact()
    {
        Assert.False(IkeProposals.TrySelect([Ike("aes256gcm16-prfsha256-x25519")], IkeProposals.Offer([Ike("aes128gcm16-prfsha256-x25519")], []), null, out _, out _));

        Transform noLength = Transform.Of(EncryptionAlgorithm.AesGcm16);
        SaPayload offered = Of(noLength, Transform.Of(PseudorandomFunction.HmacSha256), Transform.Of(DiffieHellmanGroup.Curve25519));
        Assert.False(IkeProposals.TrySelect(IkeProposal.Default, offered, null, out _, out _));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(IntegrityAlgorithm.None, true)]
    [InlineData(IntegrityAlgorithm.HmacSha256, false)]
    public void A_cipher_that_protects_integrity_has_no_integrity_algorithm_or_NONE(IntegrityAlgorithm? integrity, bool acceptable)
    {
        List<Transform> transforms = [Transform.Of(EncryptionAlgorithm.AesGcm16, 128), Transform.Of(PseudorandomFunction.HmacSha256), Transform.Of(DiffieHellmanGroup.Curve25519)];
        if (integrity is { } algorithm)
        {
            transforms.Add(Transform.Of(algorithm));
        }

        Assert.Equal(acceptable, IkeProposals.TrySelect(IkeProposal.Default, Of([.. transforms]), null, out IkeSuite? suite, out Proposal? chosen));
        Assert.Null(suite?.Integrity);
        Assert.Equal(acceptable ? transforms.Count : null, chosen?.Transforms.Count);
    }

    [Fact]
    public void A_cipher_that_does_not_protect_integrity_needs_an_algorithm_that_does()
    {
        SaPayload offered = Of(Transform.Of(EncryptionAlgorithm.AesCbc, 128), Transform.Of(PseudorandomFunction.HmacSha256), Transform.Of(DiffieHellmanGroup.Curve25519));

        Assert.False(IkeProposals.TrySelect(IkeProposal.Default, offered, null, out _, out _));
    }

    [Fact]
    public void A_proposal_with_a_type_of_transform_that_is_not_known_is_unacceptable()
    {
        Transform[] known = [Transform.Of(EncryptionAlgorithm.AesGcm16, 128), Transform.Of(PseudorandomFunction.HmacSha256), Transform.Of(DiffieHellmanGroup.Curve25519)];

        Assert.True(IkeProposals.TrySelect(IkeProposal.Default, Of(known), null, out _, out _));
        Assert.False(IkeProposals.TrySelect(IkeProposal.Default, Of([.. known, new Transform((TransformType)200, 1)]), null, out _, out _));
    }

    [Fact]
    public void What_strongSwan_proposes_by_default_is_matched()
    {
        ushort[] groups = [31, 32, 19, 20, 21, 28, 29, 30, 15, 16, 17, 18, 14];
        Proposal cbc = new(1, ProtocolId.Ike, [], [
            .. new ushort[] { 128, 192, 256 }.Select(bits => Transform.Of(EncryptionAlgorithm.AesCbc, bits)),
            .. new ushort[] { 128, 192, 256 }.Select(bits => Transform.Of(EncryptionAlgorithm.AesCtr, bits)),
            .. new ushort[] { 12, 13, 14, 5, 8 }.Select(id => Transform.Of((IntegrityAlgorithm)id)),
            .. new ushort[] { 5, 6, 7, 4, 8 }.Select(id => Transform.Of((PseudorandomFunction)id)),
            .. groups.Select(id => Transform.Of((DiffieHellmanGroup)id))]);
        Proposal aead = new(2, ProtocolId.Ike, [], [
            .. new ushort[] { 128, 192, 256 }.Select(bits => Transform.Of(EncryptionAlgorithm.AesGcm16, bits)),
            .. new ushort[] { 5, 6, 7, 4, 8 }.Select(id => Transform.Of((PseudorandomFunction)id)),
            .. groups.Select(id => Transform.Of((DiffieHellmanGroup)id))]);

        Assert.True(IkeProposals.TrySelect(IkeProposal.Default, new SaPayload([cbc, aead]), DiffieHellmanGroup.Curve25519, out IkeSuite? suite, out _));
        Assert.Equal("aes256gcm16-prfsha256-x25519", suite.ToString());
        Assert.True(IkeProposals.TrySelect(IkeProposal.Default, new SaPayload([cbc]), DiffieHellmanGroup.Ecp384, out suite, out _));
        Assert.Equal("aes256-sha256-prfsha256-ecp384", suite.ToString());
    }

    [Fact]
    public void The_Initiator_accepts_what_it_offered_and_nothing_else()
    {
        IkeProposal[] own = [Ike("aes256gcm16-prfsha256-prfsha384-x25519-ecp256"), Ike("aes128-sha256-ecp256")];
        Assert.True(IkeProposals.TrySelect(own, IkeProposals.Offer(own, []), DiffieHellmanGroup.Ecp256, out IkeSuite? selected, out Proposal? answer));

        Assert.True(IkeProposals.TryAccept(own, new SaPayload([answer]), out IkeSuite? accepted, out _));
        Assert.Equal(selected, accepted);
        Assert.False(IkeProposals.TryAccept(own, new SaPayload([answer with { Number = 2 }]), out _, out _));
        Assert.False(IkeProposals.TryAccept(own, new SaPayload([answer with { Number = 3 }]), out _, out _));
        Assert.False(IkeProposals.TryAccept(own, new SaPayload([answer with { Number = 0 }]), out _, out _));
        Assert.False(IkeProposals.TryAccept(own, new SaPayload([]), out _, out _));
        Assert.False(IkeProposals.TryAccept(own, new SaPayload([answer, answer]), out _, out _));
        Assert.False(IkeProposals.TryAccept(own, IkeProposals.Offer([own[0]], []), out _, out _));
        Assert.False(IkeProposals.TryAccept(own, new SaPayload([answer with { Transforms = [.. answer.Transforms, Transform.Of(IntegrityAlgorithm.HmacSha256)] }]), out _, out _));
    }

    [Theory]
    [InlineData("aes256gcm16-prfsha256-x25519", "aes256gcm16-prfsha256-x25519")]
    [InlineData("AES128-SHA256-modp2048", "aes128-sha256-prfsha256-modp2048")]
    [InlineData("aes128-aes256-sha256-prfsha512-ecp384-ecp384", "aes128-aes256-sha256-prfsha512-ecp384")]
    public void A_proposal_is_read_and_written(string text, string canonical) => Assert.Equal(canonical, Ike(text).ToString());

    [Theory]
    [InlineData("", "'' is no algorithm")]
    [InlineData("3des-sha256-modp2048", "'3des' is no algorithm")]
    [InlineData("aes128gcm16-aes128-sha256-x25519", "proposal of its own")]
    [InlineData("aes128gcm16-sha256-x25519", "protects integrity itself")]
    [InlineData("aes128-x25519", "needs an integrity algorithm")]
    [InlineData("aes128gcm16-x25519", "pseudorandom function is missing")]
    [InlineData("aes128-sha256", "needs a Diffie-Hellman group")]
    [InlineData("aes128-sha256-x25519-none", "needs a Diffie-Hellman group")]
    [InlineData("aes128-sha256-x25519-esn", "no extended sequence numbers")]
    [InlineData("sha256-x25519", "a cipher is missing")]
    public void A_fault_in_a_proposal_is_named(string text, string fault)
    {
        Assert.False(IkeProposal.TryParse(text, out _, out string found));
        Assert.Contains(fault, found, StringComparison.Ordinal);
    }

    private static IkeProposal Ike(string text) => IkeProposal.TryParse(text, out IkeProposal value, out string fault) ? value : throw new FormatException(fault);

    private static SaPayload Of(params Transform[] transforms) => new([new Proposal(1, ProtocolId.Ike, [], transforms)]);
}
