using System.Security.Cryptography;

namespace MobikeX.Ike.Crypto;

/// <summary>Key material: overwritten with zeros when it is disposed of, and never printed.</summary>
internal sealed class SecretBytes : IDisposable
{
    // Pinned, so that the garbage collector leaves no copies behind when it moves objects.
    private readonly byte[] _octets;
    private bool _disposed;

    /// <summary>Creates <paramref name="length"/> zero octets to be filled.</summary>
    public SecretBytes(int length)
    {
        _octets = GC.AllocateArray<byte>(length, pinned: true);
    }

    /// <summary>Octets of the secret.</summary>
    public int Length => _octets.Length;

    /// <summary>The secret itself.</summary>
    /// <exception cref="ObjectDisposedException">It has been zeroed: no SA may be keyed with zeros.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _octets;
        }
    }

    /// <summary>Copies a secret; the source stays the caller's to zero.</summary>
    public static SecretBytes CopyOf(ReadOnlySpan<byte> source)
    {
        var copy = new SecretBytes(source.Length);
        source.CopyTo(copy._octets);
        return copy;
    }

    /// <summary>Takes a secret over from an array that a library made, and zeroes the array.</summary>
    public static SecretBytes TakeFrom(byte[] source)
    {
        SecretBytes copy = CopyOf(source);
        CryptographicOperations.ZeroMemory(source);
        return copy;
    }

    /// <summary>Compares in a time that depends on the lengths only.</summary>
    public bool FixedTimeEquals(ReadOnlySpan<byte> other) => CryptographicOperations.FixedTimeEquals(Span, other);

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_octets);
    }

    /// <summary>Tells the length and nothing else.</summary>
    public override string ToString() => $"secret of {Length} octets";
}
