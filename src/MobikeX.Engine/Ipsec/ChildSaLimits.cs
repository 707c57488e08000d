namespace MobikeX.Engine;

/// <summary>How much each SA of a pair may carry, in either direction. A move counts on; a limit that is null is none.</summary>
public sealed class ChildSaLimits
{
    /// <summary>Octets after which the pair is to be replaced.</summary>
    public ulong? SoftOctets { get; init; }

    /// <summary>Octets after which the SA carries no more.</summary>
    public ulong? HardOctets { get; init; }

    /// <summary>Packets after which the pair is to be replaced.</summary>
    public ulong? SoftPackets { get; init; }

    /// <summary>Packets after which the SA carries no more.</summary>
    public ulong? HardPackets { get; init; }
}
