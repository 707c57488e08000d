using System.Security.Cryptography;
using System.Text;
using MobikeX.Ike.Authentication;
using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Ike.Tests.Crypto;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests.Authentication;

public class SharedKeyProofTests
{
    private const PseudorandomFunction Function = PseudorandomFunction.HmacSha256;

    private static readonly Identification Peer = new(IdentificationType.Fqdn, Encoding.ASCII.GetBytes("peer.example.net"));

    /// <summary>RFC 7296, section 2.15: AUTH = prf(prf(Shared Secret, "Key Pad for IKEv2"), SignedOctets).</summary>
    [Fact]
    public void The_proof_is_that_of_the_document()
    {
        using var key = new PresharedKey("secret"u8);
        byte[] octets = Suites.Octets(100, 1);
        (AuthenticationMethod method, byte[] data) = Assert.NotNull(OwnAuthentication.Create(key, Function, null, octets));
        Assert.Equal(AuthenticationMethod.SharedKeyMessageIntegrityCode, method);
        Assert.Equal(HMACSHA256.HashData(HMACSHA256.HashData("secret"u8, "Key Pad for IKEv2"u8), octets), data);
    }

    [Fact]
    public void The_same_key_proves_the_same_octets_alone()
    {
        using var key = new PresharedKey("secret"u8);
        using var same = new PresharedKey("secret"u8);
        using var other = new PresharedKey("Secret"u8);
        byte[] octets = Suites.Octets(100, 1);
        (AuthenticationMethod method, byte[] data) = Assert.NotNull(OwnAuthentication.Create(key, Function, null, octets));
        Assert.Equal(AuthenticationResult.Ok, Verify(same, method, data, octets));
        Assert.Equal(AuthenticationResult.BadProof, Verify(other, method, data, octets));
        Assert.Equal(AuthenticationResult.BadProof, Verify(same, method, data, octets[1..]));
        Assert.Equal(AuthenticationResult.BadProof, Verify(same, method, data[1..], octets));
        Assert.Equal(AuthenticationResult.BadProof, Verify(same, method, [], octets));
        Assert.Equal(AuthenticationResult.BadProof, Verify(same, method, [.. data, 0], octets));
        Assert.Equal(AuthenticationResult.WrongMethod, Verify(same, AuthenticationMethod.DigitalSignature, data, octets));
        Assert.Equal(AuthenticationResult.WrongMethod, Verify(same, AuthenticationMethod.Null, data, octets));
    }

    /// <summary>RFC 7296, section 2.15: RealMessage | Nonce | prf(SK_p, RestOfIDPayload).</summary>
    [Fact]
    public void Signed_octets_are_those_of_the_document()
    {
        using var skp = SecretBytes.CopyOf(Suites.Octets(32, 7));
        byte[] message = Suites.Octets(60, 1);
        byte[] nonce = Suites.Octets(32, 90);
        byte[] identity = [2, 0, 0, 0, .. "peer"u8];
        byte[] octets = SignedOctets.Build(Function, message, nonce, skp, identity);
        Assert.Equal([.. message, .. nonce, .. HMACSHA256.HashData(skp.Span, identity)], octets);
    }

    [Fact]
    public void A_key_is_not_empty_and_is_zeroed()
    {
        Assert.Throws<ArgumentException>(() => new PresharedKey([]));
        var key = new PresharedKey("secret"u8);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => OwnAuthentication.Create(key, Function, null, new byte[1]));
    }

    private static AuthenticationResult Verify(Credential expected, AuthenticationMethod method, byte[] data, byte[] octets) =>
        PeerAuthentication.Verify(expected, Function, null, Peer, method, data, [], octets, DateTimeOffset.UnixEpoch);
}
