using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MobikeX.Ike.Authentication;
using MobikeX.Ike.Messages;
using MobikeX.Ike.Tests.Crypto;
using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Ikev2.Signatures;

namespace MobikeX.Ike.Tests.Authentication;

public class SignatureTests
{
    private const PseudorandomFunction Function = PseudorandomFunction.HmacSha256;

    private static readonly byte[] Signed = Suites.Octets(200, 1);
    private static readonly Identification Peer = new(IdentificationType.Fqdn, Encoding.ASCII.GetBytes("peer.example.net"));

    /// <summary>RFC 7427, appendix A: the AlgorithmIdentifiers as they go over the wire.</summary>
    [Theory]
    [InlineData("300d06092a864886f70d01010b0500", SignatureHash.Sha256)]
    [InlineData("300d06092a864886f70d01010c0500", SignatureHash.Sha384)]
    [InlineData("300d06092a864886f70d01010d0500", SignatureHash.Sha512)]
    [InlineData("300b06092a864886f70d01010b", SignatureHash.Sha256)]
    [InlineData("300a06082a8648ce3d040302", SignatureHash.Sha256)]
    [InlineData("300a06082a8648ce3d040303", SignatureHash.Sha384)]
    [InlineData("300a06082a8648ce3d040304", SignatureHash.Sha512)]
    [InlineData("304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120", SignatureHash.Sha256)]
    public void Algorithms_are_found_by_their_identifiers(string identifier, SignatureHash hash) =>
        Assert.Equal(hash, SignatureScheme.Find(Convert.FromHexString(identifier))?.Hash);

    /// <summary>RFC 8247, section 3.2: no SHA-1 (appendices A.1.1, A.3.1 and A.4.1 of RFC 7427); and no algorithm that is cut short.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("300d06092a864886f70d0101050500")]
    [InlineData("300906072a8648ce3d0401")]
    [InlineData("300d06092a864886f70d01010a3000")]
    [InlineData("300a06082a8648ce3d0403")]
    public void Other_algorithms_are_not_taken(string identifier) => Assert.Null(SignatureScheme.Find(Convert.FromHexString(identifier)));

