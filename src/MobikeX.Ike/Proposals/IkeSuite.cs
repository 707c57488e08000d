using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>The algorithms of an IKE_SA.</summary>
/// <param name="Cipher">Encryption of the messages.</param>
/// <param name="Integrity">Integrity of the messages; null where the cipher protects it.</param>
/// <param name="Prf">The pseudorandom function of key derivation and AUTH payloads.</param>
/// <param name="KeyExchange">The Diffie-Hellman group.</param>
internal sealed record IkeSuite(Cipher Cipher, IntegrityAlgorithm? Integrity, PseudorandomFunction Prf, DiffieHellmanGroup KeyExchange)
{
    /// <inheritdoc/>
    public override string ToString() => AlgorithmWords.Join([Cipher], Integrity is { } integrity ? [integrity] : [], [Prf], [KeyExchange], []);
}
