using System.Security.Cryptography;

namespace MobikeX.Ike;

/// <summary>When SAs are rekeyed, and when a rekey that came at a bad moment is tried again.</summary>
internal static class Lifetimes
{
    private const int Parts = 1000;
    private const int LeastParts = 900;
    private const int LeastRetryMilliseconds = 500;
    private const int MostRetryMilliseconds = 1500;

    /// <summary>A peer that is busy so often is not asked any more for the time being.</summary>
    public const int MostTries = 5;

    /// <summary>An IKE_SA that the peer has just rekeyed is not rekeyed again before: each has keys of its own, and is kept for a while.</summary>
    public static TimeSpan LeastAge { get; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How soon a rekey is tried again of what cannot carry much more.</summary>
    public static TimeSpan RetryAtLimit { get; } = TimeSpan.FromSeconds(10);

    /// <summary>A time a little before the one that is configured, by chance: two peers with the same configuration seldom rekey at once (RFC 7296, 2.8).</summary>
    public static TimeSpan Jittered(TimeSpan time) => time * SomeParts() / Parts;

    /// <summary>The same for an amount, which is 1 at least; null where there is none.</summary>
    public static ulong? Jittered(ulong? limit) => limit is { } value ? Math.Max((ulong)((UInt128)value * (uint)SomeParts() / Parts), 1) : null;

    /// <summary>The time until a peer that is busy is asked again, by chance: two peers that put each other off must not meet again (RFC 7296, 2.25). It doubles from try to try.</summary>
    /// <param name="tries">How often it was asked.</param>
    public static TimeSpan RetryDelay(int tries) => TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(LeastRetryMilliseconds, MostRetryMilliseconds)) * Math.Pow(2, tries - 1);

    /// <summary>The time until what could not be rekeyed is tried again.</summary>
    public static TimeSpan RetryTime(TimeSpan rekeyTime) => rekeyTime / 10;

    private static int SomeParts() => RandomNumberGenerator.GetInt32(LeastParts, Parts + 1);
}
