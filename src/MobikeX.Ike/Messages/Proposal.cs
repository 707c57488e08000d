using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Messages;

/// <summary>One proposal of an SA payload (RFC 7296, section 3.3.1).</summary>
/// <param name="Number">1 for the first of a payload, one more for each behind it.</param>
/// <param name="Protocol">The protocol of the SA.</param>
/// <param name="Spi">The sender's SPI: 4 octets for AH and ESP, 8 for an IKE SA that is rekeyed, none for one that is new.</param>
/// <param name="Transforms">One of each type is to be chosen.</param>
internal sealed record Proposal(byte Number, ProtocolId Protocol, byte[] Spi, IReadOnlyList<Transform> Transforms);
