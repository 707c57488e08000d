using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests.Messages;

/// <summary>Payloads whose octets were worked out by hand from the figures of RFC 7296.</summary>
public class PayloadVectorTests
{
    [Fact]
    public void SA_with_two_proposals_of_several_transforms_and_a_key_length()
    {
        var payload = new SaPayload([
            new Proposal(1, ProtocolId.Esp, [0xc1, 0x02, 0x03, 0x04], [
                Transform.Of(EncryptionAlgorithm.AesGcm16, 256),
                Transform.Of(ExtendedSequenceNumbers.None),
            ]),
            new Proposal(2, ProtocolId.Esp, [0xc1, 0x02, 0x03, 0x04], [
                Transform.Of(EncryptionAlgorithm.AesCbc, 128),
                Transform.Of(IntegrityAlgorithm.HmacSha256),
                Transform.Of(ExtendedSequenceNumbers.Extended),
            ]),
        ]);

        AssertOctets(
            payload,
            """
            00 00 00 4c
            02 00 00 20  01 03 04 02  c1 02 03 04
            03 00 00 0c  01 00 00 14  80 0e 01 00
            00 00 00 08  05 00 00 00
            00 00 00 28  02 03 04 03  c1 02 03 04
            03 00 00 0c  01 00 00 0c  80 0e 00 80
            03 00 00 08  03 00 00 0c
            00 00 00 08  05 00 00 01
            """);
    }

    [Fact]
    public void SA_of_an_IKE_SA_has_no_SPI() => AssertOctets(
        new SaPayload([
            new Proposal(1, ProtocolId.Ike, [], [
                Transform.Of(EncryptionAlgorithm.AesGcm16, 128),
                Transform.Of(PseudorandomFunction.HmacSha384),
                Transform.Of(DiffieHellmanGroup.Curve25519),
                Transform.Of(DiffieHellmanGroup.Modp2048),
            ]),
        ]),
        """
        00 00 00 30
        00 00 00 2c  01 01 00 04
        03 00 00 0c  01 00 00 14  80 0e 00 80
        03 00 00 08  02 00 00 06
        03 00 00 08  04 00 00 1f
        00 00 00 08  04 00 00 0e
        """);

    [Fact]
    public void KE() => AssertOctets(new KePayload(DiffieHellmanGroup.Ecp256, [0xaa, 0xbb]), "00 00 00 0a 00 13 00 00 aa bb");

    [Fact]
    public void IDi_and_IDr()
    {
        AssertOctets(new IdPayload(PayloadType.IdentificationInitiator, Identity("a.example")), "00 00 00 11 02 00 00 00 61 2e 65 78 61 6d 70 6c 65");
        AssertOctets(new IdPayload(PayloadType.IdentificationResponder, Identity("192.0.2.1")), "00 00 00 0c 01 00 00 00 c0 00 02 01");
    }

    [Fact]
    public void CERT_and_CERTREQ()
    {
        AssertOctets(new CertPayload(CertificateEncoding.X509Signature, [0x30, 0x00]), "00 00 00 07 04 30 00");
        AssertOctets(new CertReqPayload(CertificateEncoding.X509Signature, []), "00 00 00 05 04");
    }

    [Fact]
    public void AUTH() => AssertOctets(new AuthPayload(AuthenticationMethod.SharedKeyMessageIntegrityCode, [1, 2, 3]), "00 00 00 0b 02 00 00 00 01 02 03");

    [Fact]
    public void Nonce() => AssertOctets(
        new NoncePayload([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]), "00 00 00 14 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f");

    [Fact]
    public void Notify_with_and_without_an_SPI()
    {
        AssertOctets(new NotifyValue(NotifyType.Cookie, [9, 8]), "00 00 00 0a 00 00 40 06 09 08");
        AssertOctets(new NotifyValue(ProtocolId.Esp, [1, 2, 3, 4], NotifyType.RekeySa, [], Critical: true), "00 80 00 0c 03 04 40 09 01 02 03 04");
    }

