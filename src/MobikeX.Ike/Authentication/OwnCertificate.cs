using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MobikeX.Ike.Authentication;

/// <summary>A certificate of this host with its private key, RSA or ECDSA.</summary>
public sealed class OwnCertificate : Credential
{
    /// <summary>Takes a certificate over, which is disposed of with this.</summary>
    /// <param name="certificate">The certificate; it carries its private key.</param>
    /// <param name="intermediates">Certificates that lead from it to an authority that peers trust, next first; none where that authority issued it.</param>
    /// <exception cref="ArgumentException">There is no private key, or it is not RSA or ECDSA.</exception>
    public OwnCertificate(X509Certificate2 certificate, IEnumerable<X509Certificate2>? intermediates = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Certificate = certificate;
        Key = (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey()
            ?? throw new ArgumentException("The certificate carries no private key for RSA or ECDSA.", nameof(certificate));
        Chain = [certificate.RawData, .. (intermediates ?? []).Select(static intermediate => intermediate.RawData)];
    }

    /// <summary>The certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>What goes into CERT payloads, one each: the certificate and the intermediates, in DER.</summary>
    public IReadOnlyList<byte[]> Chain { get; }

    internal AsymmetricAlgorithm Key { get; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Key.Dispose();
        Certificate.Dispose();
    }
}
