using System.Security.Cryptography;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Ikev2.Signatures;

namespace MobikeX.Ike.Authentication;

/// <summary>Checks the AUTH payload of a peer.</summary>
internal static class PeerAuthentication
{
    /// <summary>Checks a proof.</summary>
    /// <param name="expected">The pre-shared key, or the authorities that may stand behind the peer.</param>
    /// <param name="function">The PRF of the IKE_SA.</param>
    /// <param name="peerHashes">What the peer said in SIGNATURE_HASH_ALGORITHMS; null where it did not, so that it does not know the method Digital Signature.</param>
    /// <param name="identity">Who the peer says it is.</param>
    /// <param name="method">The method in its AUTH payload.</param>
    /// <param name="data">The data in its AUTH payload.</param>
    /// <param name="certificates">What its CERT payloads carry in DER, in their order: the first is its own.</param>
    /// <param name="signedOctets">What it has to prove to have said.</param>
    /// <param name="now">The time at which certificates are to be valid.</param>
    public static AuthenticationResult Verify(
        Credential expected,
        PseudorandomFunction function,
        IReadOnlyCollection<SignatureHash>? peerHashes,
        Identification identity,
        AuthenticationMethod method,
        ReadOnlySpan<byte> data,
        IReadOnlyList<byte[]> certificates,
        ReadOnlySpan<byte> signedOctets,
        DateTimeOffset now)
    {
        if (!Takes(expected, method))
        {
            return AuthenticationResult.WrongMethod;
        }

        switch (expected)
        {
            case PresharedKey key:
                return CryptographicOperations.FixedTimeEquals(SharedKeyProof.Create(key, function, signedOctets), data)
                    ? AuthenticationResult.Ok
                    : AuthenticationResult.BadProof;
            case TrustAnchors anchors:
                using (var chain = CertificateChain.Read(certificates))
                {
                    AuthenticationResult result = chain.Validate(anchors, identity, now);
                    return result == AuthenticationResult.Ok ? VerifySignature(chain.Key!, method, peerHashes, data, signedOctets) : result;
                }

            default:
                return AuthenticationResult.WrongMethod;
        }
    }

    /// <summary>Whether a proof by a method can be held against a credential.</summary>
    public static bool Takes(Credential expected, AuthenticationMethod method) =>
        expected is PresharedKey ? method == AuthenticationMethod.SharedKeyMessageIntegrityCode : expected is TrustAnchors && IsSignature(method);

    private static bool IsSignature(AuthenticationMethod method) => method
        is AuthenticationMethod.DigitalSignature
        or AuthenticationMethod.RsaDigitalSignature
        or AuthenticationMethod.EcdsaSha256P256
        or AuthenticationMethod.EcdsaSha384P384
        or AuthenticationMethod.EcdsaSha512P521;

    private static AuthenticationResult VerifySignature(
        AsymmetricAlgorithm key, AuthenticationMethod method, IReadOnlyCollection<SignatureHash>? peerHashes, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signedOctets)
    {
        if (method != AuthenticationMethod.DigitalSignature)
        {
            return LegacySignature.Verify(method, key, signedOctets, data, withSha1: peerHashes is null) ? AuthenticationResult.Ok : AuthenticationResult.BadProof;
        }

        if (!DigitalSignature.TryRead(data, out DigitalSignature signature, out _, out _))
        {
            return AuthenticationResult.BadProof;
        }

        if (SignatureScheme.Find(signature.Algorithm) is not { } scheme || !scheme.Fits(key))
        {
            return AuthenticationResult.WrongMethod;
        }

        return scheme.Verify(key, signedOctets, signature.Signature) ? AuthenticationResult.Ok : AuthenticationResult.BadProof;
    }
}
