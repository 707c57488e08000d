using System.Security.Cryptography;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Crypto;

/// <summary>What can be done for an IKE_SA, and how long its keys are.</summary>
internal static class Algorithms
{
    /// <summary>Octets of the salt that an AES-GCM key ends with (RFC 5282, section 7.1; RFC 4106, section 8.1).</summary>
    public const int SaltLength = (int)Constants.AeadSaltLength;

    /// <summary>Whether messages of an IKE_SA can be sealed with a cipher.</summary>
    public static bool Supports(Cipher cipher) =>
        cipher.Algorithm is EncryptionAlgorithm.AesGcm16 or EncryptionAlgorithm.AesCbc && cipher.KeyBits is 128 or 192 or 256;

    /// <summary>Whether messages of an IKE_SA can be protected with an integrity algorithm.</summary>
    public static bool Supports(IntegrityAlgorithm algorithm) => algorithm is IntegrityAlgorithm.HmacSha256;

    /// <summary>Whether a key schedule can be run with a pseudorandom function.</summary>
    public static bool Supports(PseudorandomFunction function) => Prf.Find(function) is not null;

    /// <summary>Whether keys can be agreed on with a group.</summary>
    public static bool Supports(DiffieHellmanGroup group) =>
        group is DiffieHellmanGroup.Modp2048 or DiffieHellmanGroup.Ecp256 or DiffieHellmanGroup.Ecp384 or DiffieHellmanGroup.Curve25519;

    /// <summary>Whether an encryption algorithm protects integrity as well (RFC 5282).</summary>
    public static bool IsAead(EncryptionAlgorithm algorithm) => algorithm is EncryptionAlgorithm.AesGcm16;

    /// <summary>Octets of key material for a cipher, the salt of an AEAD included.</summary>
    public static int KeyLength(Cipher cipher) => (cipher.KeyBits / 8) + (IsAead(cipher.Algorithm) ? SaltLength : 0);

    /// <summary>Octets of key material for an integrity algorithm; none where an AEAD stands for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not one that we can do.</exception>
    public static int KeyLength(IntegrityAlgorithm? algorithm) => algorithm switch
    {
        null or IntegrityAlgorithm.None => 0,
        IntegrityAlgorithm.HmacSha256 => SHA256.HashSizeInBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, null),
    };
}
