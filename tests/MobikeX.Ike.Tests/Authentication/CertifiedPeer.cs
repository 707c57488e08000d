using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MobikeX.Ike.Authentication;

namespace MobikeX.Ike.Tests.Authentication;

/// <summary>A peer with a certificate, and what it is held against: the authority that issued it.</summary>
internal sealed class CertifiedPeer : IDisposable
{
    private readonly X509Certificate2 _authority = Certificates.Authority();
    private readonly AsymmetricAlgorithm _key;

    /// <summary>Takes the key over; one of P-256 is made where there is none.</summary>
    public CertifiedPeer(AsymmetricAlgorithm? key = null)
    {
        _key = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Own = new OwnCertificate(Certificates.Issue(_authority, _key));
        Anchors = new TrustAnchors([X509CertificateLoader.LoadCertificate(_authority.RawData)]);
    }

    public OwnCertificate Own { get; }

    public TrustAnchors Anchors { get; }

    public void Dispose()
    {
        Own.Dispose();
        Anchors.Dispose();
        _key.Dispose();
        _authority.Dispose();
    }
}
