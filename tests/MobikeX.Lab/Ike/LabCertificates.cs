using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MobikeX.Lab.Ike;

/// <summary>What the hosts sign with.</summary>
internal enum LabKeyKind
{
    EcdsaP256,
    Rsa2048,
}

/// <summary>An authority and a certificate for each host, made for one scenario.</summary>
internal sealed class LabCertificates : IDisposable
{
    private readonly DateTimeOffset _from = DateTimeOffset.UtcNow.AddDays(-1), _to = DateTimeOffset.UtcNow.AddDays(1);
    private readonly LabKeyKind _kind;
    private readonly X509Certificate2 _authority;

    public LabCertificates(LabKeyKind kind)
    {
        _kind = kind;
        using AsymmetricAlgorithm key = NewKey();
        CertificateRequest request = Request("CN=Lab authority, O=MobikeX", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(_from, _to);
        AuthorityPem = _authority.ExportCertificatePem();
    }

    /// <summary>Those that a proof takes; null where it takes none.</summary>
    public static LabCertificates? For(LabProof proof) => proof switch
    {
        LabProof.SharedKey => null,
        LabProof.Ecdsa => new LabCertificates(LabKeyKind.EcdsaP256),
        _ => new LabCertificates(LabKeyKind.Rsa2048),
    };

    public string AuthorityPem { get; }

    /// <summary>The certificate of a host that is named by a domain name, with its key.</summary>
    public X509Certificate2 Issue(string host)
    {
        using AsymmetricAlgorithm key = NewKey();
        CertificateRequest request = Request($"CN={host}, O=MobikeX", key);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        byte[] serial = RandomNumberGenerator.GetBytes(8);
        serial[0] &= 0x7f;
        using X509Certificate2 certificate = request.Create(_authority, _from, _to, serial);
        return key switch
        {
            ECDsa ecdsa => certificate.CopyWithPrivateKey(ecdsa),
            RSA rsa => certificate.CopyWithPrivateKey(rsa),
            _ => throw new InvalidOperationException($"no certificate for {key.GetType().Name}"),
        };
    }

    /// <summary>The key of a certificate as PKCS #8 in PEM.</summary>
    public static string KeyPem(X509Certificate2 certificate)
    {
        using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>A certificate with its key and its authority, as NSS imports it.</summary>
    public byte[] Bundle(X509Certificate2 certificate, string password)
    {
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificate(_authority.RawData);
        return new X509Certificate2Collection { certificate, authority }.Export(X509ContentType.Pkcs12, password)!;
    }

    public void Dispose() => _authority.Dispose();

    private static CertificateRequest Request(string subject, AsymmetricAlgorithm key) => key switch
    {
        ECDsa ecdsa => new CertificateRequest(subject, ecdsa, HashAlgorithmName.SHA256),
        RSA rsa => new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        _ => throw new InvalidOperationException($"no request for {key.GetType().Name}"),
    };

    private AsymmetricAlgorithm NewKey() => _kind == LabKeyKind.EcdsaP256 ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
}
