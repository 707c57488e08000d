using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Security.Certificates;
using Org.BouncyCastle.X509;

namespace MobikeX.Ike.Authentication;

/// <summary>A list of the certificates that an authority has revoked (RFC 5280, section 5): a whole one, of an authority's own certificates.</summary>
public sealed class RevocationList
{
    private const string PemLabel = "X509 CRL";

    private readonly HashSet<BigInteger> _revoked = [];
    private readonly byte[] _issuer;
    private readonly byte[] _signed;
    private readonly byte[] _algorithm;
    private readonly byte[] _signature;

    private RevocationList(X509Crl crl, DateTime until)
    {
        foreach (X509CrlEntry entry in crl.GetRevokedCertificates() ?? new HashSet<X509CrlEntry>())
        {
            if (entry.GetCriticalExtensionOids() is { Count: > 0 })
            {
                throw new CrlException("an entry has a critical extension");
            }

            _revoked.Add(entry.SerialNumber);
        }

        Issuer = crl.IssuerDN.ToString();
        _issuer = crl.IssuerDN.GetDerEncoded();
        _signed = crl.GetTbsCertList();
        _algorithm = crl.CertificateList.SignatureAlgorithm.GetDerEncoded();
        _signature = crl.GetSignature();
        From = new DateTimeOffset(DateTime.SpecifyKind(crl.ThisUpdate, DateTimeKind.Utc));
        Until = new DateTimeOffset(DateTime.SpecifyKind(until, DateTimeKind.Utc));
    }

    /// <summary>The authority.</summary>
    public string Issuer { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset From { get; }

    /// <summary>When there is a newer one; after that this one is of no use.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Reads lists in PEM, or one in DER.</summary>
    /// <param name="octets">Those of a file.</param>
    /// <exception cref="CryptographicException">There is none, or one that cannot be relied on, and why.</exception>
    public static IReadOnlyList<RevocationList> Read(byte[] octets)
    {
        _ = octets ?? throw new ArgumentNullException(nameof(octets));
        List<RevocationList> lists = [];
        string text = System.Text.Encoding.Latin1.GetString(octets);
        int at = 0;
        while (PemEncoding.TryFind(text.AsSpan(at), out PemFields found))
        {
            if (text.AsSpan(at)[found.Label] is PemLabel)
            {
                lists.Add(ReadOne(Convert.FromBase64String(text[at..][found.Base64Data])));
            }

            at += found.Location.End.Value;
        }

        return at > 0 && lists.Count == 0 ? throw new CryptographicException("there is no X509 CRL among what is in PEM")
            : lists.Count > 0 ? lists
            : [ReadOne(octets)];
    }

    internal bool IsCurrent(DateTimeOffset now) => From <= now && now <= Until;

    internal bool Has(X509Certificate2 certificate) => _revoked.Contains(new BigInteger(certificate.SerialNumberBytes.ToArray()));

    internal bool Names(X500DistinguishedName issuer) => _issuer.AsSpan().SequenceEqual(issuer.RawData);

    /// <summary>Whether an authority has signed it, and may.</summary>
    internal bool IsOf(X509Certificate2 authority)
    {
        if (!Names(authority.SubjectName) || authority.Extensions.OfType<X509KeyUsageExtension>().Any(static usage => !usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign)))
        {
            return false;
        }

        using AsymmetricAlgorithm? key = (AsymmetricAlgorithm?)authority.GetRSAPublicKey() ?? authority.GetECDsaPublicKey();
        return key is not null && SignatureScheme.Find(_algorithm) is { } scheme && scheme.Fits(key) && scheme.Verify(key, _signed, _signature);
    }

    private static RevocationList ReadOne(byte[] der)
    {
        try
        {
            X509Crl crl = new X509CrlParser().ReadCrl(der) ?? throw new CryptographicException("there is no CRL");
            if (crl.GetCriticalExtensionOids() is { Count: > 0 } critical)
            {
                throw new CryptographicException($"the CRL of {crl.IssuerDN} does not speak of all certificates of its issuer: critical extension {string.Join(", ", critical)}");
            }

            return crl.NextUpdate is { } until
                ? new RevocationList(crl, until)
                : throw new CryptographicException($"the CRL of {crl.IssuerDN} does not say when there is a newer one");
        }
        catch (Exception fault) when (fault is GeneralSecurityException or IOException or ArgumentException or FormatException or InvalidCastException)
        {
            throw new CryptographicException($"the CRL cannot be read: {fault.Message}", fault);
        }
    }
}
