using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Crypto;

/// <summary>
/// AES-CBC with a random IV (RFC 3602), then HMAC-SHA2-256-128 over the whole message (RFC 7296, section 3.14; RFC 4868).
/// The checksum is compared before anything is decrypted.
/// </summary>
internal sealed class CbcBodyCipher : IBodyCipher
{
    private const int BlockLength = (int)Constants.AesCbcBlockLength;
    private const int ChecksumLength = (int)Constants.HmacSha256Length;

    private readonly Aes _aes = Aes.Create();
    private readonly SecretBytes _integrityKey;

    public CbcBodyCipher(SecretBytes encryptionKey, SecretBytes integrityKey)
    {
        _aes.SetKey(encryptionKey.Span);
        _integrityKey = SecretBytes.CopyOf(integrityKey.Span);
    }

    /// <inheritdoc/>
    public int BodyLength(int innerLength)
    {
        int blocks = (innerLength + Padding.LengthField + BlockLength - 1) / BlockLength;
        return BlockLength + (blocks * BlockLength) + ChecksumLength;
    }

    /// <inheritdoc/>
    public int MaximumInner(int bodyLength)
    {
        int blocks = (bodyLength - BlockLength - ChecksumLength) / BlockLength;
        return (blocks * BlockLength) - Padding.LengthField;
    }

    /// <inheritdoc/>
    public void Seal(Span<byte> message, int bodyOffset, ReadOnlySpan<byte> inner)
    {
        Span<byte> body = message[bodyOffset..];
        Span<byte> iv = body[..BlockLength];
        RandomNumberGenerator.Fill(iv);
        byte[] plaintext = new byte[body.Length - BlockLength - ChecksumLength];
        Padding.Write(inner, plaintext);
        _ = _aes.EncryptCbc(plaintext, iv, body[BlockLength..^ChecksumLength], PaddingMode.None);
        CryptographicOperations.ZeroMemory(plaintext);
        Span<byte> checksum = stackalloc byte[SHA256.HashSizeInBytes];
        ComputeChecksum(message, checksum);
        checksum[..ChecksumLength].CopyTo(body[^ChecksumLength..]);
    }

    /// <inheritdoc/>
    public bool TryOpen(ReadOnlySpan<byte> message, int bodyOffset, [NotNullWhen(true)] out byte[]? inner)
    {
        inner = null;
        ReadOnlySpan<byte> body = message[bodyOffset..];
        int encrypted = body.Length - BlockLength - ChecksumLength;
        if (encrypted < BlockLength || encrypted % BlockLength != 0)
        {
            return false;
        }

        Span<byte> checksum = stackalloc byte[SHA256.HashSizeInBytes];
        ComputeChecksum(message, checksum);
        if (!CryptographicOperations.FixedTimeEquals(checksum[..ChecksumLength], body[^ChecksumLength..]))
        {
            return false;
        }

        byte[] plaintext = _aes.DecryptCbc(body[BlockLength..^ChecksumLength], body[..BlockLength], PaddingMode.None);
        return Padding.TryRemove(plaintext, out inner);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _aes.Dispose();
        _integrityKey.Dispose();
    }

    private void ComputeChecksum(ReadOnlySpan<byte> message, Span<byte> checksum) =>
        _ = HMACSHA256.HashData(_integrityKey.Span, message[..^ChecksumLength], checksum);
}
