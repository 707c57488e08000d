namespace MobikeX.Xfrm;

/// <summary>What was used of the lifetime of an SA.</summary>
/// <param name="Octets">Octets that it carried.</param>
/// <param name="Packets">Packets that it carried.</param>
/// <param name="AddTime">When it was made, in seconds since 1970.</param>
/// <param name="UseTime">When it was first used, in seconds since 1970; 0: not yet.</param>
public readonly record struct XfrmLifetime(ulong Octets, ulong Packets, ulong AddTime, ulong UseTime)
{
    /// <summary>The times, with nothing carried.</summary>
    internal XfrmLifetime Unused => this with { Octets = 0, Packets = 0 };

    /// <summary>What both carried, since the earlier of the two.</summary>
    internal XfrmLifetime With(XfrmLifetime other) => new(
        Octets + other.Octets, Packets + other.Packets, Math.Min(AddTime, other.AddTime), UseTime == 0 || other.UseTime == 0 ? UseTime + other.UseTime : Math.Min(UseTime, other.UseTime));
}
