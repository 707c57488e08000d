using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>An encryption algorithm with the length of its key.</summary>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="KeyBits">The length of the key in bits, a salt not counted.</param>
public readonly record struct Cipher(EncryptionAlgorithm Algorithm, int KeyBits);
