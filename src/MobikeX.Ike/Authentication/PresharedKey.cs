using MobikeX.Ike.Crypto;

namespace MobikeX.Ike.Authentication;

/// <summary>A key that both ends know (RFC 7296, section 2.15).</summary>
public sealed class PresharedKey : Credential
{
    /// <summary>Takes a copy of a key, which is zeroed when this is disposed of.</summary>
    /// <exception cref="ArgumentException">The key is empty.</exception>
    public PresharedKey(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
        {
            throw new ArgumentException("A pre-shared key has at least one octet.", nameof(key));
        }

        Key = SecretBytes.CopyOf(key);
    }

    internal SecretBytes Key { get; }

    /// <inheritdoc/>
    public override void Dispose() => Key.Dispose();
}
