namespace MobikeX.Xfrm;

/// <summary>What was used of the lifetime of an SA.</summary>
/// <param name="Octets">Octets that it carried.</param>
/// <param name="Packets">Packets that it carried.</param>
/// <param name="AddTime">When it was made, in seconds since 1970.</param>
/// <param name="UseTime">When it was first used, in seconds since 1970; 0: not yet.</param>
public readonly record struct XfrmLifetime(ulong Octets, ulong Packets, ulong AddTime, ulong UseTime);
