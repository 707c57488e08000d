using System.Diagnostics.CodeAnalysis;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Crypto;

/// <summary>One end of a Diffie-Hellman exchange: a key pair that is used once (RFC 7296, sections 1.2 and 3.4).</summary>
internal abstract class KeyExchange(DiffieHellmanGroup group) : IDisposable
{
    /// <summary>The group that the key pair belongs to.</summary>
    public DiffieHellmanGroup Group => group;

    /// <summary>Key Exchange Data of our KE payload.</summary>
    public abstract byte[] PublicValue { get; }

    /// <summary>Makes a key pair.</summary>
    /// <exception cref="ArgumentOutOfRangeException">We cannot do the group: it was never offered.</exception>
    public static KeyExchange Create(DiffieHellmanGroup group) => group switch
    {
        DiffieHellmanGroup.Modp2048 => new ModpKeyExchange(),
        DiffieHellmanGroup.Ecp256 or DiffieHellmanGroup.Ecp384 => new EcpKeyExchange(group),
        DiffieHellmanGroup.Curve25519 => new Curve25519KeyExchange(),
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, null),
    };

    /// <summary>Agrees on g^ir with the peer's Key Exchange Data; false where that is no valid public value of the group (RFC 6989).</summary>
    public abstract bool TryAgree(ReadOnlySpan<byte> peerPublicValue, [NotNullWhen(true)] out SecretBytes? sharedSecret);

    /// <inheritdoc/>
    public abstract void Dispose();
}
