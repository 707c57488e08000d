using MobikeX.Engine;

namespace MobikeX.Ike;

/// <summary>How much the SAs of a CHILD_SA may carry before it is rekeyed, and before they end.</summary>
internal static class ChildLimits
{
    private const uint Percent = 100;
    private const uint SoftPercentOfHard = 90;
    private const uint HardPercentOfSoft = 110;

    /// <summary>The limits of what was configured and negotiated.</summary>
    public static ChildSaLimits Of(ChildOptions options, ChildSuite suite)
    {
        (ulong? softOctets, ulong? hardOctets) = Pair(options.RekeyOctets, options.LifeOctets);

        // A sequence number of 32 bits must not come again under one key (RFC 4303, section 3.3.3).
        ulong? numbers = suite.ExtendedSequenceNumbers ? null : uint.MaxValue;
        (ulong? softPackets, ulong? hardPackets) = Pair(options.RekeyPackets, Least(numbers, Given(options.LifePackets)) ?? 0);
        return new ChildSaLimits
        {
            SoftOctets = Lifetimes.Jittered(softOctets),
            HardOctets = hardOctets,
            SoftPackets = Lifetimes.Jittered(Least(softPackets, numbers / Percent * SoftPercentOfHard)),
            HardPackets = Least(hardPackets, numbers),
        };
    }

    /// <summary>Of the two the one that is not configured follows from the other.</summary>
    private static (ulong? Soft, ulong? Hard) Pair(ulong soft, ulong hard) => (soft, hard) switch
    {
        (0, 0) => (null, null),
        (0, _) => (Share(hard, SoftPercentOfHard), hard),
        (_, 0) => (soft, Share(soft, HardPercentOfSoft)),
        _ => (soft, hard),
    };

    private static ulong? Given(ulong configured) => configured == 0 ? null : configured;

    private static ulong? Least(ulong? one, ulong? other) => one is null || other < one ? other : one;

    private static ulong Share(ulong whole, uint percent) => Saturated((UInt128)whole * percent / Percent);

    private static ulong Saturated(UInt128 value) => value > ulong.MaxValue ? ulong.MaxValue : Math.Max((ulong)value, 1);
}
