using System.Diagnostics.CodeAnalysis;
using MobikeX.Protocol.Ikev2;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities;

namespace MobikeX.Ike.Crypto;

/// <summary>The 2048-bit MODP group (RFC 3526, section 3), for peers that have no other.</summary>
/// <remarks>
/// The platform has no Diffie-Hellman of this kind, so that the arithmetic is BouncyCastle's. Its numbers cannot be zeroed: they are garbage
/// once the exchange is over. Its exponentiation is neither blinded nor constant in time: how long it takes tells something of the exponent.
/// So a pair is made for each exchange and used once, which leaves one measurement and no more to whoever measures. The groups of curves
/// have neither weakness, and come first where both are offered.
/// </remarks>
internal sealed class ModpKeyExchange : KeyExchange
{
    private static readonly DHParameters Parameters = DHStandardGroups.rfc3526_2048;
    private static readonly int ValueLength = BigIntegers.GetUnsignedByteLength(Parameters.P);
    private static readonly SecureRandom SystemGenerator = new(new CryptoApiRandomGenerator());

    private AsymmetricCipherKeyPair? _pair;

    public ModpKeyExchange()
        : base(DiffieHellmanGroup.Modp2048)
    {
        var generator = new DHKeyPairGenerator();
        generator.Init(new DHKeyGenerationParameters(SystemGenerator, Parameters));
        _pair = generator.GenerateKeyPair();
        PublicValue = BigIntegers.AsUnsignedByteArray(ValueLength, ((DHPublicKeyParameters)_pair.Public).Y);
    }

    /// <inheritdoc/>
    public override byte[] PublicValue { get; }

    /// <inheritdoc/>
    public override bool TryAgree(ReadOnlySpan<byte> peerPublicValue, [NotNullWhen(true)] out SecretBytes? sharedSecret)
    {
        ObjectDisposedException.ThrowIf(_pair is null, this);
        sharedSecret = null;
        if (peerPublicValue.Length != ValueLength || !TryReadPublicValue(peerPublicValue, out DHPublicKeyParameters? peer))
        {
            return false;
        }

        var agreement = new DHBasicAgreement();
        agreement.Init(_pair.Private);
        sharedSecret = SecretBytes.TakeFrom(BigIntegers.AsUnsignedByteArray(ValueLength, agreement.CalculateAgreement(peer)));
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _pair = null;

    // RFC 6989, section 2.1: 1 < y < p - 1.
    private static bool TryReadPublicValue(ReadOnlySpan<byte> value, [NotNullWhen(true)] out DHPublicKeyParameters? peer)
    {
        peer = null;
        var y = new BigInteger(1, value);
        if (y.CompareTo(BigInteger.One) <= 0 || y.CompareTo(Parameters.P.Subtract(BigInteger.One)) >= 0)
        {
            return false;
        }

        try
        {
            peer = new DHPublicKeyParameters(y, Parameters);
            return true;
        }
        catch (ArgumentException)
        {
            // Not in the subgroup that the generator spans: no honest peer computes such a value.
            return false;
        }
    }
}
