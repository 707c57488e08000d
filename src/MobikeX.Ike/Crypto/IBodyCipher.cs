using System.Diagnostics.CodeAnalysis;

namespace MobikeX.Ike.Crypto;

/// <summary>
/// One direction of an IKE_SA. The body of an Encrypted payload is IV | encrypted (payloads | padding | Pad Length) | Integrity Checksum Data.
/// It is the last of its message, and all octets before it are protected with it.
/// </summary>
internal interface IBodyCipher : IDisposable
{
    /// <summary>Octets of the body for so many octets of payloads.</summary>
    int BodyLength(int innerLength);

    /// <summary>Octets of payloads that a body of a length has room for; negative for none.</summary>
    int MaximumInner(int bodyLength);

    /// <summary>Fills the body in from <paramref name="bodyOffset"/> to the end of the message.</summary>
    void Seal(Span<byte> message, int bodyOffset, ReadOnlySpan<byte> inner);

    /// <summary>Checks the whole message and decrypts its body.</summary>
    bool TryOpen(ReadOnlySpan<byte> message, int bodyOffset, [NotNullWhen(true)] out byte[]? inner);
}
