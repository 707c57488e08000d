using System.Security.Cryptography;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Crypto;

/// <summary>Nonces Ni and Nr (RFC 7296, section 2.10), from the system's generator.</summary>
internal static class Nonce
{
    /// <summary>Octets of our nonces: at least half the key of the strongest PRF, HMAC-SHA2-512.</summary>
    public const int Length = 32;

    /// <summary>A fresh nonce.</summary>
    public static byte[] Create() => RandomNumberGenerator.GetBytes(Length);

    /// <summary>Whether a nonce of the peer is of a length that is allowed, and at least half as long as the key of the PRF that was negotiated.</summary>
    public static bool IsLongEnough(ReadOnlySpan<byte> nonce, PseudorandomFunction function) =>
        nonce.Length >= (int)Constants.NonceMinimum && nonce.Length <= (int)Constants.NonceMaximum && 2 * nonce.Length >= Prf.For(function).Length;
}
