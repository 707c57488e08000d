namespace MobikeX.Ike;

/// <summary>What is configured for a pair of CHILD_SAs.</summary>
public sealed record ChildOptions
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Its algorithms, the most wanted first.</summary>
    public IReadOnlyList<ChildProposal> Proposals { get; init; } = ChildProposal.Default;

    /// <summary>True for transport mode, where the peer agrees; else it is tunnel mode (RFC 7296 section 1.3.1).</summary>
    public bool Transport { get; init; }

    /// <summary>The traffic of this host.</summary>
    public IReadOnlyList<SelectorTemplate> Local { get; init; } = [];

    /// <summary>The traffic of the peer.</summary>
    public IReadOnlyList<SelectorTemplate> Remote { get; init; } = [];

    /// <summary>After what time it is rekeyed; zero where it never is.</summary>
    public TimeSpan RekeyTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After what time it ends where it was not rekeyed; zero where it never does.</summary>
    public TimeSpan LifeTime { get; init; }

    /// <summary>After how many octets in one direction it is rekeyed; 0 where it never is, or a tenth before <see cref="LifeOctets"/>.</summary>
    public ulong RekeyOctets { get; init; }

    /// <summary>How many octets one direction may carry at most; 0 for any number, or a tenth more than <see cref="RekeyOctets"/>.</summary>
    public ulong LifeOctets { get; init; }

    /// <summary>After how many packets in one direction it is rekeyed; 0 where it never is, or a tenth before <see cref="LifePackets"/>.</summary>
    /// <remarks>Without extended sequence numbers it is rekeyed before 2^32 packets in any case (RFC 4303, section 3.3.3).</remarks>
    public ulong RekeyPackets { get; init; }

    /// <summary>How many packets one direction may carry at most; 0 for any number, or a tenth more than <see cref="RekeyPackets"/>.</summary>
    public ulong LifePackets { get; init; }

    /// <summary>The request ID of its policies; 0 where the backend chooses.</summary>
    public uint RequestId { get; init; }
}
