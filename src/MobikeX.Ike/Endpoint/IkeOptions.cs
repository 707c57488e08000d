namespace MobikeX.Ike;

/// <summary>What is configured for all IKE_SAs of a host.</summary>
public sealed record IkeOptions
{
    /// <summary>Whom this host speaks to, and how.</summary>
    public IReadOnlyList<IkeConnectionOptions> Connections { get; init; } = [];

    /// <summary>So many half-open IKE_SAs that others began are taken without a COOKIE (RFC 7296 section 2.6).</summary>
    public int CookieThreshold { get; init; } = 32;

    /// <summary>The most half-open IKE_SAs that others began.</summary>
    public int HalfOpenLimit { get; init; } = 4096;

    /// <summary>The most half-open IKE_SAs that one address began, by requests with a COOKIE; of those without, a quarter is taken before one is demanded.</summary>
    public int HalfOpenPerSource { get; init; } = 16;

    /// <summary>So many in the name of one address are taken without a COOKIE: anybody may have sent them.</summary>
    internal int UnprovenPerSource => Math.Max(1, HalfOpenPerSource / 4);

    /// <summary>The most IKE_SAs between the same two identities, proved in the same way, that their peer set up; a further one is refused.</summary>
    public int EstablishedPerIdentity { get; init; } = 32;

    /// <summary>How long an IKE_SA that another began may stay without IKE_AUTH.</summary>
    public TimeSpan HalfOpenLifetime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After what time a request is sent again for the first time (RFC 7296 section 2.4).</summary>
    public TimeSpan RetransmitAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>By how much each wait is longer than the one before.</summary>
    public double RetransmitFactor { get; init; } = 1.8;

    /// <summary>How often a request is sent again before its peer is held to be gone.</summary>
    public int RetransmitTries { get; init; } = 6;

    /// <summary>How often a NAT in front of this host is reminded of its mapping (RFC 3948 section 2.3).</summary>
    public TimeSpan KeepaliveInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Octets of the largest IP packet that a message is sent in, where the peer takes fragments (RFC 7383 section 2.5.1).</summary>
    public int FragmentSize { get; init; } = 1280;

    /// <summary>What the validity of certificates is held against.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Takes a line of keys of each new IKE_SA, in the format of Wireshark's table; null where keys stay secret.</summary>
    public Action<string>? KeyLog { get; init; }
}
