using System.Security.Cryptography;

namespace MobikeX.Ike.Crypto;

/// <summary>Nonces Ni and Nr (RFC 7296, section 2.10), from the system's generator.</summary>
internal static class Nonce
{
    /// <summary>Octets of our nonces: at least half the key of the strongest PRF, HMAC-SHA2-512.</summary>
    public const int Length = 32;

    /// <summary>A fresh nonce.</summary>
    public static byte[] Create() => RandomNumberGenerator.GetBytes(Length);
}
