using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MobikeX.Ike.Crypto;

/// <summary>What stands between the payloads and the end of what is encrypted: padding and its length (RFC 7296, section 3.14).</summary>
internal static class Padding
{
    /// <summary>The octet of the Pad Length field.</summary>
    public const int LengthField = 1;

    /// <summary>Copies payloads and pads them to the length of the destination.</summary>
    public static void Write(ReadOnlySpan<byte> inner, Span<byte> destination)
    {
        inner.CopyTo(destination);
        destination[inner.Length..].Clear();
        destination[^1] = checked((byte)(destination.Length - inner.Length - LengthField));
    }

    /// <summary>Takes the padding off authenticated octets, and zeroes them; false where the Pad Length is larger than what is there.</summary>
    public static bool TryRemove(byte[] plaintext, [NotNullWhen(true)] out byte[]? inner)
    {
        int length = plaintext.Length - LengthField - plaintext[^1];
        inner = length >= 0 ? plaintext[..length] : null;
        CryptographicOperations.ZeroMemory(plaintext);
        return inner is not null;
    }
}
