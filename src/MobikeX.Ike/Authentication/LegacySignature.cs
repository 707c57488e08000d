using System.Security.Cryptography;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Authentication;

/// <summary>
/// Signatures of peers that do not know RFC 7427: RSA (RFC 7296, section 3.8), whose hash is SHA-1 by default, and ECDSA, where the method
/// names curve and hash (RFC 4754, section 7).
/// </summary>
internal static class LegacySignature
{
    /// <summary>Signs with the method that belongs to a key; null for a curve that none belongs to.</summary>
    public static (AuthenticationMethod Method, byte[] Data)? Create(AsymmetricAlgorithm key, ReadOnlySpan<byte> signedOctets)
    {
        if (key is RSA rsa)
        {
            return (AuthenticationMethod.RsaDigitalSignature, rsa.SignData(signedOctets, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
        }

        foreach (AuthenticationMethod method in (ReadOnlySpan<AuthenticationMethod>)[AuthenticationMethod.EcdsaSha256P256, AuthenticationMethod.EcdsaSha384P384, AuthenticationMethod.EcdsaSha512P521])
        {
            if (key is ECDsa ecdsa && Hash(method, ecdsa) is { } hash)
            {
                return (method, ecdsa.SignData(signedOctets, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
            }
        }

        return null;
    }

    /// <summary>Checks a signature; false also where the method does not belong to the key.</summary>
    /// <param name="method">The method in the AUTH payload.</param>
    /// <param name="key">The key of the peer.</param>
    /// <param name="signedOctets">What the peer has to prove to have said.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="withSha1">Whether SHA-1 is taken: of nobody that could sign with a better hash, since it knows RFC 7427.</param>
    public static bool Verify(AuthenticationMethod method, AsymmetricAlgorithm key, ReadOnlySpan<byte> signedOctets, ReadOnlySpan<byte> signature, bool withSha1)
    {
        if (key is ECDsa ecdsa)
        {
            return Hash(method, ecdsa) is { } hash && ecdsa.VerifyData(signedOctets, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        if (method != AuthenticationMethod.RsaDigitalSignature || key is not RSA rsa)
        {
            return false;
        }

        foreach (HashAlgorithmName hash in (ReadOnlySpan<HashAlgorithmName>)[HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512])
        {
            if ((withSha1 || hash != HashAlgorithmName.SHA1) && rsa.VerifyData(signedOctets, signature, hash, RSASignaturePadding.Pkcs1))
            {
                return true;
            }
        }

        return false;
    }

    private static HashAlgorithmName? Hash(AuthenticationMethod method, ECDsa key) => (method, key.KeySize) switch
    {
        (AuthenticationMethod.EcdsaSha256P256, 256) => HashAlgorithmName.SHA256,
        (AuthenticationMethod.EcdsaSha384P384, 384) => HashAlgorithmName.SHA384,
        (AuthenticationMethod.EcdsaSha512P521, 521) => HashAlgorithmName.SHA512,
        _ => null,
    };
}
