#if NET
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
#endif

namespace MobikeX.Engine;

/// <summary>Asks the processor for memory before it is needed. A hint: nothing is read, so nothing can fail, and nothing is waited for.</summary>
internal static class CacheHint
{
#if NET
    private const int Line = 64;

    /// <summary>Asks for the first octets of an object. Nothing is done where the framework offers no such instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch(object target, int octets)
    {
        if (Sse.IsSupported)
        {
            // Where the object is moved meanwhile, the wrong memory is asked for, which does no harm.
            byte* start = *(byte**)Unsafe.AsPointer(ref target);
            for (int at = 0; at < octets; at += Line)
            {
                Sse.Prefetch0(start + at);
            }

            Sse.Prefetch0(start + octets - 1);
        }
    }
#else
    /// <summary>Does nothing: the framework offers no such instruction.</summary>
    public static void Fetch(object target, int octets)
    {
    }
#endif
}
