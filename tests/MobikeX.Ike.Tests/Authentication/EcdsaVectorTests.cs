using System.Security.Cryptography;
using System.Text;
using MobikeX.Ike.Authentication;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Tests.Authentication;

/// <summary>RFC 4754, section 8.2: ECDSA-384 over "abc", its public key and its signature as the RFC writes them.</summary>
public class EcdsaVectorTests
{
    private const string PublicX = "96281bf8dd5e0525ca049c048d345d3082968d10fedf5c5aca0c64e6465a97ea5ce10c9dfec21797415710721f437922";
    private const string PublicY = "447688ba94708eb6e2e4d59f6ab6d7edff9301d249fe49c33096655f5d502fad3d383b91c5e7edaa2b714cc99d5743ca";
    private const string R = "fb017b914e29149432d8bac29a514640b46f53ddab2c69948084e2930f1c8f7e08e07c9c63f2d21a07dcb56a6af56eb3";
    private const string S = "b263a1305e057f984d38726a1b46874109f417bca112674c528262a40a629af1cbb9f516ce0fa7d2ff630863a00e8b9f";

    private static readonly byte[] Message = Encoding.ASCII.GetBytes("abc");

    [Fact]
    public void The_signature_of_the_RFC_is_taken()
    {
        using ECDsa key = Key();
        Assert.True(LegacySignature.Verify(AuthenticationMethod.EcdsaSha384P384, key, Message, Convert.FromHexString(R + S), withSha1: false));
    }

    [Fact]
    public void Another_message_another_method_and_another_order_are_not()
    {
        using ECDsa key = Key();
        Assert.False(LegacySignature.Verify(AuthenticationMethod.EcdsaSha384P384, key, [.. Message, 0], Convert.FromHexString(R + S), withSha1: false));
        Assert.False(LegacySignature.Verify(AuthenticationMethod.EcdsaSha256P256, key, Message, Convert.FromHexString(R + S), withSha1: false));
        Assert.False(LegacySignature.Verify(AuthenticationMethod.EcdsaSha384P384, key, Message, Convert.FromHexString(S + R), withSha1: false));
    }

    private static ECDsa Key() => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP384,
        Q = new ECPoint { X = Convert.FromHexString(PublicX), Y = Convert.FromHexString(PublicY) },
    });
}
