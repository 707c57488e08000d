using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests.Messages;

/// <summary>Messages in clear and sealed ones, and those that lie (RFC 7296, sections 2.5, 2.21, 3.1 and 3.2).</summary>
public class MessageReaderTests
{
    private const string Nonce = "00 00 00 14 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f";

    [Fact]
    public void A_message_in_clear_is_what_was_written()
    {
        IkeHeader header = MessageWriter.Header(0x1122334455667788, 0, ExchangeType.IkeSaInit, 0, response: false, initiator: true);
        byte[] message = MessageWriter.Write(header, new PayloadChain(new KePayload(DiffieHellmanGroup.Ecp256, [7]), new NotifyValue(NotifyType.Cookie, [1])));

        Assert.Equal(
            HexText.Of(HexText.ToOctets("11 22 33 44 55 66 77 88  00 00 00 00 00 00 00 00  22 20 22 08  00 00 00 00  00 00 00 2e  29 00 00 09 00 13 00 00 07  00 00 00 09 00 00 40 06 01")),
            HexText.Of(message));
        Assert.True(MessageReader.TryRead(message, out IkeMessage? read, out _));
        Assert.Equal(header.InitiatorSpi, read.Header.InitiatorSpi);
        Assert.True(read.Header.Initiator);
        Assert.False(read.Header.Response);
        Assert.Null(read.Sealed);
        Assert.Equal([PayloadType.KeyExchange, PayloadType.Notify], read.Payloads.Select(payload => payload.Type));
    }

    [Fact]
    public void The_sealed_part_begins_behind_the_header_of_the_Encrypted_payload()
    {
        IkeHeader header = MessageWriter.Header(1, 2, ExchangeType.Informational, 5, response: true, initiator: false);
        byte[] message = MessageWriter.Frame(header, PayloadType.Delete, bodyLength: 40, fragment: null, out int bodyOffset);

        Assert.Equal(32, bodyOffset);
        Assert.Equal(72, message.Length);
        Assert.Equal("2e202520000000050000004" + "8", HexText.Of(message.AsSpan(16, 12)));
        Assert.Equal("2a00002c", HexText.Of(message.AsSpan(28, 4)));
        Assert.True(MessageReader.TryRead(message, out IkeMessage? read, out _));
        Assert.Equal(new SealedPayload(PayloadType.Delete, bodyOffset, null), read.Sealed);
        Assert.Empty(read.Payloads);
    }

    [Fact]
    public void A_fragment_says_its_place()
    {
        IkeHeader header = MessageWriter.Header(1, 2, ExchangeType.IkeAuth, 1, response: false, initiator: true);
        byte[] message = MessageWriter.Frame(header, PayloadType.NoNextPayload, bodyLength: 24, new FragmentPlace(2, 3), out int bodyOffset);

        Assert.Equal(36, bodyOffset);
        Assert.Equal("00000020" + "00020003", HexText.Of(message.AsSpan(28, 8)));
        Assert.True(MessageReader.TryRead(message, out IkeMessage? read, out _));
        Assert.Equal(new SealedPayload(PayloadType.NoNextPayload, bodyOffset, new FragmentPlace(2, 3)), read.Sealed);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(4, 3)]
    [InlineData(1, 0)]
    public void A_fragment_without_a_place_among_its_message_is_refused(ushort number, ushort total)
    {
        byte[] message = MessageWriter.Frame(
            MessageWriter.Header(1, 2, ExchangeType.IkeAuth, 1, response: false, initiator: true), PayloadType.Notify, bodyLength: 24, new FragmentPlace(1, 1), out _);
        message[33] = (byte)number;
        message[35] = (byte)total;

        Assert.False(MessageReader.TryRead(message, out _, out MessageFault fault));
        Assert.Equal(MessageFaultKind.InvalidSyntax, fault.Kind);
    }

    [Fact]
    public void Octets_behind_an_Encrypted_payload_are_refused()
    {
        byte[] message = MessageWriter.Frame(
            MessageWriter.Header(1, 2, ExchangeType.IkeAuth, 1, response: false, initiator: true), PayloadType.Notify, bodyLength: 24, null, out _);
        message[31] -= 4;

        Assert.False(MessageReader.TryRead(message, out _, out MessageFault fault));
        Assert.Equal(MessageFaultKind.InvalidSyntax, fault.Kind);
    }

    [Fact]
    public void An_Encrypted_payload_inside_another_is_refused()
    {
        Assert.False(MessageReader.TryReadChain(PayloadType.Encrypted, HexText.ToOctets("00 00 00 08 01 02 03 04"), out IReadOnlyList<IkePayload> payloads, out MessageFault fault));
        Assert.Equal(MessageFaultKind.InvalidSyntax, fault.Kind);
        Assert.Empty(payloads);
    }

