using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>What is configured of MOBIKE and MOBIKE-X for a connection.</summary>
public sealed record MobilityOptions
{
    /// <summary>The versions that are offered, and may be agreed on; none turns MOBIKE off.</summary>
    public IReadOnlyList<MobikeVersion> Versions { get; init; } = [MobikeVersion.Mobike, MobikeVersion.MobikeX];

    /// <summary>Whether the Responder checks a new address by COOKIE2.</summary>
    /// <remarks>
    /// RFC 4555 section 3.7 wants it before traffic moves unless there is a reason not to: a peer that proved who it is may still name the address of
    /// somebody else, who would get all that the tunnel carries. It costs one round trip more.
    /// </remarks>
    public ReturnRoutability ReturnRoutability { get; init; } = ReturnRoutability.BeforeMoving;

    /// <summary>When the Initiator changes its own SAs.</summary>
    public OwnSaChange OwnSaChange { get; init; } = OwnSaChange.WhenAnswered;

    /// <summary>True where a NAT between the peers is not accepted (RFC 4555 section 3.9).</summary>
    public bool ProhibitsNats { get; init; }

    /// <summary>Whether this host moves by itself when an address goes or the way in use fails; without it, by command alone.</summary>
    public bool Follows { get; init; } = true;

    /// <summary>Whether the further addresses of this host are told to the peer (RFC 4555 section 3.4).</summary>
    public bool OffersAddresses { get; init; } = true;

    /// <summary>So long a Responder whose peer is silent waits for it to find another way, before it gives the IKE_SA up (RFC 4555 section 3.11).</summary>
    public TimeSpan ResponderPatience { get; init; } = TimeSpan.FromSeconds(Protocol.Mobike.Constants.ResponderPatience);

    /// <summary>The local policy: which addresses a peer may have, or may have when the current one fails. Those of hosts, unless it is set.</summary>
    public Func<IpAddress, bool> AcceptsAddress { get; init; } = LocalPolicy.TakesHost;

    internal InitiatorOptions ForInitiator() => new()
    {
        OfferedVersions = Versions,
        KnowsVersions = Versions.Any(static version => version > MobikeVersion.Mobike),
        OwnSaChange = OwnSaChange,
        ProhibitsNats = ProhibitsNats,
        AcceptsAddress = AcceptsAddress,
    };

    internal ResponderOptions ForResponder() => new()
    {
        EnabledVersions = Versions,
        KnowsMobike = Versions.Count > 0,
        KnowsVersions = Versions.Any(static version => version > MobikeVersion.Mobike),
        ReturnRoutability = ReturnRoutability,
        AcceptsAddress = AcceptsAddress,
    };

    internal IMobility Create(IkePeer peer) => new PeerMobility(peer);
}
