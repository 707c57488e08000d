using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Crypto;

/// <summary>ECP groups: a public value is x | y, the shared secret is x (RFC 5903, section 7).</summary>
internal sealed class EcpKeyExchange : KeyExchange
{
    private readonly ECDiffieHellman _key;
    private readonly ECCurve _curve;

    public EcpKeyExchange(DiffieHellmanGroup group)
        : this(group, ECDiffieHellman.Create(Curve(group)))
    {
    }

    /// <summary>Takes a key pair of the group's curve over.</summary>
    public EcpKeyExchange(DiffieHellmanGroup group, ECDiffieHellman key)
        : base(group)
    {
        _key = key;
        _curve = Curve(group);
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        PublicValue = [.. point.X!, .. point.Y!];
    }

    /// <inheritdoc/>
    public override byte[] PublicValue { get; }

    /// <inheritdoc/>
    public override bool TryAgree(ReadOnlySpan<byte> peerPublicValue, [NotNullWhen(true)] out SecretBytes? sharedSecret)
    {
        sharedSecret = null;
        if (peerPublicValue.Length != PublicValue.Length)
        {
            return false;
        }

        int coordinate = peerPublicValue.Length / 2;
        var parameters = new ECParameters
        {
            Curve = _curve,
            Q = new ECPoint { X = peerPublicValue[..coordinate].ToArray(), Y = peerPublicValue[coordinate..].ToArray() },
        };
        try
        {
            using var peer = ECDiffieHellman.Create(parameters);
            using ECDiffieHellmanPublicKey publicKey = peer.PublicKey;
            sharedSecret = SecretBytes.TakeFrom(_key.DeriveRawSecretAgreement(publicKey));
            return true;
        }
        catch (CryptographicException)
        {
            // The platform refuses what is not a point of the curve, as RFC 6989, section 2.3 asks for.
            return false;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _key.Dispose();

    private static ECCurve Curve(DiffieHellmanGroup group) => group switch
    {
        DiffieHellmanGroup.Ecp256 => ECCurve.NamedCurves.nistP256,
        DiffieHellmanGroup.Ecp384 => ECCurve.NamedCurves.nistP384,
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, null),
    };
}
