using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Messages;

/// <summary>A message as far as it is in clear.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Payloads">The payloads in clear: all of IKE_SA_INIT, as a rule none of another exchange.</param>
/// <param name="Sealed">Where the rest is; null where the message has no Encrypted payload.</param>
internal sealed record IkeMessage(IkeHeader Header, IReadOnlyList<IkePayload> Payloads, SealedPayload? Sealed);

/// <summary>Where the sealed part of a message is: an Encrypted payload (RFC 7296, section 3.14) or a fragment of one (RFC 7383, section 2.5), the last payload of its message.</summary>
/// <param name="FirstInside">The type of the first payload inside; in a fragment other than the first there is none.</param>
/// <param name="BodyOffset">Where initialization vector, ciphertext and integrity check value begin, in octets from the IKE header. All before it is the associated data.</param>
/// <param name="Fragment">Which fragment it is; null for a whole message.</param>
internal readonly record struct SealedPayload(PayloadType FirstInside, int BodyOffset, FragmentPlace? Fragment);

/// <summary>Which fragment of a message one is.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Total">How many fragments the message has.</param>
internal readonly record struct FragmentPlace(ushort Number, ushort Total);
