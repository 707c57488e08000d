using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Authentication;

/// <summary>Who a certificate is for, in the identities of IKE (RFC 4945, section 3.1): its subject and its subjectAltName.</summary>
internal static class CertificateNames
{
    // GeneralName (RFC 5280, section 4.2.1.6).
    private static readonly Asn1Tag Rfc822Name = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag DirectoryName = new(TagClass.ContextSpecific, 4, isConstructed: true);
    private static readonly Asn1Tag IPAddressName = new(TagClass.ContextSpecific, 7);

    /// <summary>All identities that a certificate stands for; those of an extension that cannot be read are none.</summary>
    public static IReadOnlyList<Identification> Of(X509Certificate2 certificate)
    {
        List<Identification> names = [new(IdentificationType.DerAsn1Dn, certificate.SubjectName.RawData)];
        foreach (X509SubjectAlternativeNameExtension extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            try
            {
                AddGeneralNames(extension.RawData, names);
            }
            catch (AsnContentException)
            {
                return [];
            }
        }

        return names;
    }

    private static void AddGeneralNames(byte[] der, List<Identification> names)
    {
        AsnReader sequence = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            Asn1Tag tag = sequence.PeekTag();
            if (tag == DirectoryName)
            {
                names.Add(new Identification(IdentificationType.DerAsn1Dn, sequence.ReadSequence(DirectoryName).ReadEncodedValue().ToArray()));
            }
            else if (tag == Rfc822Name || tag == DnsName || tag == IPAddressName)
            {
                byte[] value = sequence.ReadOctetString(tag);
                if (TypeOf(tag, value.Length) is { } type)
                {
                    names.Add(new Identification(type, value));
                }
            }
            else
            {
                _ = sequence.ReadEncodedValue();
            }
        }
    }

    private static IdentificationType? TypeOf(Asn1Tag tag, int length) => length switch
    {
        _ when tag == Rfc822Name => IdentificationType.Rfc822Address,
        _ when tag == DnsName => IdentificationType.Fqdn,
        IpAddress.IPv4Length => IdentificationType.IPv4Address,
        IpAddress.IPv6Length => IdentificationType.IPv6Address,
        _ => null,
    };
}
