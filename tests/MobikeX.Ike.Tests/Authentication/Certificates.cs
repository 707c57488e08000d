using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MobikeX.Ike.Tests.Authentication;

/// <summary>An authority of the tests and the certificates that it issues.</summary>
internal static class Certificates
{
    public static readonly DateTimeOffset Begin = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = new(2034, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static X509Certificate2 Authority(string name = "O=Example, CN=Root", X509Certificate2? issuer = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (issuer is null)
        {
            return request.CreateSelfSigned(Begin, End);
        }

        using X509Certificate2 issued = request.Create(issuer, Begin, End, SerialNumber());
        return issued.CopyWithPrivateKey(key);
    }

    public static X509Certificate2 Issue(
        X509Certificate2 issuer,
        AsymmetricAlgorithm key,
        string subject = "O=Example, CN=peer",
        X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature,
        DateTimeOffset? end = null,
        bool isAuthority = false)
    {
        CertificateRequest request = key is RSA rsa
            ? new(Name(subject), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new(Name(subject), (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("peer.example.net");
        names.AddEmailAddress("peer@example.net");
        names.AddIpAddress(IPAddress.Parse("192.0.2.1"));
        names.AddIpAddress(IPAddress.Parse("2001:db8::1"));
        names.AddUri(new Uri("https://example.net/"));
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(
            issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!), Begin, end ?? End, SerialNumber());
        return key is RSA own ? issued.CopyWithPrivateKey(own) : issued.CopyWithPrivateKey((ECDsa)key);
    }

    // In the order of the text: the platform would turn it around.
    private static X500DistinguishedName Name(string text) => new(text, X500DistinguishedNameFlags.None);

    private static byte[] SerialNumber()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(8);
        serial[0] &= 0x7f;
        return serial;
    }
}
