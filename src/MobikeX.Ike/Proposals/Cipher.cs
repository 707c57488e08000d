using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>An encryption algorithm with the length of its key.</summary>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="KeyBits">The length of the key in bits, a salt not counted.</param>
public readonly record struct Cipher(EncryptionAlgorithm Algorithm, int KeyBits)
{
    /// <summary>True where the algorithm protects the integrity too, so that no other algorithm is negotiated for that (RFC 5282, 8).</summary>
    public bool IsAead => Algorithm == EncryptionAlgorithm.AesGcm16;
}
