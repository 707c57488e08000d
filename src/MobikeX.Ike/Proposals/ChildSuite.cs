using MobikeX.Protocol.Ikev2;
using SequenceNumbers = MobikeX.Protocol.Ikev2.ExtendedSequenceNumbers;

namespace MobikeX.Ike;

/// <summary>The algorithms of a pair of CHILD_SAs.</summary>
/// <param name="Protocol">ESP or AH.</param>
/// <param name="Cipher">Encryption of the packets; null with AH.</param>
/// <param name="Integrity">Integrity of the packets; null where the cipher protects it.</param>
/// <param name="KeyExchange">The Diffie-Hellman group of a key exchange of its own; null where the keys come of those of the IKE_SA alone.</param>
/// <param name="ExtendedSequenceNumbers">True where sequence numbers have 64 bits.</param>
internal sealed record ChildSuite(ProtocolId Protocol, Cipher? Cipher, IntegrityAlgorithm? Integrity, DiffieHellmanGroup? KeyExchange, bool ExtendedSequenceNumbers)
{
    /// <inheritdoc/>
    public override string ToString() => AlgorithmWords.Join(
        Cipher is { } cipher ? [cipher] : [],
        Integrity is { } integrity ? [integrity] : [],
        [],
        KeyExchange is { } group ? [group] : [],
        [ExtendedSequenceNumbers ? SequenceNumbers.Extended : SequenceNumbers.None]);
}
