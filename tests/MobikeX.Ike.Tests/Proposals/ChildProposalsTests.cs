using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests;

public class ChildProposalsTests
{
    [Fact]
    public void The_order_of_the_Responder_decides_and_the_SPI_is_the_Initiators()
    {
        SaPayload offered = ChildProposals.Offer([Child("aes128-sha256-noesn"), Child("aes128gcm16-aes256gcm16-noesn-esn")], 0xc0000001, withKeyExchange: false);

        Assert.True(ChildProposals.TrySelect(ChildProposal.Default, offered, withKeyExchange: false, null, out ChildSuite? suite, out uint peerSpi, out Proposal? chosen));

        Assert.Equal("aes256gcm16-esn", suite.ToString());
        Assert.Equal(0xc0000001u, peerSpi);
        Assert.Equal(2, chosen.Number);
    }

    [Theory]
    [InlineData("esn", "esn-noesn", true)]
    [InlineData("esn-noesn", "noesn", false)]
    [InlineData("noesn-esn", "esn-noesn", false)]
    [InlineData("esn", "noesn", null)]
    public void Sequence_numbers_are_as_both_allow(string own, string offer, bool? extended)
    {
        SaPayload offered = ChildProposals.Offer([Child("aes128gcm16-" + offer)], 256, withKeyExchange: false);

        Assert.Equal(extended is not null, ChildProposals.TrySelect([Child("aes128gcm16-" + own)], offered, withKeyExchange: false, null, out ChildSuite? suite, out _, out _));
        Assert.Equal(extended, suite?.ExtendedSequenceNumbers);
    }

    [Fact]
    public void A_proposal_that_says_nothing_of_sequence_numbers_has_short_ones()
    {
        SaPayload offered = Of(256, Transform.Of(EncryptionAlgorithm.AesGcm16, 128));

        Assert.True(ChildProposals.TrySelect(ChildProposal.Default, offered, withKeyExchange: false, null, out ChildSuite? suite, out _, out Proposal? chosen));
        Assert.False(suite.ExtendedSequenceNumbers);
        Assert.Single(chosen.Transforms);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(255u)]
    public void A_reserved_SPI_is_not_accepted(uint spi) =>
        Assert.False(ChildProposals.TrySelect(ChildProposal.Default, ChildProposals.Offer(ChildProposal.Default, spi, false), false, null, out _, out _, out _));

    [Theory]
    [InlineData("aes128gcm16", "aes128gcm16", null, null)]
    [InlineData("aes128gcm16", "aes128gcm16-ecp256", DiffieHellmanGroup.Ecp256, DiffieHellmanGroup.Ecp256)]
    [InlineData("aes128gcm16-x25519", "aes128gcm16-ecp256-x25519", DiffieHellmanGroup.Ecp256, DiffieHellmanGroup.Curve25519)]
    [InlineData("aes128gcm16-x25519-ecp256", "aes128gcm16-ecp256-x25519", DiffieHellmanGroup.Ecp256, DiffieHellmanGroup.Ecp256)]
    [InlineData("aes128gcm16-x25519-none", "aes128gcm16", null, null)]
    public void A_key_exchange_is_as_both_allow(string own, string offer, DiffieHellmanGroup? ke, DiffieHellmanGroup? group)
    {
        SaPayload offered = ChildProposals.Offer([Child(offer)], 256, withKeyExchange: true);

        Assert.True(ChildProposals.TrySelect([Child(own)], offered, withKeyExchange: true, ke, out ChildSuite? suite, out _, out _));
        Assert.Equal(group, suite.KeyExchange);
    }

    [Fact]
    public void A_key_exchange_that_is_demanded_is_demanded() =>
        Assert.False(ChildProposals.TrySelect([Child("aes128gcm16-x25519")], ChildProposals.Offer([Child("aes128gcm16")], 256, true), true, null, out _, out _, out _));

    [Fact]
    public void In_IKE_AUTH_a_group_is_not_regarded()
    {
        SaPayload offered = ChildProposals.Offer([Child("aes128gcm16-ecp256")], 256, withKeyExchange: true);

        Assert.True(ChildProposals.TrySelect([Child("aes128gcm16-x25519")], offered, withKeyExchange: false, null, out ChildSuite? suite, out _, out Proposal? chosen));
        Assert.Null(suite.KeyExchange);
        Assert.DoesNotContain(chosen.Transforms, transform => transform.Type == TransformType.DiffieHellmanGroup);
    }

