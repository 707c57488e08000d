using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>An IKE_SA of this host.</summary>
public sealed class IkeSa : SecurityAssociation
{
    /// <summary>Creates an IKE_SA; <see cref="SaDirectory.Add(IkeSa)"/> makes it known.</summary>
    /// <param name="spi">The SPI of the Initiator of the IKE_SA.</param>
    /// <param name="identity">The identity of the peer.</param>
    /// <param name="authentication">The method by which the peer was authenticated.</param>
    /// <param name="initiator">The addresses of the Initiator.</param>
    /// <param name="responder">The addresses of the Responder.</param>
    public IkeSa(ulong spi, string identity, string authentication, AddressSet initiator, AddressSet responder)
        : base(initiator, responder)
    {
        Spi = spi;
        Identity = identity ?? throw new ArgumentNullException(nameof(identity));
        Authentication = authentication ?? throw new ArgumentNullException(nameof(authentication));
    }

    /// <summary>The SPI that the Initiator of the IKE_SA receives on.</summary>
    public ulong Spi { get; internal set; }

    /// <summary>The SPI that the Responder of the IKE_SA receives on; needed only where a NAT may be detected.</summary>
    public ulong ResponderSpi { get; set; }

    /// <summary>True where the Responder has become the one that sends first, by a rekey: the SPIs stand the other way round in messages (RFC 7296 section 2.18).</summary>
    public bool IsReversed { get; internal set; }

    /// <summary>The identity of the peer; it stays from <see cref="SaDirectory.Add(IkeSa)"/> on.</summary>
    public string Identity { get; set; }

    /// <summary>The method by which the peer was authenticated.</summary>
    public string Authentication { get; }

    /// <summary>The version that was negotiated; null where MOBIKE is not in use.</summary>
    public MobikeVersion? Version { get; set; }

    /// <summary>The addresses that the peer offered for use when the current one fails.</summary>
    public AlternateList Alternates { get; set; } = AlternateList.Empty;

    /// <summary>True where a NAT was found between the peers.</summary>
    public bool BehindNat { get; set; }

    /// <summary>The CHILD_SAs of this IKE_SA, newest first.</summary>
    public ChildSaList Children => new(FirstChild);

    /// <inheritdoc/>
    public override AddressSet Inner
    {
        get => default;
        set => throw new InvalidOperationException("an IKE_SA has no inner address");
    }

    internal ChildSa? FirstChild { get; set; }

    internal Peer? Peer { get; set; }

    internal IkeSa? NextOfPeer { get; set; }

    internal IkeSa? NextOfSpi { get; set; }

    /// <inheritdoc/>
    public override bool IsSelectorAt(AddressPlaces place) => false;

    /// <inheritdoc/>
    public override string ToString() => $"IKE_SA {Spi:x16}";
}