    public static TheoryData<string, SignatureHash[]?, AuthenticationMethod, string> Keys => new()
    {
        { "P-256", [SignatureHash.Sha256, SignatureHash.Sha384, SignatureHash.Sha512], AuthenticationMethod.DigitalSignature, "0c300a06082a8648ce3d040302" },
        { "P-384", [SignatureHash.Sha256, SignatureHash.Sha384, SignatureHash.Sha512], AuthenticationMethod.DigitalSignature, "0c300a06082a8648ce3d040303" },
        { "P-384", [SignatureHash.Sha1, SignatureHash.Sha512], AuthenticationMethod.DigitalSignature, "0c300a06082a8648ce3d040304" },
        { "P-521", [SignatureHash.Sha256, SignatureHash.Sha512], AuthenticationMethod.DigitalSignature, "0c300a06082a8648ce3d040304" },
        { "RSA", [SignatureHash.Sha256, SignatureHash.Sha512], AuthenticationMethod.DigitalSignature, "43304106092a864886f70d01010a3034a00f300d06096086480165030402010500" },
        { "RSA", [SignatureHash.Sha512], AuthenticationMethod.DigitalSignature, "43304106092a864886f70d01010a3034a00f300d06096086480165030402030500" },
        { "P-256", null, AuthenticationMethod.EcdsaSha256P256, "" },
        { "P-384", null, AuthenticationMethod.EcdsaSha384P384, "" },
        { "P-521", null, AuthenticationMethod.EcdsaSha512P521, "" },
        { "RSA", null, AuthenticationMethod.RsaDigitalSignature, "" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void What_one_end_signs_the_other_verifies(string kind, SignatureHash[]? hashes, AuthenticationMethod method, string begin)
    {
        using CertifiedPeer peer = new(Key(kind));
        (AuthenticationMethod used, byte[] data) = Assert.NotNull(OwnAuthentication.Create(peer.Own, Function, hashes, Signed));
        Assert.Equal(method, used);
        Assert.StartsWith(begin, Convert.ToHexStringLower(data), StringComparison.Ordinal);
        Assert.Equal(AuthenticationResult.Ok, Verify(peer, method, data, Signed));

        Assert.Equal(AuthenticationResult.BadProof, Verify(peer, method, data, [.. Signed, 0]));
        for (int i = data.Length - 1; i >= 0; i -= 7)
        {
            byte[] changed = [.. data];
            changed[i] ^= 0x40;
            Assert.NotEqual(AuthenticationResult.Ok, Verify(peer, method, changed, Signed));
        }

        foreach (int length in (int[])[0, 1, 2, 20, data.Length - 1])
        {
            Assert.NotEqual(AuthenticationResult.Ok, Verify(peer, method, data[..length], Signed));
        }

        Assert.Equal(AuthenticationResult.WrongMethod, Verify(peer, AuthenticationMethod.SharedKeyMessageIntegrityCode, data, Signed));
        Assert.Equal(AuthenticationResult.WrongMethod, Verify(peer, AuthenticationMethod.Null, data, Signed));
    }

    [Fact]
    public void Rsa_with_pkcs1_padding_of_a_peer_is_taken()
    {
        using var key = RSA.Create(2048);
        using CertifiedPeer peer = new(key);
        byte[] identifier = Convert.FromHexString("300d06092a864886f70d01010c0500");
        byte[] data = [(byte)identifier.Length, .. identifier, .. key.SignData(Signed, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)];
        Assert.Equal(AuthenticationResult.Ok, Verify(peer, AuthenticationMethod.DigitalSignature, data, Signed));
        data[1 + identifier.Length - 3]--;
        Assert.Equal(AuthenticationResult.BadProof, Verify(peer, AuthenticationMethod.DigitalSignature, data, Signed));
    }

    /// <summary>RFC 7427, section 4: one that announced hashes could have signed with a better one.</summary>
    [Fact]
    public void Sha1_of_a_peer_that_announced_hashes_is_not_taken()
    {
        using CertifiedPeer peer = new(RSA.Create(2048));
        (AuthenticationMethod method, byte[] data) = Assert.NotNull(OwnAuthentication.Create(peer.Own, Function, null, Signed));

        Assert.Equal(AuthenticationResult.Ok, Verify(peer, method, data, Signed));
        Assert.Equal(AuthenticationResult.BadProof, Verify(peer, method, data, Signed, [SignatureHash.Sha256]));
        Assert.Equal(AuthenticationResult.BadProof, Verify(peer, method, data, Signed, []));
    }

    [Fact]
    public void An_algorithm_of_another_kind_of_key_is_refused()
    {
        using CertifiedPeer peer = new();
        byte[] identifier = Convert.FromHexString("300d06092a864886f70d01010b0500");
        Assert.Equal(AuthenticationResult.WrongMethod, Verify(peer, AuthenticationMethod.DigitalSignature, [(byte)identifier.Length, .. identifier, 1, 2, 3], Signed));
        Assert.Equal(AuthenticationResult.BadProof, Verify(peer, AuthenticationMethod.RsaDigitalSignature, [1, 2, 3], Signed));
        Assert.Equal(AuthenticationResult.BadProof, Verify(peer, AuthenticationMethod.EcdsaSha384P384, new byte[96], Signed));
    }

    /// <summary>RFC 7427, section 4: only hashes that the other end announced are used.</summary>
    [Fact]
    public void Without_a_hash_in_common_nothing_is_signed()
    {
        using CertifiedPeer peer = new();
        Assert.Null(OwnAuthentication.Create(peer.Own, Function, [SignatureHash.Sha1, SignatureHash.Identity], Signed));
        Assert.Null(OwnAuthentication.Create(peer.Own, Function, [], Signed));
        Assert.Equal([SignatureHash.Sha256, SignatureHash.Sha384, SignatureHash.Sha512], Announced.Hashes);
    }

    [Fact]
    public void Own_credentials_are_what_can_prove()
    {
        using X509Certificate2 authority = Certificates.Authority();
        using X509Certificate2 publicOnly = X509CertificateLoader.LoadCertificate(authority.RawData);
        Assert.Throws<ArgumentException>(() => new OwnCertificate(publicOnly));
        using var anchors = new TrustAnchors([X509CertificateLoader.LoadCertificate(authority.RawData)]);
        Assert.Throws<ArgumentException>(() => OwnAuthentication.Create(anchors, Function, null, Signed));
    }

    private static AuthenticationResult Verify(CertifiedPeer peer, AuthenticationMethod method, byte[] data, byte[] octets, SignatureHash[]? hashes = null) =>
        PeerAuthentication.Verify(peer.Anchors, Function, hashes, Peer, method, data, peer.Own.Chain, octets, Certificates.Begin.AddYears(1));

    private static AsymmetricAlgorithm Key(string kind) => kind switch
    {
        "P-256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        "P-384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        "P-521" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
        _ => RSA.Create(2048),
    };
}
