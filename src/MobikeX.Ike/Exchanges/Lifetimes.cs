using System.Security.Cryptography;

namespace MobikeX.Ike;

/// <summary>When SAs are rekeyed.</summary>
internal static class Lifetimes
{
    private const int Parts = 1000;
    private const int LeastParts = 900;

    /// <summary>A time a little before the one that is configured, by chance: two peers with the same configuration seldom rekey at once (RFC 7296, 2.8).</summary>
    public static TimeSpan Jittered(TimeSpan time) => time * RandomNumberGenerator.GetInt32(LeastParts, Parts + 1) / Parts;
}
