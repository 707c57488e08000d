using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Xfrm;

/// <summary>What the kernel's crypto layer calls the algorithms of IKEv2.</summary>
internal static class KernelAlgorithms
{
    /// <summary>Whether a cipher authenticates too, so that the kernel takes both as one.</summary>
    public static bool IsAead(EncryptionAlgorithm algorithm) => algorithm is EncryptionAlgorithm.AesGcm8 or EncryptionAlgorithm.AesGcm12
        or EncryptionAlgorithm.AesGcm16 or EncryptionAlgorithm.ChaCha20Poly1305;

    /// <exception cref="XfrmException">The kernel has no name for it.</exception>
    public static XfrmAlgorithm Of(EncryptionAlgorithm algorithm, ChildSaKeys keys)
    {
        (string name, int icvBits) = algorithm switch
        {
            EncryptionAlgorithm.AesGcm8 => ("rfc4106(gcm(aes))", 64),
            EncryptionAlgorithm.AesGcm12 => ("rfc4106(gcm(aes))", 96),
            EncryptionAlgorithm.AesGcm16 => ("rfc4106(gcm(aes))", 128),
            EncryptionAlgorithm.ChaCha20Poly1305 => ("rfc7539esp(chacha20,poly1305)", 128),
            EncryptionAlgorithm.AesCbc => ("cbc(aes)", 0),
            EncryptionAlgorithm.AesCtr => ("rfc3686(ctr(aes))", 0),
            EncryptionAlgorithm.Null => ("ecb(cipher_null)", 0),
            _ => throw Unknown(algorithm.ToString()),
        };
        return new XfrmAlgorithm(name, keys.Encryption, icvBits);
    }

    /// <exception cref="XfrmException">The kernel has no name for it.</exception>
    public static XfrmAlgorithm Of(IntegrityAlgorithm algorithm, ChildSaKeys keys)
    {
        (string name, int icvBits) = algorithm switch
        {
            IntegrityAlgorithm.HmacSha1 => ("hmac(sha1)", 96),
            IntegrityAlgorithm.HmacSha256 => ("hmac(sha256)", 128),
            IntegrityAlgorithm.HmacSha384 => ("hmac(sha384)", 192),
            IntegrityAlgorithm.HmacSha512 => ("hmac(sha512)", 256),
            IntegrityAlgorithm.AesXcbc => ("xcbc(aes)", 96),
            IntegrityAlgorithm.AesCmac => ("cmac(aes)", 96),
            _ => throw Unknown(algorithm.ToString()),
        };
        return new XfrmAlgorithm(name, keys.Integrity, icvBits);
    }

    private static XfrmException Unknown(string algorithm) => new(XfrmProblem.NoSupport, $"the kernel's name of {algorithm} is not known");
}