    [Fact]
    public void Delete_of_the_IKE_SA_and_of_CHILD_SAs()
    {
        AssertOctets(new DeletePayload(ProtocolId.Ike, []), "00 00 00 08 01 00 00 00");
        AssertOctets(new DeletePayload(ProtocolId.Esp, [0xc0000001, 2]), "00 00 00 10 03 04 00 02 c0 00 00 01 00 00 00 02");
    }

    [Fact]
    public void Vendor_ID() => AssertOctets(new VendorIdPayload([0xde, 0xad]), "00 00 00 06 de ad");

    [Fact]
    public void TSi_with_a_selector_of_each_family() => AssertOctets(
        new TsPayload(PayloadType.TrafficSelectorInitiator, [
            new TrafficSelector(0, 0, 65535, IpAddress.Parse("10.0.0.0"), IpAddress.Parse("10.0.0.255")),
            new TrafficSelector(17, 500, 500, IpAddress.Parse("2001:db8::1"), IpAddress.Parse("2001:db8::1")),
        ]),
        """
        00 00 00 40  02 00 00 00
        07 00 00 10  00 00 ff ff  0a 00 00 00  0a 00 00 ff
        08 11 00 28  01 f4 01 f4
        20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01
        20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01
        """);

    [Fact]
    public void CP_that_asks_for_an_address_and_one_that_gives_it()
    {
        AssertOctets(
            new CpPayload(ConfigurationType.Request, [new ConfigurationAttribute(ConfigurationAttributeType.InternalIp4Address, [])]),
            "00 00 00 0c  01 00 00 00  00 01 00 00");
        AssertOctets(
            new CpPayload(ConfigurationType.Reply, [
                new ConfigurationAttribute(ConfigurationAttributeType.InternalIp4Address, [10, 9, 0, 1]),
                new ConfigurationAttribute(ConfigurationAttributeType.InternalIp4Dns, [10, 9, 0, 2]),
            ]),
            "00 00 00 18  02 00 00 00  00 01 00 04 0a 09 00 01  00 03 00 04 0a 09 00 02");
    }

    [Fact]
    public void A_payload_that_nothing_here_reads() =>
        AssertOctets(new UnknownPayload(PayloadType.Eap, Critical: false, [1, 2]), "00 00 00 06 01 02");

    [Fact]
    public void A_value_without_a_form_on_the_wire_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new NoncePayload(new byte[15]).ToOctets());
        Assert.Throws<ArgumentException>(() => new SaPayload([]).ToOctets());
        Assert.Throws<ArgumentException>(() => new SaPayload([new Proposal(1, ProtocolId.Esp, new byte[17], [])]).ToOctets());
        Assert.Throws<ArgumentException>(() => new DeletePayload(ProtocolId.Ike, [1]).ToOctets());
        Assert.Throws<ArgumentException>(() => new VendorIdPayload(new byte[65532]).ToOctets());
        Assert.Throws<ArgumentException>(() => new TsPayload(PayloadType.TrafficSelectorInitiator, [
            new TrafficSelector(0, 0, 0, IpAddress.Parse("10.0.0.1"), IpAddress.Parse("2001:db8::1"))]).ToOctets());
    }

    private static Identification Identity(string text) => Identification.TryParse(text, out Identification? identity) ? identity : throw new ArgumentException(text);

    private static void AssertOctets(IkePayload payload, string hex)
    {
        byte[] octets = HexText.ToOctets(hex);
        Assert.Equal(HexText.Of(octets), HexText.Of(payload.ToOctets()));

        Assert.True(MessageReader.TryReadChain(payload.Type, octets, out IReadOnlyList<IkePayload> read, out MessageFault fault), fault.ToString());
        IkePayload again = Assert.Single(read);
        Assert.IsType(payload.GetType(), again);
        Assert.Equal(payload.Type, again.Type);
        Assert.Equal(HexText.Of(octets), HexText.Of(again.ToOctets()));
    }
}