    [Fact]
    public void What_strongSwan_proposes_by_default_is_matched()
    {
        Proposal aead = new(1, ProtocolId.Esp, ChildProposals.SpiOctets(0xcafe0001), [
            Transform.Of(EncryptionAlgorithm.AesGcm16, 128), Transform.Of(EncryptionAlgorithm.AesGcm16, 192), Transform.Of(EncryptionAlgorithm.AesGcm16, 256),
            Transform.Of(ExtendedSequenceNumbers.None)]);
        Proposal cbc = new(2, ProtocolId.Esp, ChildProposals.SpiOctets(0xcafe0001), [
            Transform.Of(EncryptionAlgorithm.AesCbc, 128), Transform.Of(EncryptionAlgorithm.AesCbc, 192), Transform.Of(EncryptionAlgorithm.AesCbc, 256),
            .. new ushort[] { 12, 13, 14, 2, 5 }.Select(id => Transform.Of((IntegrityAlgorithm)id)),
            Transform.Of(ExtendedSequenceNumbers.None)]);

        Assert.True(ChildProposals.TrySelect(ChildProposal.Default, new SaPayload([aead, cbc]), false, null, out ChildSuite? suite, out _, out _));
        Assert.Equal("aes256gcm16-noesn", suite.ToString());
        Assert.True(ChildProposals.TrySelect(ChildProposal.Default, new SaPayload([cbc]), false, null, out suite, out _, out _));
        Assert.Equal("aes256-sha256-noesn", suite.ToString());
    }

    [Fact]
    public void The_Initiator_accepts_what_it_offered_and_nothing_else()
    {
        ChildProposal[] own = [Child("aes256gcm16-x25519-esn"), Child("sha256-noesn")];
        Assert.True(ChildProposals.TrySelect(own, ChildProposals.Offer(own, 300, true), true, DiffieHellmanGroup.Curve25519, out ChildSuite? selected, out _, out Proposal? answer));
        answer = answer with { Spi = ChildProposals.SpiOctets(0xc0000002) };

        Assert.True(ChildProposals.TryAccept(own, new SaPayload([answer]), true, out ChildSuite? accepted, out uint peerSpi));
        Assert.Equal(selected, accepted);
        Assert.Equal(0xc0000002u, peerSpi);
        Assert.False(ChildProposals.TryAccept(own, new SaPayload([answer with { Spi = [1, 2, 3] }]), true, out _, out _));
        Assert.False(ChildProposals.TryAccept(own, new SaPayload([answer with { Number = 2 }]), true, out _, out _));
        Assert.False(ChildProposals.TryAccept(own, new SaPayload([answer with { Protocol = ProtocolId.Ah }]), true, out _, out _));
        Assert.False(ChildProposals.TryAccept(own, new SaPayload([answer with { Transforms = [.. answer.Transforms.Skip(1)] }]), true, out _, out _));
        Assert.False(ChildProposals.TryAccept([Child("aes256gcm16-esn")], new SaPayload([answer]), true, out _, out _));
    }

    [Fact]
    public void AH_has_integrity_alone()
    {
        ChildProposal own = Child("sha256-noesn");
        Assert.Equal(ProtocolId.Ah, own.Protocol);

        Assert.True(ChildProposals.TrySelect([own], ChildProposals.Offer([own], 300, false), false, null, out ChildSuite? suite, out _, out _));
        Assert.Equal(new ChildSuite(ProtocolId.Ah, null, IntegrityAlgorithm.HmacSha256, null, false), suite);
    }

    [Theory]
    [InlineData("aes128gcm16-sha256", "protects integrity itself")]
    [InlineData("aes128", "integrity algorithm is missing")]
    [InlineData("aes128-sha256-prfsha256", "no pseudorandom function")]
    [InlineData("aes128-sha256-md5", "'md5' is no algorithm")]
    public void A_fault_in_a_proposal_is_named(string text, string fault)
    {
        Assert.False(ChildProposal.TryParse(text, out _, out string found));
        Assert.Contains(fault, found, StringComparison.Ordinal);
    }

    private static ChildProposal Child(string text) => ChildProposal.TryParse(text, out ChildProposal value, out string fault) ? value : throw new FormatException(fault);

    private static SaPayload Of(uint spi, params Transform[] transforms) => new([new Proposal(1, ProtocolId.Esp, ChildProposals.SpiOctets(spi), transforms)]);
}
