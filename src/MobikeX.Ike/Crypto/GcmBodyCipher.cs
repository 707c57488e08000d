using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Crypto;

/// <summary>AES-GCM with a 16-octet ICV (RFC 5282): the nonce is salt | IV, and the IV is a counter, which cannot repeat.</summary>
internal sealed class GcmBodyCipher : IBodyCipher
{
    private const int IvLength = (int)Constants.AeadIvLength;
    private const int TagLength = (int)Constants.AesGcm16IcvLength;

    private readonly AesGcm _aes;
    private readonly SecretBytes _salt;
    private ulong _sealed;

    public GcmBodyCipher(SecretBytes key)
    {
        int length = key.Length - Algorithms.SaltLength;
        _aes = new AesGcm(key.Span[..length], TagLength);
        _salt = SecretBytes.CopyOf(key.Span[length..]);
    }

    /// <inheritdoc/>
    public int BodyLength(int innerLength) => IvLength + innerLength + Padding.LengthField + TagLength;

    /// <inheritdoc/>
    public int MaximumInner(int bodyLength) => bodyLength - BodyLength(0);

    /// <inheritdoc/>
    public void Seal(Span<byte> message, int bodyOffset, ReadOnlySpan<byte> inner)
    {
        Span<byte> body = message[bodyOffset..];
        Span<byte> plaintext = body[IvLength..^TagLength];
        BinaryPrimitives.WriteUInt64BigEndian(body, checked(++_sealed));
        Padding.Write(inner, plaintext);
        Span<byte> nonce = stackalloc byte[Algorithms.SaltLength + IvLength];
        WriteNonce(body, nonce);
        _aes.Encrypt(nonce, plaintext, plaintext, body[^TagLength..], message[..bodyOffset]);
    }

    /// <inheritdoc/>
    public bool TryOpen(ReadOnlySpan<byte> message, int bodyOffset, [NotNullWhen(true)] out byte[]? inner)
    {
        inner = null;
        ReadOnlySpan<byte> body = message[bodyOffset..];
        if (body.Length < BodyLength(0))
        {
            return false;
        }

        Span<byte> nonce = stackalloc byte[Algorithms.SaltLength + IvLength];
        WriteNonce(body, nonce);
        byte[] plaintext = new byte[body.Length - IvLength - TagLength];
        try
        {
            _aes.Decrypt(nonce, body[IvLength..^TagLength], body[^TagLength..], plaintext, message[..bodyOffset]);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        return Padding.TryRemove(plaintext, out inner);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _aes.Dispose();
        _salt.Dispose();
    }

    private void WriteNonce(ReadOnlySpan<byte> body, Span<byte> nonce)
    {
        _salt.Span.CopyTo(nonce);
        body[..IvLength].CopyTo(nonce[Algorithms.SaltLength..]);
    }
}
