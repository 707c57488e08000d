using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MobikeX.Ike.Messages;

namespace MobikeX.Ike.Authentication;

/// <summary>The certificates that a peer sent: its own, and some that may lead from it to an authority.</summary>
internal sealed class CertificateChain : IDisposable
{
    // RFC 8247, section 4.1: RSA keys below 2048 bits must not be used.
    private const int ShortestRsaKey = 2048;

    private readonly X509Certificate2Collection _others = [];

    private CertificateChain()
    {
    }

    /// <summary>The key of the peer's own certificate; null where there is none that may sign.</summary>
    public AsymmetricAlgorithm? Key { get; private set; }

    private X509Certificate2? Leaf { get; set; }

    /// <summary>Reads certificates in DER, the peer's own first (RFC 7296, section 3.6); others that cannot be read are passed over.</summary>
    public static CertificateChain Read(IReadOnlyList<byte[]> certificates)
    {
        var chain = new CertificateChain();
        for (int i = 0; i < certificates.Count; i++)
        {
            X509Certificate2? certificate = Read(certificates[i]);
            if (i == 0)
            {
                chain.Leaf = certificate;
                chain.Key = certificate is null ? null : SigningKey(certificate);
            }
            else if (certificate is not null)
            {
                chain._others.Add(certificate);
            }
        }

        return chain;
    }

    /// <summary>Whether a trusted authority stands behind the peer's certificate at a time, and the certificate names the identity.</summary>
    public AuthenticationResult Validate(TrustAnchors anchors, Identification identity, DateTimeOffset now)
    {
        if (Leaf is null || Key is null)
        {
            return AuthenticationResult.NoCertificate;
        }

        AuthenticationResult result = FindAuthority(Leaf, anchors, now);
        if (result != AuthenticationResult.Ok)
        {
            return result;
        }

        return CertificateNames.Of(Leaf).Any(name => name.Matches(identity)) ? AuthenticationResult.Ok : AuthenticationResult.IdentityNotInCertificate;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Key?.Dispose();
        Leaf?.Dispose();
        foreach (X509Certificate2 certificate in _others)
        {
            certificate.Dispose();
        }
    }

    private static X509Certificate2? Read(byte[] der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // RFC 4945, section 5.1.3.2: where the key has a usage, signing is one. An extended key usage is not asked for (section 5.1.3.12).
    private static AsymmetricAlgorithm? SigningKey(X509Certificate2 certificate)
    {
        const X509KeyUsageFlags Signing = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation;
        try
        {
            return certificate.Extensions.OfType<X509KeyUsageExtension>().All(static usage => (usage.KeyUsages & Signing) != 0)
                ? LongEnough(certificate.GetRSAPublicKey()) ?? certificate.GetECDsaPublicKey()
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static AsymmetricAlgorithm? LongEnough(RSA? key)
    {
        if (key is not { KeySize: < ShortestRsaKey })
        {
            return key;
        }

        key.Dispose();
        return null;
    }

    /// <summary>Looks for each certificate in the lists of its issuer, where there are some. Nobody is believed about their own certificate, so that the last one is not looked for.</summary>
    private static AuthenticationResult FindRevoked(X509ChainElementCollection chain, IReadOnlyList<RevocationList> lists, DateTimeOffset now)
    {
        for (int i = 0; i + 1 < chain.Count; i++)
        {
            X509Certificate2 certificate = chain[i].Certificate, issuer = chain[i + 1].Certificate;
            RevocationList[] named = [.. lists.Where(list => list.Names(issuer.SubjectName))];
            RevocationList[] signed = [.. named.Where(list => list.IsOf(issuer))];
            if (signed.Any(list => list.Has(certificate)))
            {
                return AuthenticationResult.RevokedCertificate;
            }

            if (named.Length > 0 && !signed.Any(list => list.IsCurrent(now)))
            {
                return AuthenticationResult.UnknownRevocation;
            }
        }

        return AuthenticationResult.Ok;
    }

    private AuthenticationResult FindAuthority(X509Certificate2 leaf, TrustAnchors anchors, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        X509ChainPolicy policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(anchors.Authorities);
        policy.ExtraStore.AddRange(_others);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.VerificationTime = now.UtcDateTime;

        // A peer that is not authenticated yet could make this host fetch any address that its certificate names.
        policy.DisableCertificateDownloads = true;
        if (chain.Build(leaf))
        {
            return FindRevoked(chain.ChainElements, anchors.Revoked, now);
        }

        X509ChainStatusFlags faults = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, static (flags, status) => flags | status.Status);
        return faults == X509ChainStatusFlags.NotTimeValid ? AuthenticationResult.ExpiredCertificate : AuthenticationResult.UntrustedCertificate;
    }
}
