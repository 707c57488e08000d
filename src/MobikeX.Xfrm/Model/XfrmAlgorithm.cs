using System.Security.Cryptography;

namespace MobikeX.Xfrm;

/// <summary>An algorithm by the name that the kernel's crypto layer has for it, with its key.</summary>
public sealed class XfrmAlgorithm : IDisposable
{
    private readonly byte[] _key;

    /// <summary>Creates an algorithm; the key is copied.</summary>
    /// <param name="name">The kernel's name, such as <c>rfc4106(gcm(aes))</c>, <c>cbc(aes)</c> or <c>hmac(sha256)</c>.</param>
    /// <param name="key">The key, with the salt that belongs to it.</param>
    /// <param name="icvBits">The length of the integrity check value, in bits; 0 for an algorithm that has none.</param>
    public XfrmAlgorithm(string name, ReadOnlySpan<byte> key, int icvBits = 0)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        _key = GC.AllocateUninitializedArray<byte>(key.Length, pinned: true);
        key.CopyTo(_key);
        IcvBits = icvBits;
    }

    /// <summary>The kernel's name.</summary>
    public string Name { get; }

    /// <summary>The length of the integrity check value, in bits.</summary>
    public int IcvBits { get; }

    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    /// <summary>The name; the key is never printed.</summary>
    public override string ToString() => Name;
}
