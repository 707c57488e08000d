using System.Security.Cryptography;
using System.Text;
using MobikeX.Ike.Crypto;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests.Crypto;

public class KeyScheduleTests
{
    /// <summary>RFC 4231, section 4.2.</summary>
    [Theory]
    [InlineData(PseudorandomFunction.HmacSha256, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
    [InlineData(PseudorandomFunction.HmacSha384, "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6")]
    [InlineData(PseudorandomFunction.HmacSha512, "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854")]
    public void The_functions_are_those_of_the_document(PseudorandomFunction function, string expected)
    {
        var prf = Prf.For(function);
        byte[] key = new byte[20];
        Array.Fill(key, (byte)0x0b);
        byte[] output = new byte[prf.Length];
        prf.Compute(key, output, Encoding.ASCII.GetBytes("Hi "), Encoding.ASCII.GetBytes("Th"), Encoding.ASCII.GetBytes("ere"));
        Assert.Equal(expected, Convert.ToHexStringLower(output));
    }

    /// <summary>prf+ is what HKDF (RFC 5869, section 2.3) calls Expand; this is its test case 1.</summary>
    [Fact]
    public void Prf_plus_of_a_test_case()
    {
        byte[] key = Convert.FromHexString("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        using SecretBytes output = Prf.For(PseudorandomFunction.HmacSha256).Plus(key, Convert.FromHexString("f0f1f2f3f4f5f6f7f8f9"), 42);
        Assert.Equal("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865", Convert.ToHexStringLower(output.Span));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(300)]
    [InlineData(255 * 64)]
    public void Prf_plus_of_any_length(int length)
    {
        byte[] key = Suites.Octets(64, 7);
        byte[] seed = Suites.Octets(80, 9);
        using SecretBytes output = Prf.For(PseudorandomFunction.HmacSha512).Plus(key, seed, length);
        Assert.Equal(length == 0 ? [] : HKDF.Expand(HashAlgorithmName.SHA512, key, length, seed), output.Span.ToArray());
    }

    [Fact]
    public void Prf_plus_ends_where_its_counter_does() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Prf.For(PseudorandomFunction.HmacSha256).Plus(new byte[32], new byte[32], (255 * 32) + 1));

    /// <summary>RFC 7296, section 2.14: the order of the seven keys and what they come from, done once more with the platform's HKDF.</summary>
    [Fact]
    public void Keys_of_an_ike_sa_come_in_the_order_of_the_document()
    {
        using IkeKeys keys = Suites.Keys(Suites.Cbc);
        byte[] nonces = [.. Suites.Octets(32, 1), .. Suites.Octets(32, 51)];
        byte[] seed = HMACSHA512.HashData(nonces, Suites.Octets(32, 100));
        byte[] material = HKDF.Expand(HashAlgorithmName.SHA512, seed, (3 * 64) + (2 * 32) + (2 * 16), [.. nonces, .. Convert.FromHexString("01020304050607081112131415161718")]);
        Assert.Equal(material, (byte[])[.. keys.D.Span, .. keys.Ai.Span, .. keys.Ar.Span, .. keys.Ei.Span, .. keys.Er.Span, .. keys.Pi.Span, .. keys.Pr.Span]);
        Assert.Equal([64, 32, 32, 16, 16, 64, 64], new[] { keys.D, keys.Ai, keys.Ar, keys.Ei, keys.Er, keys.Pi, keys.Pr }.Select(key => key.Length));
    }

    [Fact]
    public void An_aead_has_a_salt_and_no_integrity_keys()
    {
        using IkeKeys keys = Suites.Keys(Suites.Gcm);
        Assert.Equal([32, 0, 0, 36, 36, 32, 32], new[] { keys.D, keys.Ai, keys.Ar, keys.Ei, keys.Er, keys.Pi, keys.Pr }.Select(key => key.Length));
    }

    /// <summary>RFC 7296, section 2.18: SKEYSEED = prf(SK_d (old), g^ir (new) | Ni | Nr), with the old PRF; the rest with the new one.</summary>
    [Fact]
    public void Keys_of_a_rekeyed_ike_sa()
    {
        using IkeKeys old = Suites.Keys(Suites.Gcm);
        using var shared = SecretBytes.CopyOf(Suites.Octets(256, 3));
        byte[] ni = Suites.Octets(16, 5);
        byte[] nr = Suites.Octets(256, 6);
        using var keys = IkeKeys.DeriveRekeyed(old, Suites.Cbc, ni, nr, 1, 2, shared);
        byte[] seed = HMACSHA256.HashData(old.D.Span, [.. shared.Span, .. ni, .. nr]);
        using SecretBytes material = Prf.For(PseudorandomFunction.HmacSha512).Plus(seed, [.. ni, .. nr, .. Convert.FromHexString("00000000000000010000000000000002")], 64);
        Assert.True(keys.D.FixedTimeEquals(material.Span));
        Assert.Equal(Suites.Cbc, keys.Suite);
        Assert.Equal((1UL, 2UL), (keys.InitiatorSpi, keys.ResponderSpi));
    }

    /// <summary>RFC 7296, section 2.17: the Initiator's keys first, encryption before integrity; the new g^ir first where there is one.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Keys_of_a_child_sa(bool forwardSecrecy)
    {
        using IkeKeys keys = Suites.Keys(Suites.Gcm);
        using SecretBytes? shared = forwardSecrecy ? SecretBytes.CopyOf(Suites.Octets(32, 77)) : null;
        byte[] ni = Suites.Octets(32, 5);
        byte[] nr = Suites.Octets(32, 6);
        var suite = new ChildSuite(default, new Cipher(EncryptionAlgorithm.AesCbc, 256), IntegrityAlgorithm.HmacSha256, null, false);
        using ChildKeys child = keys.DeriveChildKeys(suite, ni, nr, shared);
        byte[] seed = forwardSecrecy ? [.. Suites.Octets(32, 77), .. ni, .. nr] : [.. ni, .. nr];
        byte[] material = HKDF.Expand(HashAlgorithmName.SHA256, keys.D.Span.ToArray(), 128, seed);
        Assert.Equal(
            material,
            (byte[])[.. child.InitiatorEncryption.Span, .. child.InitiatorIntegrity.Span, .. child.ResponderEncryption.Span, .. child.ResponderIntegrity.Span]);
    }

    [Fact]
    public void Keys_of_a_child_sa_with_an_aead_carry_the_salt()
    {
        using IkeKeys keys = Suites.Keys(Suites.Gcm);
        var suite = new ChildSuite(default, new Cipher(EncryptionAlgorithm.AesGcm16, 128), null, null, true);
        using ChildKeys child = keys.DeriveChildKeys(suite, Suites.Octets(32, 5), Suites.Octets(32, 6), null);
        Assert.Equal((20, 0, 20, 0), (child.InitiatorEncryption.Length, child.InitiatorIntegrity.Length, child.ResponderEncryption.Length, child.ResponderIntegrity.Length));
    }

    [Fact]
    public void Disposing_of_keys_zeroes_them()
    {
        var secret = SecretBytes.CopyOf(Suites.Octets(32, 1));
        Span<byte> octets = secret.Span;
        secret.Dispose();
        Assert.True(octets.IndexOfAnyExcept((byte)0) < 0);

        IkeKeys keys = Suites.Keys(Suites.Cbc);
        SecretBytes d = keys.D;
        keys.Dispose();
        Assert.Throws<ObjectDisposedException>(() => d.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => keys.Pr.Span.Length);
    }

    [Fact]
    public void A_secret_taken_over_is_zeroed_at_its_source()
    {
        byte[] source = Suites.Octets(32, 1);
        using var secret = SecretBytes.TakeFrom(source);
        Assert.All(source, octet => Assert.Equal(0, octet));
        Assert.True(secret.FixedTimeEquals(Suites.Octets(32, 1)));
    }

    [Fact]
    public void A_secret_is_never_printed()
    {
        using var secret = SecretBytes.CopyOf(Suites.Octets(32, 1));
        Assert.Equal("secret of 32 octets", secret.ToString());
    }

    [Fact]
    public void Nonces_and_spis_come_from_the_generator()
    {
        Assert.NotEqual(Nonce.Create(), Nonce.Create());
        Assert.Equal(Nonce.Length, Nonce.Create().Length);
        Assert.NotEqual(Spi.CreateIke(), Spi.CreateIke());
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(Spi.CreateChild(), 256u, uint.MaxValue));
    }

    [Fact]
    public void What_we_cannot_do_is_not_supported()
    {
        Assert.True(Algorithms.Supports(new Cipher(EncryptionAlgorithm.AesGcm16, 128)));
        Assert.True(Algorithms.Supports(new Cipher(EncryptionAlgorithm.AesCbc, 256)));
        Assert.False(Algorithms.Supports(new Cipher(EncryptionAlgorithm.AesCbc, 0)));
        Assert.False(Algorithms.Supports(new Cipher((EncryptionAlgorithm)3, 128)));
        Assert.False(Algorithms.Supports(PseudorandomFunction.HmacMd5));
        Assert.False(Algorithms.Supports(IntegrityAlgorithm.HmacSha1));
        Assert.True(Algorithms.Supports(IntegrityAlgorithm.HmacSha256));
    }
}
