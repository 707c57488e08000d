#if NET
using System.Security.Cryptography;
#else
using System.Runtime.CompilerServices;
#endif

namespace MobikeX.Engine;

/// <summary>Compares secrets in a time that tells nothing but their lengths.</summary>
internal static class FixedTime
{
#if NET
    public static bool AreEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => CryptographicOperations.FixedTimeEquals(one, other);
#else
    /// <remarks>.NET Standard 2.0 has none of its own.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static bool AreEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        int differing = 0;
        for (int i = 0; i < one.Length; i++)
        {
            differing |= one[i] ^ other[i];
        }

        return differing == 0;
    }
#endif
}
