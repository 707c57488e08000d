using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using MobikeX.Ike.Authentication;
using MobikeX.Ike.Messages;

namespace MobikeX.Ike.Tests.Authentication;

/// <summary>Certificates that their issuers have revoked (RFC 5280, section 6.3).</summary>
public sealed class RevocationTests : IDisposable
{
    private static readonly DateTimeOffset Now = Certificates.Begin.AddYears(1);

    private readonly X509Certificate2 _root = Certificates.Authority();
    private readonly X509Certificate2 _intermediate;
    private readonly X509Certificate2 _peer;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public RevocationTests()
    {
        _intermediate = Certificates.Authority("O=Example, CN=Intermediate", _root);
        _peer = Certificates.Issue(_intermediate, _key);
    }

    public void Dispose()
    {
        _peer.Dispose();
        _intermediate.Dispose();
        _root.Dispose();
        _key.Dispose();
    }

    [Fact]
    public void One_that_is_in_no_list_is_taken()
    {
        Assert.Equal(AuthenticationResult.Ok, Validate());
        Assert.Equal(AuthenticationResult.Ok, Validate(List(_root), List(_intermediate)));
    }

    [Fact]
    public void One_that_its_issuer_has_revoked_is_refused() =>
        Assert.Equal(AuthenticationResult.RevokedCertificate, Validate(List(_intermediate, revoked: _peer)));

    [Fact]
    public void One_of_an_authority_in_between_that_was_revoked_is_refused() =>
        Assert.Equal(AuthenticationResult.RevokedCertificate, Validate(List(_root, revoked: _intermediate), List(_intermediate)));

    [Fact]
    public void An_issuer_revokes_its_own_certificates_alone() =>
        Assert.Equal(AuthenticationResult.Ok, Validate(List(_root, revoked: _peer), List(_intermediate, revoked: _intermediate)));

    [Fact]
    public void A_list_counts_while_it_is_in_date()
    {
        byte[] late = List(_intermediate, until: Now.AddDays(-1)), early = List(_intermediate, from: Now.AddDays(1), until: Now.AddDays(2));
        Assert.Equal(AuthenticationResult.UnknownRevocation, Validate(late));
        Assert.Equal(AuthenticationResult.UnknownRevocation, Validate(early));
        Assert.Equal(AuthenticationResult.Ok, Validate(late, List(_intermediate)));
        Assert.Equal(AuthenticationResult.RevokedCertificate, Validate(List(_intermediate, until: Now.AddDays(-1), revoked: _peer)));
    }

    [Fact]
    public void A_list_that_somebody_else_signed_in_the_name_of_the_issuer_proves_nothing()
    {
        using X509Certificate2 sameName = Certificates.Authority("O=Example, CN=Intermediate", _root);
        Assert.Equal(AuthenticationResult.UnknownRevocation, Validate(List(sameName)));
        Assert.Equal(AuthenticationResult.UnknownRevocation, Validate(List(sameName, revoked: _peer)));
        Assert.Equal(AuthenticationResult.Ok, Validate(List(sameName, revoked: _peer), List(_intermediate)));
    }

    [Fact]
    public void A_list_in_the_name_of_a_trusted_authority_has_its_signature()
    {
        using X509Certificate2 sameName = Certificates.Authority();
        IReadOnlyList<RevocationList> lists = RevocationList.Read(List(sameName));
        Assert.Throws<ArgumentException>(() => new TrustAnchors([_root], lists));
    }

    [Fact]
    public void Lists_are_read_in_DER_and_in_PEM()
    {
        byte[] der = List(_root);
        string pem = PemEncoding.WriteString("X509 CRL", der);
        Assert.Equal(Now.AddDays(1), Assert.Single(RevocationList.Read(der)).Until);
        Assert.Equal(2, RevocationList.Read(System.Text.Encoding.ASCII.GetBytes($"{_root.ExportCertificatePem()}\n{pem}\n{pem}\n")).Count);
    }

    [Fact]
    public void Any_octets_may_come_instead_of_a_list()
    {
        byte[] der = List(_root, revoked: _intermediate);
        Assert.Throws<CryptographicException>(() => RevocationList.Read([]));
        Assert.Throws<CryptographicException>(() => RevocationList.Read(System.Text.Encoding.ASCII.GetBytes(_root.ExportCertificatePem())));
        Gen.Select(Gen.Int[0, der.Length - 1], Gen.Byte).Sample((index, value) =>
        {
            byte[] changed = [.. der];
            changed[index] = value;
            try
            {
                bool isSame = changed.AsSpan().SequenceEqual(der);
                Assert.All(RevocationList.Read(changed), list => Assert.True(isSame || !list.IsOf(_root)));
            }
            catch (CryptographicException)
            {
                // It is no list any more.
            }
        }, iter: 300);
    }

    private AuthenticationResult Validate(params byte[][] lists)
    {
        using var anchors = new TrustAnchors([X509CertificateLoader.LoadCertificate(_root.RawData)], lists.SelectMany(RevocationList.Read));
        using var chain = CertificateChain.Read([_peer.RawData, _intermediate.RawData]);
        Assert.True(Identification.TryParse("peer.example.net", out Identification? identity));
        return chain.Validate(anchors, identity, Now);
    }

    private static byte[] List(X509Certificate2 issuer, DateTimeOffset? from = null, DateTimeOffset? until = null, X509Certificate2? revoked = null)
    {
        var builder = new CertificateRevocationListBuilder();
        if (revoked is not null)
        {
            builder.AddEntry(revoked, Now.AddDays(-10));
        }

        return builder.Build(issuer, 1, until ?? Now.AddDays(1), HashAlgorithmName.SHA256, thisUpdate: from ?? Now.AddDays(-5));
    }
}
