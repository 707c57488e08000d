namespace MobikeX.Engine;

/// <summary>The keys of one direction of a pair of CHILD_SAs. They are never printed.</summary>
public sealed class ChildSaKeys : IDisposable
{
    private readonly byte[] _encryption;
    private readonly byte[] _integrity;

    /// <summary>Copies keys.</summary>
    /// <param name="encryption">The key of the cipher, its salt at the end where it has one (RFC 4106, section 8.1); empty for AH.</param>
    /// <param name="integrity">The key of the integrity algorithm; empty where the cipher has none besides it.</param>
    public ChildSaKeys(ReadOnlySpan<byte> encryption, ReadOnlySpan<byte> integrity)
    {
        _encryption = Copy(encryption);
        _integrity = Copy(integrity);
    }

    /// <summary>The key of the cipher, its salt at the end where it has one; empty for AH.</summary>
    public ReadOnlySpan<byte> Encryption => _encryption;

    /// <summary>The key of the integrity algorithm; empty where there is none.</summary>
    public ReadOnlySpan<byte> Integrity => _integrity;

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        Zero(_encryption);
        Zero(_integrity);
    }

    private static byte[] Copy(ReadOnlySpan<byte> key)
    {
#if NET
        byte[] copy = GC.AllocateUninitializedArray<byte>(key.Length, pinned: true);
#else
        byte[] copy = new byte[key.Length];
#endif
        key.CopyTo(copy);
        return copy;
    }

    private static void Zero(byte[] key)
    {
#if NET
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(key);
#else
        Array.Clear(key, 0, key.Length);
#endif
    }
}
