using MobikeX.Ike.Crypto;

namespace MobikeX.Ike.Tests.Crypto;

/// <summary>
/// RFC 5282 says how AES-GCM is used for an Encrypted payload: salt and IV make the nonce, and what stands before the IV is authenticated. A vector of
/// AES-GCM that others worked out is a body then: test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", which NIST SP 800-38D rests on.
/// </summary>
public class GcmVectorTests
{
    private const string Key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    private const string Salt = "cafebabe";
    private const string Iv = "facedbaddecaf888";
    private const string Associated = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
    private const string Plaintext =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";

    private const string Ciphertext =
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662";

    private const string Tag = "76fc6ece0f4e1768cddf8853bb2d551b";

    private static readonly int BodyOffset = Associated.Length / 2;

    [Fact]
    public void The_body_that_the_vector_makes_is_opened()
    {
        using GcmBodyCipher cipher = Cipher();
        Assert.True(cipher.TryOpen(Convert.FromHexString(Associated + Iv + Ciphertext + Tag), BodyOffset, out byte[]? inner));

        // The last octet of the plaintext is the Pad Length: 0x39 of 60 octets are padding.
        byte[] plaintext = Convert.FromHexString(Plaintext);
        Assert.Equal(plaintext[..(plaintext.Length - 1 - plaintext[^1])], inner);
    }

    [Fact]
    public void Nothing_of_the_vector_may_differ()
    {
        using GcmBodyCipher cipher = Cipher();
        byte[] message = Convert.FromHexString(Associated + Iv + Ciphertext + Tag);
        for (int i = 0; i < message.Length; i++)
        {
            message[i] ^= 1;
            Assert.False(cipher.TryOpen(message, BodyOffset, out _));
            message[i] ^= 1;
        }
    }

    private static GcmBodyCipher Cipher()
    {
        using SecretBytes key = SecretBytes.CopyOf(Convert.FromHexString(Key + Salt));
        return new GcmBodyCipher(key);
    }
}
