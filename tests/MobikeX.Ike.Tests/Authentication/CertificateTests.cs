using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using MobikeX.Ike.Authentication;
using MobikeX.Ike.Messages;
using MobikeX.Ike.Tests.Crypto;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests.Authentication;

public sealed class CertificateTests : IDisposable
{
    private const PseudorandomFunction Function = PseudorandomFunction.HmacSha256;

    private static readonly byte[] Signed = Suites.Octets(200, 1);
    private static readonly DateTimeOffset Now = Certificates.Begin.AddYears(1);

    private readonly X509Certificate2 _root = Certificates.Authority();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TrustAnchors _anchors;

    public CertificateTests()
    {
        _anchors = new TrustAnchors([X509CertificateLoader.LoadCertificate(_root.RawData)]);
    }

    public void Dispose()
    {
        _anchors.Dispose();
        _key.Dispose();
        _root.Dispose();
    }

    /// <summary>RFC 4945, section 3.1: an identity stands in the certificate, as its subject or in its subjectAltName.</summary>
    [Theory]
    [InlineData("peer.example.net", true)]
    [InlineData("PEER.example.net", true)]
    [InlineData("other.example.net", false)]
    [InlineData("example.net", false)]
    [InlineData("peer@example.net", true)]
    [InlineData("other@example.net", false)]
    [InlineData("192.0.2.1", true)]
    [InlineData("192.0.2.2", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db8::2", false)]
    [InlineData("O=Example, CN=peer", true)]
    [InlineData("O=Example, CN=other", false)]
    [InlineData("CN=peer", false)]
    [InlineData("@#7065657200", false)]
    public void An_identity_stands_in_the_certificate(string identity, bool stands)
    {
        using var own = new OwnCertificate(Certificates.Issue(_root, _key));
        Assert.Equal(stands ? AuthenticationResult.Ok : AuthenticationResult.IdentityNotInCertificate, Verify(own, identity: identity));
    }

    [Fact]
    public void A_certificate_of_another_authority_is_refused()
    {
        using X509Certificate2 other = Certificates.Authority();
        using var own = new OwnCertificate(Certificates.Issue(other, _key));
        Assert.Equal(AuthenticationResult.UntrustedCertificate, Verify(own));
        Assert.Equal(AuthenticationResult.UntrustedCertificate, Verify([.. own.Chain, other.RawData], own.Key));
    }

    [Fact]
    public void Certificates_are_valid_at_times()
    {
        using var own = new OwnCertificate(Certificates.Issue(_root, _key, end: Now.AddDays(1)));
        Assert.Equal(AuthenticationResult.Ok, Verify(own));
        Assert.Equal(AuthenticationResult.Ok, Verify(own, now: Now.AddHours(23)));
        Assert.Equal(AuthenticationResult.ExpiredCertificate, Verify(own, now: Now.AddHours(25)));
        Assert.Equal(AuthenticationResult.ExpiredCertificate, Verify(own, now: Certificates.Begin.AddHours(-1)));
        Assert.Equal(AuthenticationResult.ExpiredCertificate, Verify(own, now: Certificates.End.AddDays(1)));
    }

    [Fact]
    public void Intermediates_of_the_peer_lead_to_the_authority()
    {
        using X509Certificate2 intermediate = Certificates.Authority("O=Example, CN=Intermediate", _root);
        using var own = new OwnCertificate(Certificates.Issue(intermediate, _key), [intermediate]);
        Assert.Equal(2, own.Chain.Count);
        Assert.Equal(AuthenticationResult.Ok, Verify(own));
        Assert.Equal(AuthenticationResult.Ok, Verify([own.Chain[0], [1, 2, 3], own.Chain[1]], own.Key));
        Assert.Equal(AuthenticationResult.UntrustedCertificate, Verify([own.Chain[0]], own.Key));
    }

    /// <summary>The certificate of a host is no authority, though one issued it.</summary>
    [Fact]
    public void A_host_does_not_issue_certificates()
    {
        using var hostKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 host = Certificates.Issue(_root, hostKey, "O=Example, CN=host");
        using var own = new OwnCertificate(Certificates.Issue(host, _key), [host]);
        Assert.Equal(AuthenticationResult.UntrustedCertificate, Verify(own));
    }

    [Fact]
    public void A_peer_may_be_trusted_by_its_own_certificate()
    {
        var request = new CertificateRequest("CN=peer", _key, HashAlgorithmName.SHA256);
        using var own = new OwnCertificate(request.CreateSelfSigned(Certificates.Begin, Certificates.End));
        using var anchors = new TrustAnchors([X509CertificateLoader.LoadCertificate(own.Certificate.RawData)]);
        Assert.Equal(AuthenticationResult.Ok, Verify(own.Chain, own.Key, "CN=peer", anchors: anchors));
        Assert.Equal(AuthenticationResult.UntrustedCertificate, Verify(own.Chain, own.Key, "CN=peer"));
    }

    /// <summary>RFC 4945, section 5.1.3.2.</summary>
    [Theory]
    [InlineData(X509KeyUsageFlags.DigitalSignature, true)]
    [InlineData(X509KeyUsageFlags.NonRepudiation, true)]
    [InlineData(X509KeyUsageFlags.KeyEncipherment, false)]
    public void The_key_is_one_that_signs(X509KeyUsageFlags usage, bool signs)
    {
        using var own = new OwnCertificate(Certificates.Issue(_root, _key, usage: usage));
        Assert.Equal(signs ? AuthenticationResult.Ok : AuthenticationResult.NoCertificate, Verify(own));
    }

    /// <summary>RFC 8247, section 4.1.</summary>
    [Fact]
    public void A_short_rsa_key_is_refused()
    {
        using var rsa = RSA.Create(1024);
        using var own = new OwnCertificate(Certificates.Issue(_root, rsa));
        Assert.Equal(AuthenticationResult.NoCertificate, Verify(own));
    }

    [Fact]
    public void A_signature_of_somebody_elses_key_is_refused()
    {
        using var own = new OwnCertificate(Certificates.Issue(_root, _key));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(AuthenticationResult.BadProof, Verify(own.Chain, other));
    }

    [Fact]
    public void Without_a_certificate_there_is_no_key()
    {
        Assert.Equal(AuthenticationResult.NoCertificate, Verify([], _key));
        Assert.Equal(AuthenticationResult.NoCertificate, Verify([[]], _key));
        Assert.Equal(AuthenticationResult.NoCertificate, Verify([[0x30, 0x82]], _key));
    }

    [Fact]
    public void Any_octets_may_come_instead_of_a_certificate()
    {
        using X509Certificate2 issued = Certificates.Issue(_root, _key);
        byte[] der = issued.RawData;
        Gen.Select(Gen.Int[0, der.Length - 1], Gen.Byte).Sample((index, value) =>
        {
            byte[] changed = [.. der];
            changed[index] = value;
            AuthenticationResult result = Verify([changed], _key);
            Assert.True(result != AuthenticationResult.Ok || changed.AsSpan().SequenceEqual(der));
        }, iter: 300);
        Gen.Byte.Array[0, 100].Sample(octets => Assert.Equal(AuthenticationResult.NoCertificate, Verify([octets], _key)), iter: 100);
    }

    /// <summary>RFC 7296, section 3.7: SHA-1 of each authority's SubjectPublicKeyInfo.</summary>
    [Fact]
    public void Authorities_are_named_by_the_hashes_of_their_keys()
    {
        using X509Certificate2 other = Certificates.Authority("CN=Other");
        using var anchors = new TrustAnchors([X509CertificateLoader.LoadCertificate(_root.RawData), X509CertificateLoader.LoadCertificate(other.RawData)]);
        using ECDsa rootKey = _root.GetECDsaPublicKey()!;
        using ECDsa otherKey = other.GetECDsaPublicKey()!;
        Assert.Equal([.. SHA1.HashData(rootKey.ExportSubjectPublicKeyInfo()), .. SHA1.HashData(otherKey.ExportSubjectPublicKeyInfo())], anchors.AuthorityHashes);
    }

    [Fact]
    public void Trust_begins_at_a_root()
    {
        Assert.Throws<ArgumentException>(() => new TrustAnchors([]));
        using X509Certificate2 host = Certificates.Issue(_root, _key);
        Assert.Throws<ArgumentException>(() => new TrustAnchors([host]));
    }

    private AuthenticationResult Verify(OwnCertificate own, DateTimeOffset? now = null, string identity = "peer.example.net") => Verify(own.Chain, own.Key, identity, now);

    private AuthenticationResult Verify(
        IReadOnlyList<byte[]> chain, AsymmetricAlgorithm key, string identity = "peer.example.net", DateTimeOffset? now = null, TrustAnchors? anchors = null)
    {
        Assert.True(Identification.TryParse(identity, out Identification? name));
        SignatureScheme scheme = SignatureScheme.Choose(key, Announced.Hashes)!;
        byte[] data = [(byte)scheme.Identifier.Length, .. scheme.Identifier, .. scheme.Sign(key, Signed)];
        return PeerAuthentication.Verify(anchors ?? _anchors, Function, Announced.Hashes, name, AuthenticationMethod.DigitalSignature, data, chain, Signed, now ?? Now);
    }
}
