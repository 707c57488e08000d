using System.Globalization;
using MobikeX.Ike.Crypto;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Diagnostics;

/// <summary>
/// Keys of an IKE_SA as a line of <c>ikev2_decryption_table</c>, a file among the preferences of Wireshark:
/// SPIi, SPIr, SK_ei, SK_er, the encryption algorithm, SK_ai, SK_ar, the integrity algorithm.
/// </summary>
internal static class KeyLog
{
    // What Wireshark calls the algorithms: it takes these strings alone. It takes a key of AES-GCM with its salt.
    private const string NoIntegrity = "NONE [RFC4306]";
    private const string HmacSha256 = "HMAC_SHA2_256_128 [RFC4868]";

    /// <summary>The line for an IKE_SA, without its end.</summary>
    public static string Line(IkeKeys keys) => string.Create(
        CultureInfo.InvariantCulture,
        $"{keys.InitiatorSpi:x16},{keys.ResponderSpi:x16},{Convert.ToHexStringLower(keys.Ei.Span)},{Convert.ToHexStringLower(keys.Er.Span)},\"{Name(keys.Suite.Cipher)}\",{Convert.ToHexStringLower(keys.Ai.Span)},{Convert.ToHexStringLower(keys.Ar.Span)},\"{(keys.Suite.Integrity is null ? NoIntegrity : HmacSha256)}\"");

    private static string Name(Cipher cipher) => cipher.Algorithm == EncryptionAlgorithm.AesCbc
        ? string.Create(CultureInfo.InvariantCulture, $"AES-CBC-{cipher.KeyBits} [RFC3602]")
        : string.Create(CultureInfo.InvariantCulture, $"AES-GCM-{cipher.KeyBits} with 16 octet ICV [RFC5282]");
}
