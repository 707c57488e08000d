using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>A pair of CHILD_SAs, one for each direction, under one IKE_SA.</summary>
public sealed class ChildSa : SecurityAssociation
{
    /// <summary>So many octets from the start of the object on is what every request reads.</summary>
    internal const int OftenRead = 136;

    private AddressSet _inner;
    private Rare _rare;

    /// <summary>Creates a CHILD_SA; <see cref="SaDirectory.Add(ChildSa)"/> makes it known.</summary>
    /// <param name="ike">The IKE_SA under which it was negotiated.</param>
    /// <param name="spi">The SPI that the Initiator of the IKE_SA receives on.</param>
    /// <param name="protocol">AH or ESP.</param>
    /// <param name="mode">Transport or tunnel, in UDP or not.</param>
    /// <param name="initiator">The addresses of the Initiator in the routed header.</param>
    /// <param name="responder">The addresses of the Responder in the routed header.</param>
    /// <param name="inner">The Initiator's traffic selector in tunnel mode, where that is one host.</param>
    /// <param name="remote">The Responder's traffic selector in tunnel mode.</param>
    public ChildSa(
        IkeSa ike,
        uint spi,
        IpsecProto protocol,
        IpsecMode mode,
        AddressSet initiator,
        AddressSet responder,
        AddressSet inner = default,
        AddressPrefix remote = default)
        : base(initiator, responder)
    {
        _rare = new Rare { Ike = ike ?? throw new ArgumentNullException(nameof(ike)), Spi = spi, Remote = remote };
        Protocol = protocol;
        Mode = mode;
        Inner = inner;
    }

    /// <summary>The IKE_SA under which it was negotiated.</summary>
    public IkeSa Ike => _rare.Ike;

    /// <summary>The SPI that the Initiator of the IKE_SA receives on.</summary>
    public uint Spi => _rare.Spi;

    /// <summary>AH or ESP.</summary>
    public IpsecProto Protocol { get; }

    /// <summary>Transport or tunnel, in UDP or not.</summary>
    public IpsecMode Mode { get; set; }

    /// <summary>True in tunnel mode, in UDP or not.</summary>
    public bool IsTunnel => Mode is IpsecMode.Tunnel or IpsecMode.UdpEncapsulatedTunnel;

    /// <summary>True where the packets are carried in UDP.</summary>
    public bool IsUdpEncapsulated => IsInUdp(Mode);

    /// <inheritdoc/>
    public override AddressSet Inner { get => _inner; set => _inner = value; }

    /// <summary>The Responder's traffic selector in tunnel mode.</summary>
    public AddressPrefix Remote => _rare.Remote;

    /// <summary>The Initiator's addresses that policies are about: the header's in transport mode, the inner ones in tunnel mode.</summary>
    public AddressSet SelectorAddresses => IsTunnel ? Inner : Initiator;

    internal ChildSa? NextOfSpi { get => _rare.NextOfSpi; set => _rare.NextOfSpi = value; }

    /// <summary>The mode with or without UDP around it.</summary>
    public IpsecMode ModeWith(bool udpEncapsulation) => ModeOf(Protocol, IsTunnel, udpEncapsulation);

    /// <summary>The mode of a pair in a tunnel or not, in UDP or not. AH never is in UDP, whatever is asked for: UDP encapsulation is for ESP (RFC 3948).</summary>
    public static IpsecMode ModeOf(IpsecProto protocol, bool isTunnel, bool udpEncapsulation) =>
        udpEncapsulation && protocol != IpsecProto.Ah
            ? isTunnel ? IpsecMode.UdpEncapsulatedTunnel : IpsecMode.UdpEncapsulatedTransport
            : isTunnel ? IpsecMode.Tunnel : IpsecMode.Transport;

    /// <inheritdoc/>
    public override bool IsSelectorAt(AddressPlaces place) => place == (IsTunnel ? AddressPlaces.Inner : AddressPlaces.Header);

    /// <inheritdoc/>
    public override string ToString() => $"CHILD_SA {Spi:x8}";

    /// <summary>Whether the packets would be carried in UDP where they are to be.</summary>
    internal bool IsUdpEncapsulatedWhere(bool wanted) => IsInUdp(ModeWith(wanted));

    private static bool IsInUdp(IpsecMode mode) => mode is IpsecMode.UdpEncapsulatedTunnel or IpsecMode.UdpEncapsulatedTransport;

    /// <summary>What most requests do not touch: the runtime puts it behind the rest, so that fewer lines of memory are fetched for them.</summary>
    private struct Rare
    {
        public IkeSa Ike;
        public ChildSa? NextOfSpi;
        public uint Spi;
        public AddressPrefix Remote;
    }
}
