using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>An IKE_SA of this host.</summary>
public sealed class IkeSa : SecurityAssociation
{
    /// <summary>So many octets from the start of the object on is what every request reads.</summary>
    internal const int OftenRead = 104;

    private MobikeVersion? _version;
    private Rare _rare;

    /// <summary>Creates an IKE_SA; <see cref="SaDirectory.Add(IkeSa)"/> makes it known.</summary>
    /// <param name="spi">The SPI of the Initiator of the IKE_SA.</param>
    /// <param name="identity">The identity of the peer.</param>
    /// <param name="authentication">The method by which the peer was authenticated.</param>
    /// <param name="initiator">The addresses of the Initiator.</param>
    /// <param name="responder">The addresses of the Responder.</param>
    public IkeSa(ulong spi, string identity, string authentication, AddressSet initiator, AddressSet responder)
        : base(initiator, responder)
    {
        _rare = new Rare
        {
            Identity = identity ?? throw new ArgumentNullException(nameof(identity)),
            Authentication = authentication ?? throw new ArgumentNullException(nameof(authentication)),
            Alternates = AlternateList.Empty,
            Spi = spi,
        };
    }

    /// <summary>The SPI that the Initiator of the IKE_SA receives on.</summary>
    public ulong Spi { get => _rare.Spi; internal set => _rare.Spi = value; }

    /// <summary>The SPI that the Responder of the IKE_SA receives on; needed only where a NAT may be detected.</summary>
    public ulong ResponderSpi { get => _rare.ResponderSpi; set => _rare.ResponderSpi = value; }

    /// <summary>True where the Responder has become the one that sends first, by a rekey: the SPIs stand the other way round in messages (RFC 7296 section 2.18).</summary>
    public bool IsReversed { get; internal set; }

    /// <summary>The identity of the peer; it stays from <see cref="SaDirectory.Add(IkeSa)"/> on.</summary>
    public string Identity { get => _rare.Identity; set => _rare.Identity = value; }

    /// <summary>The method by which the peer was authenticated.</summary>
    public string Authentication => _rare.Authentication;

    /// <summary>The version that was negotiated; null where MOBIKE is not in use.</summary>
    public MobikeVersion? Version { get => _version; set => _version = value; }

    /// <summary>The addresses that the peer offered for use when the current one fails.</summary>
    public AlternateList Alternates { get => _rare.Alternates; set => _rare.Alternates = value; }

    /// <summary>True where a NAT was found between the peers.</summary>
    public bool BehindNat { get; set; }

    /// <summary>The CHILD_SAs of this IKE_SA, newest first.</summary>
    public ChildSaList Children => new(NextChild);

    /// <inheritdoc/>
    public override AddressSet Inner
    {
        get => default;
        set => throw new InvalidOperationException("an IKE_SA has no inner address");
    }

    internal Peer? Peer { get => _rare.Peer; set => _rare.Peer = value; }

    internal IkeSa? NextOfPeer { get => _rare.NextOfPeer; set => _rare.NextOfPeer = value; }

    internal IkeSa? NextOfSpi { get => _rare.NextOfSpi; set => _rare.NextOfSpi = value; }

    /// <inheritdoc/>
    public override bool IsSelectorAt(AddressPlaces place) => false;

    /// <inheritdoc/>
    public override string ToString() => $"IKE_SA {Spi:x16}";

    /// <summary>What most requests do not touch: the runtime puts it behind the rest, so that fewer lines of memory are fetched for them.</summary>
    private struct Rare
    {
        public string Identity;
        public string Authentication;
        public AlternateList Alternates;
        public Peer? Peer;
        public IkeSa? NextOfPeer;
        public IkeSa? NextOfSpi;
        public ulong Spi;
        public ulong ResponderSpi;
    }
}