    [Fact]
    public void A_higher_major_version_is_answered_and_a_lower_one_is_dropped()
    {
        byte[] message = Init();
        message[17] = 0x30;
        Assert.False(MessageReader.TryReadHeader(message, out IkeHeader header, out MessageFault fault));
        Assert.Equal(MessageFaultKind.InvalidMajorVersion, fault.Kind);
        Assert.Equal(1UL, header.InitiatorSpi);
        Assert.Equal("0000000900000005" + "02", HexText.Of(Assert.IsType<NotifyValue>(fault.Answer()).ToOctets()));

        message[17] = 0x10;
        Assert.False(MessageReader.TryRead(message, out _, out fault));
        Assert.Equal(MessageFaultKind.Dropped, fault.Kind);
        Assert.Null(fault.Answer());
    }

    [Fact]
    public void A_higher_minor_version_is_read() // Section 2.5: the minor version is ignored.
    {
        byte[] message = Init();
        message[17] = 0x25;
        Assert.True(MessageReader.TryRead(message, out _, out _));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_length_that_is_not_the_datagrams_is_invalid_syntax(int difference)
    {
        byte[] message = Init();
        message[27] = (byte)(message[27] + difference);

        Assert.False(MessageReader.TryRead(message, out _, out MessageFault fault));
        Assert.Equal(MessageFaultKind.InvalidSyntax, fault.Kind);
        Assert.Equal(NotifyType.InvalidSyntax, fault.Answer()?.NotifyType);
    }

    [Fact]
    public void Every_beginning_of_a_message_is_refused()
    {
        byte[] message = Init();
        for (int length = 0; length < message.Length; length++)
        {
            Assert.False(MessageReader.TryRead(message.AsSpan(0, length), out _, out MessageFault fault));
            Assert.Equal(length < IkeHeader.MinimumLength ? MessageFaultKind.Dropped : MessageFaultKind.InvalidSyntax, fault.Kind);
        }
    }

    [Fact]
    public void An_unknown_critical_payload_refuses_the_message_and_is_named_in_the_answer()
    {
        Assert.False(MessageReader.TryReadChain((PayloadType)200, HexText.ToOctets("28 80 00 05 ff" + Nonce), out _, out MessageFault fault));

        Assert.Equal(MessageFaultKind.UnsupportedCriticalPayload, fault.Kind);
        Assert.Equal((PayloadType)200, fault.Payload);
        Assert.Equal("0000000900000001" + "c8", HexText.Of(Assert.IsType<NotifyValue>(fault.Answer()).ToOctets()));
    }

    [Fact]
    public void An_unknown_payload_that_is_not_critical_is_passed_over()
    {
        Assert.True(MessageReader.TryReadChain((PayloadType)200, HexText.ToOctets("28 00 00 05 ff" + Nonce), out IReadOnlyList<IkePayload> payloads, out _));
        Assert.Equal([(PayloadType)200, PayloadType.Nonce], payloads.Select(payload => payload.Type));
    }

    [Fact]
    public void The_critical_flag_of_a_known_payload_is_of_no_effect() =>
        Assert.True(MessageReader.TryReadChain(PayloadType.Nonce, HexText.ToOctets(Nonce.Replace("00 00 00 14", "00 80 00 14", StringComparison.Ordinal)), out _, out _));

    [Theory]
    [InlineData(PayloadType.Nonce, "00 00 00 13 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e")] // 15 octets
    [InlineData(PayloadType.Nonce, "00 00 00 03")] // shorter than its header
    [InlineData(PayloadType.Nonce, "00 00 ff ff 00")]
    [InlineData(PayloadType.VendorId, "2b 00 00 05 01")] // the next one is missing
    [InlineData(PayloadType.VendorId, "00 00 00 05 01 02")] // octets behind the last
    [InlineData(PayloadType.SecurityAssociation, "00 00 00 04")] // no proposal
    [InlineData(PayloadType.SecurityAssociation, "00 00 00 14  02 00 00 10 01 01 00 01  00 00 00 08 02 00 00 05")] // another is to follow
    [InlineData(PayloadType.SecurityAssociation, "00 00 00 14  00 00 00 10 01 01 00 01  03 00 00 08 02 00 00 05")] // another transform is to follow
    [InlineData(PayloadType.SecurityAssociation, "00 00 00 14  00 00 00 10 01 01 00 02  00 00 00 08 02 00 00 05")] // one transform, not two
    [InlineData(PayloadType.SecurityAssociation, "00 00 00 14  00 00 00 10 01 01 00 00  00 00 00 08 02 00 00 05")] // one transform, not none
    [InlineData(PayloadType.SecurityAssociation, "00 00 00 14  00 00 00 11 01 01 00 01  00 00 00 08 02 00 00 05")] // longer than the payload
    [InlineData(PayloadType.SecurityAssociation, "00 00 00 14  00 00 00 10 01 01 00 01  00 00 00 07 02 00 00 05")] // a transform shorter than it is
    [InlineData(PayloadType.SecurityAssociation, "00 00 00 18  00 00 00 14 01 01 08 01  00 00 00 08 02 00 00 05 00 00 00 00")] // the SPI takes the transform
    [InlineData(PayloadType.SecurityAssociation, "00 00 00 18  00 00 00 14 01 01 00 01  00 00 00 0c 01 00 00 14 00 0e 00 08")] // an attribute longer than its transform
    [InlineData(PayloadType.KeyExchange, "00 00 00 08 00 13 00 00")] // no value
    [InlineData(PayloadType.Delete, "00 00 00 0c 03 04 00 02 00 00 00 01")] // one SPI, not two
    [InlineData(PayloadType.Delete, "00 00 00 10 03 04 00 01 00 00 00 01 00 00 00 02")] // two, not one
    [InlineData(PayloadType.Delete, "00 00 00 10 03 08 00 01 00 00 00 01 00 00 00 02")] // SPIs of 8 octets
    [InlineData(PayloadType.TrafficSelectorInitiator, "00 00 00 08 00 00 00 00")] // no selector
    [InlineData(PayloadType.TrafficSelectorInitiator, "00 00 00 18 02 00 00 00 07 00 00 10 00 00 ff ff 0a 00 00 00 0a 00 00 ff")] // one, not two
    [InlineData(PayloadType.TrafficSelectorInitiator, "00 00 00 18 01 00 00 00 08 00 00 10 00 00 ff ff 0a 00 00 00 0a 00 00 ff")] // IPv6 of 16 octets
    [InlineData(PayloadType.TrafficSelectorInitiator, "00 00 00 18 01 00 00 00 07 00 00 00 00 00 ff ff 0a 00 00 00 0a 00 00 ff")] // of no length
    [InlineData(PayloadType.Configuration, "00 00 00 0c 01 00 00 00 00 01 00 04")] // the value is missing
    [InlineData(PayloadType.Notify, "00 00 00 08 03 04 40 09")] // the SPI is missing
    public void A_length_or_a_count_that_lies_is_invalid_syntax(PayloadType type, string hex)
    {
        Assert.False(MessageReader.TryReadChain(type, HexText.ToOctets(hex), out IReadOnlyList<IkePayload> payloads, out MessageFault fault));
        Assert.Equal(MessageFaultKind.InvalidSyntax, fault.Kind);
        Assert.NotEmpty(fault.Reason);
        Assert.Empty(payloads);
    }

    [Fact]
    public void An_attribute_that_is_not_known_is_told()
    {
        byte[] octets = HexText.ToOctets("00 00 00 20  00 00 00 1c 01 03 04 01 00 00 00 01  00 00 00 10 01 00 00 14 80 0e 01 00 80 12 00 01");

        Assert.True(MessageReader.TryReadChain(PayloadType.SecurityAssociation, octets, out IReadOnlyList<IkePayload> payloads, out MessageFault fault), fault.ToString());
        Transform transform = Assert.Single(Assert.Single(Assert.IsType<SaPayload>(Assert.Single(payloads)).Proposals).Transforms);
        Assert.Equal(Transform.Of(EncryptionAlgorithm.AesGcm16, 256) with { HasUnknownAttribute = true }, transform);
    }

    [Fact]
    public void Selectors_of_other_types_are_left_out()
    {
        byte[] octets = HexText.ToOctets("00 00 00 1e 02 00 00 00  0a 00 00 06 01 02  07 00 00 10 00 00 ff ff 0a 00 00 00 0a 00 00 ff");

        Assert.True(MessageReader.TryReadChain(PayloadType.TrafficSelectorResponder, octets, out IReadOnlyList<IkePayload> payloads, out MessageFault fault), fault.ToString());
        Assert.Equal("10.0.0.0-10.0.0.255", Assert.Single(Assert.IsType<TsPayload>(Assert.Single(payloads)).Selectors).ToString());
    }

    [Fact]
    public void What_AUTH_signs_of_an_ID_is_what_the_peer_sent()
    {
        byte[] octets = HexText.ToOctets("00 00 00 0c 01 aa bb cc c0 00 02 01");

        Assert.True(MessageReader.TryReadChain(PayloadType.IdentificationInitiator, octets, out IReadOnlyList<IkePayload> payloads, out _));
        Assert.Equal("01aabbccc0000201", HexText.Of(Assert.IsType<IdPayload>(Assert.Single(payloads)).Body()));
    }

    private static byte[] Init() => MessageWriter.Write(
        MessageWriter.Header(1, 0, ExchangeType.IkeSaInit, 0, response: false, initiator: true),
        new PayloadChain(new NoncePayload(new byte[16]), new VendorIdPayload([1])));
}
