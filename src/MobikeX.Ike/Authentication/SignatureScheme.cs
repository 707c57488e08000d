using System.Security.Cryptography;
using MobikeX.Protocol.Ikev2.Signatures;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;

namespace MobikeX.Ike.Authentication;

/// <summary>A signature algorithm as the method Digital Signature names it: the AlgorithmIdentifiers of RFC 7427, appendix A, with SHA-2.</summary>
internal sealed class SignatureScheme
{
    private readonly byte[][] _identifiers;

    private SignatureScheme(SignatureHash hash, RSASignaturePadding? padding, params AlgorithmIdentifier[] identifiers)
    {
        Hash = hash;
        Padding = padding;
        _identifiers = [.. identifiers.Select(static identifier => identifier.GetDerEncoded())];
    }

    /// <summary>All, the ones that are preferred first.</summary>
    public static IReadOnlyList<SignatureScheme> All { get; } =
    [
        Ecdsa(SignatureHash.Sha256, X9ObjectIdentifiers.ECDsaWithSha256),
        Ecdsa(SignatureHash.Sha384, X9ObjectIdentifiers.ECDsaWithSha384),
        Ecdsa(SignatureHash.Sha512, X9ObjectIdentifiers.ECDsaWithSha512),
        Pss(SignatureHash.Sha256, NistObjectIdentifiers.IdSha256, SHA256.HashSizeInBytes),
        Pss(SignatureHash.Sha384, NistObjectIdentifiers.IdSha384, SHA384.HashSizeInBytes),
        Pss(SignatureHash.Sha512, NistObjectIdentifiers.IdSha512, SHA512.HashSizeInBytes),
        Pkcs1(SignatureHash.Sha256, PkcsObjectIdentifiers.Sha256WithRsaEncryption),
        Pkcs1(SignatureHash.Sha384, PkcsObjectIdentifiers.Sha384WithRsaEncryption),
        Pkcs1(SignatureHash.Sha512, PkcsObjectIdentifiers.Sha512WithRsaEncryption),
    ];

    /// <summary>The hash that is signed.</summary>
    public SignatureHash Hash { get; }

    /// <summary>The DER encoding that we send.</summary>
    public ReadOnlySpan<byte> Identifier => _identifiers[0];

    /// <summary>Null for ECDSA.</summary>
    private RSASignaturePadding? Padding { get; }

    private HashAlgorithmName HashName => Hash switch
    {
        SignatureHash.Sha256 => HashAlgorithmName.SHA256,
        SignatureHash.Sha384 => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };

    /// <summary>The scheme that a peer names; null for one that is not taken. Whole encodings are compared, so nothing of the peer's is interpreted.</summary>
    public static SignatureScheme? Find(ReadOnlySpan<byte> identifier)
    {
        foreach (SignatureScheme scheme in All)
        {
            foreach (byte[] known in scheme._identifiers)
            {
                if (identifier.SequenceEqual(known))
                {
                    return scheme;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The scheme for a key among those whose hashes a peer takes; null for none. For ECDSA it is the hash that suits the curve, where the
    /// peer takes it; for RSA PSS with the shortest.
    /// </summary>
    public static SignatureScheme? Choose(AsymmetricAlgorithm key, IReadOnlyCollection<SignatureHash> hashes)
    {
        SignatureScheme[] candidates = [.. All.Where(scheme => scheme.Fits(key) && hashes.Contains(scheme.Hash))];
        SignatureHash suited = key.KeySize switch
        {
            _ when key is RSA => SignatureHash.Sha256,
            <= 256 => SignatureHash.Sha256,
            <= 384 => SignatureHash.Sha384,
            _ => SignatureHash.Sha512,
        };
        return candidates.FirstOrDefault(scheme => scheme.Hash == suited) ?? candidates.FirstOrDefault();
    }

    /// <summary>Whether a key can make or check such signatures.</summary>
    public bool Fits(AsymmetricAlgorithm key) => Padding is null ? key is ECDsa : key is RSA;

    /// <summary>Signs with a private key that fits.</summary>
    public byte[] Sign(AsymmetricAlgorithm key, ReadOnlySpan<byte> octets) => Padding is null
        ? ((ECDsa)key).SignData(octets, HashName, DSASignatureFormat.Rfc3279DerSequence)
        : ((RSA)key).SignData(octets, HashName, Padding);

    /// <summary>Checks a signature with a public key that fits.</summary>
    public bool Verify(AsymmetricAlgorithm key, ReadOnlySpan<byte> octets, ReadOnlySpan<byte> signature) => Padding is null
        ? ((ECDsa)key).VerifyData(octets, signature, HashName, DSASignatureFormat.Rfc3279DerSequence)
        : ((RSA)key).VerifyData(octets, signature, HashName, Padding);

    private static SignatureScheme Ecdsa(SignatureHash hash, DerObjectIdentifier algorithm) => new(hash, null, new AlgorithmIdentifier(algorithm));

    // Parameters that are NULL may be absent (RFC 4055, section 2.1), and some peers leave them out.
    private static SignatureScheme Pkcs1(SignatureHash hash, DerObjectIdentifier algorithm) =>
        new(hash, RSASignaturePadding.Pkcs1, new AlgorithmIdentifier(algorithm, DerNull.Instance), new AlgorithmIdentifier(algorithm));

    private static SignatureScheme Pss(SignatureHash hash, DerObjectIdentifier algorithm, int saltLength) =>
        new(hash, RSASignaturePadding.Pss, Pss(new AlgorithmIdentifier(algorithm, DerNull.Instance), saltLength), Pss(new AlgorithmIdentifier(algorithm), saltLength));

    private static AlgorithmIdentifier Pss(AlgorithmIdentifier hash, int saltLength) =>
        new(PkcsObjectIdentifiers.IdRsassaPss, new RsassaPssParameters(hash, new AlgorithmIdentifier(PkcsObjectIdentifiers.IdMgf1, hash), DerInteger.ValueOf(saltLength), RsassaPssParameters.DefaultTrailerField));
}
