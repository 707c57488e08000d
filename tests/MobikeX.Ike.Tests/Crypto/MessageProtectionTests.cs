using System.Security.Cryptography;
using CsCheck;
using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests.Crypto;

public class MessageProtectionTests
{
    private const int HeaderLength = 28 + 4;
    private const int FragmentHeaderLength = HeaderLength + 4;

    private static readonly IkeHeader Header = new(0x0102030405060708, 0x1112131415161718, default, 2, 0, ExchangeType.Informational, 7, 28, initiator: true);

    public static TheoryData<bool, bool> Kinds => new() { { true, false }, { true, true }, { false, false }, { false, true } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_one_end_seals_the_other_opens(bool gcm, bool fragment)
    {
        using IkeKeys keys = Suites.Keys(gcm ? Suites.Gcm : Suites.Cbc);
        using var initiator = new MessageProtection(keys, isInitiator: true);
        using var responder = new MessageProtection(keys, isInitiator: false);
        Gen.Byte.Array[0, 300].Sample(inner =>
        {
            byte[] request = Seal(initiator, inner, fragment);
            Assert.True(IkeHeader.TryRead(request, out IkeHeader header, out _, out _));
            Assert.Equal((uint)request.Length, header.Length);
            Assert.Equal(fragment ? PayloadType.EncryptedFragment : PayloadType.Encrypted, header.NextPayload);
            Assert.True(responder.TryOpen(request, Place(fragment), out byte[]? opened));
            Assert.Equal(inner, opened);

            byte[] response = Seal(responder, inner, fragment);
            Assert.True(initiator.TryOpen(response, Place(fragment), out opened));
            Assert.Equal(inner, opened);
            Assert.False(responder.TryOpen(response, Place(fragment), out _));
        }, iter: 50, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_changed_anywhere_is_not_believed(bool gcm, bool fragment)
    {
        using IkeKeys keys = Suites.Keys(gcm ? Suites.Gcm : Suites.Cbc);
        using var initiator = new MessageProtection(keys, isInitiator: true);
        using var responder = new MessageProtection(keys, isInitiator: false);
        byte[] message = Seal(initiator, Suites.Octets(40, 1), fragment);
        for (int i = 0; i < message.Length; i++)
        {
            byte[] changed = [.. message];
            changed[i] ^= 0x80;
            Assert.False(responder.TryOpen(changed, Place(fragment), out byte[]? inner));
            Assert.Null(inner);
        }

        for (int length = 0; length < message.Length; length++)
        {
            Assert.False(responder.TryOpen(message.AsSpan(0, length), Place(fragment), out _));
        }

        Assert.False(responder.TryOpen([.. message, 0], Place(fragment), out _));
        Assert.True(responder.TryOpen(message, Place(fragment), out _));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_payloads_never_look_the_same(bool gcm, bool fragment)
    {
        using IkeKeys keys = Suites.Keys(gcm ? Suites.Gcm : Suites.Cbc);
        using var initiator = new MessageProtection(keys, isInitiator: true);
        Assert.NotEqual(Seal(initiator, Suites.Octets(40, 1), fragment), Seal(initiator, Suites.Octets(40, 1), fragment));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_room_in_a_message_is_used_up(bool gcm, bool fragment)
    {
        using IkeKeys keys = Suites.Keys(gcm ? Suites.Gcm : Suites.Cbc);
        using var protection = new MessageProtection(keys, isInitiator: true);
        for (int length = 100; length < 160; length++)
        {
            int room = protection.MaximumInner(length, fragment);
            Assert.InRange(Seal(protection, new byte[room], fragment).Length, length - 15, length);
            Assert.True(Seal(protection, new byte[room + 1], fragment).Length > length);
        }

        Assert.Equal(0, protection.MaximumInner(20, fragment));
    }

    /// <summary>RFC 5282, sections 3 to 5: nonce salt | IV; associated data up to the payload's header; one octet of Pad Length.</summary>
    [Fact]
    public void Gcm_is_laid_out_as_the_document_says()
    {
        using IkeKeys keys = Suites.Keys(Suites.Gcm);
        using var initiator = new MessageProtection(keys, isInitiator: true);
        byte[] inner = Suites.Octets(21, 1);
        byte[] message = Seal(initiator, inner, fragment: false);
        Assert.Equal(HeaderLength + 8 + 21 + 1 + 16, message.Length);
        using var aes = new AesGcm(keys.Ei.Span[..32], 16);
        byte[] plaintext = new byte[22];
        byte[] nonce = [.. keys.Ei.Span[32..], .. message.AsSpan(HeaderLength, 8)];
        aes.Decrypt(nonce, message.AsSpan(HeaderLength + 8, 22), message.AsSpan(^16..), plaintext, message.AsSpan(0, HeaderLength));
        Assert.Equal([.. inner, 0], plaintext);
    }

    /// <summary>RFC 7296, section 3.14: IV, payloads padded to whole blocks, a checksum over all that is before it.</summary>
    [Fact]
    public void Cbc_is_laid_out_as_the_document_says()
    {
        using IkeKeys keys = Suites.Keys(Suites.Cbc);
        using var responder = new MessageProtection(keys, isInitiator: false);
        byte[] inner = Suites.Octets(21, 1);
        byte[] message = Seal(responder, inner, fragment: true);
        Assert.Equal(FragmentHeaderLength + 16 + 32 + 16, message.Length);
        Assert.Equal(HMACSHA256.HashData(keys.Ar.Span, message.AsSpan(..^16))[..16], message[^16..]);
        using var aes = Aes.Create();
        aes.SetKey(keys.Er.Span);
        byte[] plaintext = aes.DecryptCbc(message.AsSpan(FragmentHeaderLength + 16, 32), message.AsSpan(FragmentHeaderLength, 16), PaddingMode.None);
        Assert.Equal(inner, plaintext[..21]);
        Assert.Equal(10, plaintext[^1]);
    }

    /// <summary>A peer may pad with anything, up to 255 octets; a Pad Length beyond what is there is refused though it is authentic.</summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(21, true)]
    [InlineData(22, false)]
    [InlineData(255, false)]
    public void Padding_of_a_peer(int padLength, bool opens)
    {
        using IkeKeys keys = Suites.Keys(Suites.Gcm);
        using var responder = new MessageProtection(keys, isInitiator: false);
        byte[] message = new byte[HeaderLength + 8 + 22 + 16];
        byte[] plaintext = [.. Suites.Octets(21, 1), (byte)padLength];
        using var aes = new AesGcm(keys.Ei.Span[..32], 16);
        byte[] nonce = [.. keys.Ei.Span[32..], .. new byte[8]];
        aes.Encrypt(nonce, plaintext, message.AsSpan(HeaderLength + 8, 22), message.AsSpan(^16..), message.AsSpan(0, HeaderLength));
        Assert.Equal(opens, responder.TryOpen(message, Place(false), out byte[]? inner));
        Assert.Equal(opens ? plaintext[..(21 - padLength)] : null, inner);
    }

    [Fact]
    public void Protection_outlives_the_keys_it_was_made_from()
    {
        IkeKeys keys = Suites.Keys(Suites.Cbc);
        using var initiator = new MessageProtection(keys, isInitiator: true);
        using var responder = new MessageProtection(keys, isInitiator: false);
        keys.Dispose();
        Assert.True(responder.TryOpen(Seal(initiator, [1, 2, 3], fragment: false), Place(false), out byte[]? inner));
        Assert.Equal([1, 2, 3], inner);
    }

    private static byte[] Seal(MessageProtection protection, byte[] inner, bool fragment) =>
        protection.Seal(Header, PayloadType.Notify, inner, fragment ? new FragmentPlace(1, 2) : null);

    private static SealedPayload Place(bool fragment) =>
        new(PayloadType.Notify, fragment ? FragmentHeaderLength : HeaderLength, fragment ? new FragmentPlace(1, 2) : null);
}
