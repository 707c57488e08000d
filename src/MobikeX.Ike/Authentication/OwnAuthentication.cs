using System.Security.Cryptography;
using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Ikev2.Signatures;

namespace MobikeX.Ike.Authentication;

/// <summary>Makes the AUTH payload of this host.</summary>
internal static class OwnAuthentication
{
    /// <summary>The method and the data of the payload; null where there is no method that the peer could verify.</summary>
    /// <param name="own">A pre-shared key or a certificate of this host.</param>
    /// <param name="function">The PRF of the IKE_SA.</param>
    /// <param name="peerHashes">What the peer said in SIGNATURE_HASH_ALGORITHMS; null where it did not, so that it does not know the method Digital Signature.</param>
    /// <param name="signedOctets">What is proved to have been said by this host.</param>
    public static (AuthenticationMethod Method, byte[] Data)? Create(
        Credential own, PseudorandomFunction function, IReadOnlyCollection<SignatureHash>? peerHashes, ReadOnlySpan<byte> signedOctets)
    {
        switch (own)
        {
            case PresharedKey key:
                return (AuthenticationMethod.SharedKeyMessageIntegrityCode, SharedKeyProof.Create(key, function, signedOctets));
            case OwnCertificate certificate:
                return peerHashes is null ? LegacySignature.Create(certificate.Key, signedOctets) : Sign(certificate.Key, peerHashes, signedOctets);
            default:
                throw new ArgumentException("This host proves its identity with a pre-shared key or a certificate.", nameof(own));
        }
    }

    private static (AuthenticationMethod Method, byte[] Data)? Sign(AsymmetricAlgorithm key, IReadOnlyCollection<SignatureHash> hashes, ReadOnlySpan<byte> signedOctets)
    {
        if (SignatureScheme.Choose(key, hashes) is not { } scheme)
        {
            return null;
        }

        var signature = new DigitalSignature(scheme.Identifier, scheme.Sign(key, signedOctets));
        byte[] data = new byte[signature.WireLength];
        _ = signature.TryWrite(data, out _, out _);
        return (AuthenticationMethod.DigitalSignature, data);
    }
}
