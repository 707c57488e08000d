using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Engine;

/// <summary>When the peer proves, by returning a COOKIE2, that it receives at a new address (RFC 4555 section 3.7).</summary>
public enum ReturnRoutability : byte
{
    /// <summary>Never.</summary>
    None,

    /// <summary>The CHILD_SAs move once it has.</summary>
    BeforeMoving,

    /// <summary>The CHILD_SAs move at once, and the upper layer hears the result.</summary>
    AfterMoving,
}

/// <summary>What is configured alike at both ends. One value serves all engines of a host.</summary>
public abstract class EngineOptions
{
    /// <summary>The local policy: which addresses a peer may have, or may have when the current one fails. Those of hosts, unless it is set.</summary>
    public Func<IpAddress, bool> AcceptsAddress { get; init; } = LocalPolicy.TakesHost;

    /// <summary>So many addresses an SA may have at one place by ADD_SA_ADDRESS, and so many alternates a peer may offer; more are refused as unacceptable addresses.</summary>
    public int MostAddresses { get; init; } = 64;
}

/// <summary>What is configured at the Responder of an IKE_SA.</summary>
public sealed class ResponderOptions : EngineOptions
{
    /// <summary>False for a peer that does not know MOBIKE at all.</summary>
    public bool KnowsMobike { get; init; } = true;

    /// <summary>False for a peer that knows RFC 4555 only, so that it does not read VERSION.</summary>
    public bool KnowsVersions { get; init; } = true;

    /// <summary>The versions that may be agreed on; none where MOBIKE is known and not wanted.</summary>
    public IReadOnlyList<MobikeVersion> EnabledVersions { get; init; } = [MobikeVersion.Mobike, MobikeVersion.MobikeX];

    /// <summary>Whether a new address is checked by COOKIE2.</summary>
    public ReturnRoutability ReturnRoutability { get; init; }

    /// <summary>Fills a COOKIE2 with octets that nobody can guess. Tests set their own.</summary>
    public Action<byte[]> FillCookie { get; init; } = RandomOctets.Fill;
}

/// <summary>When the Initiator changes its own SAs for an action.</summary>
public enum OwnSaChange : byte
{
    /// <summary>When the request is sent; an error answer takes it back.</summary>
    WhenSent,

    /// <summary>When the answer has come.</summary>
    WhenAnswered,
}

/// <summary>What is configured at the Initiator of an IKE_SA.</summary>
public sealed class InitiatorOptions : EngineOptions
{
    /// <summary>False for a peer that knows RFC 4555 only, so that it sends no VERSION.</summary>
    public bool KnowsVersions { get; init; } = true;

    /// <summary>The versions that are offered.</summary>
    public IReadOnlyList<MobikeVersion> OfferedVersions { get; init; } = [MobikeVersion.Mobike, MobikeVersion.MobikeX];

    /// <summary>The versions that may be agreed on after a second offer; null: those that are offered.</summary>
    public IReadOnlyList<MobikeVersion>? SupportedVersions { get; init; }

    /// <summary>Whether a version that the Responder names is offered in a second negotiation.</summary>
    public bool OffersAgain { get; init; } = true;

    /// <summary>When the Initiator changes its own SAs.</summary>
    public OwnSaChange OwnSaChange { get; init; }

    /// <summary>True where a NAT between the peers is not accepted (RFC 4555 section 3.9).</summary>
    public bool ProhibitsNats { get; init; }
}
