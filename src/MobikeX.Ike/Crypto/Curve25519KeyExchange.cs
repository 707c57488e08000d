using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using MobikeX.Protocol.Ikev2;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace MobikeX.Ike.Crypto;

/// <summary>X25519 (RFC 7748; RFC 8031 for its use in IKEv2).</summary>
internal sealed class Curve25519KeyExchange : KeyExchange
{
    private readonly SecretBytes _privateKey;

    public Curve25519KeyExchange()
        : this(RandomKey())
    {
    }

    /// <summary>Takes a private key over.</summary>
    public Curve25519KeyExchange(SecretBytes privateKey)
        : base(DiffieHellmanGroup.Curve25519)
    {
        _privateKey = privateKey;
        PublicValue = new byte[X25519.PointSize];
        X25519.GeneratePublicKey(privateKey.Span, PublicValue);
    }

    /// <inheritdoc/>
    public override byte[] PublicValue { get; }

    /// <summary>A result of zero is refused: the peer sent a point of small order (RFC 8031, section 2).</summary>
    public override bool TryAgree(ReadOnlySpan<byte> peerPublicValue, [NotNullWhen(true)] out SecretBytes? sharedSecret)
    {
        sharedSecret = null;
        if (peerPublicValue.Length != X25519.PointSize)
        {
            return false;
        }

        var result = new SecretBytes(X25519.PointSize);
        if (!X25519.CalculateAgreement(_privateKey.Span, peerPublicValue, result.Span))
        {
            result.Dispose();
            return false;
        }

        sharedSecret = result;
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _privateKey.Dispose();

    private static SecretBytes RandomKey()
    {
        var key = new SecretBytes(X25519.ScalarSize);
        RandomNumberGenerator.Fill(key.Span);
        return key;
    }
}
