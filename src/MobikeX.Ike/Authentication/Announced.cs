using MobikeX.Protocol.Ikev2.Signatures;

namespace MobikeX.Ike.Authentication;

/// <summary>What we tell of ourselves in SIGNATURE_HASH_ALGORITHMS (RFC 7427, section 4).</summary>
internal static class Announced
{
    /// <summary>Hashes that are taken in signatures. SHA-1 is not (RFC 8247, section 3.2).</summary>
    public static IReadOnlyList<SignatureHash> Hashes { get; } = [SignatureHash.Sha256, SignatureHash.Sha384, SignatureHash.Sha512];
}
