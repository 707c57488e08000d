namespace MobikeX.Engine;

/// <summary>What a change may alter of an SA, at one moment: its addresses, the Initiator's port, and whether its packets are carried in UDP.</summary>
/// <param name="Initiator">The Initiator's addresses in the routed header.</param>
/// <param name="Responder">The Responder's addresses in the routed header.</param>
/// <param name="Inner">The Initiator's addresses inside the tunnel; empty for an IKE_SA.</param>
/// <param name="InitiatorPort">The UDP port at which the Initiator is reached; 0 where none matters.</param>
/// <param name="UdpEncapsulation">True where ESP is carried in UDP; of an IKE_SA, where it is behind a NAT.</param>
public readonly record struct SaAddresses(AddressSet Initiator, AddressSet Responder, AddressSet Inner, ushort InitiatorPort, bool UdpEncapsulation)
{
    /// <summary>Those that an SA has now.</summary>
    public static SaAddresses Of(SecurityAssociation sa)
    {
        _ = sa ?? throw new ArgumentNullException(nameof(sa));
        return new SaAddresses(sa.Initiator, sa.Responder, sa.Inner, sa.InitiatorPort, sa is ChildSa child ? child.IsUdpEncapsulated : ((IkeSa)sa).BehindNat);
    }

    /// <summary>What a change makes of them; one that closes an SA leaves it no address of the Initiator.</summary>
    public SaAddresses After(in SaChange change) => new(
        change.Apply(Initiator, AddressPlaces.Header),
        change.Responder.IsNone ? Responder : new AddressSet(change.Responder),
        change.Apply(Inner, AddressPlaces.Inner),
        change.Port == 0 ? InitiatorPort : change.Port,
        change.UdpEncapsulation ?? UdpEncapsulation);

    /// <summary>Gives them to an SA: for a backend, which alone may.</summary>
    public void WriteTo(SecurityAssociation sa)
    {
        _ = sa ?? throw new ArgumentNullException(nameof(sa));
        sa.Initiator = Initiator;
        sa.Responder = Responder;
        sa.InitiatorPort = InitiatorPort;
        if (sa is ChildSa child)
        {
            child.Inner = Inner;
            child.Mode = child.IsUdpEncapsulated == UdpEncapsulation ? child.Mode : child.ModeWith(UdpEncapsulation);
        }
        else if (sa is IkeSa ike)
        {
            ike.BehindNat = UdpEncapsulation;
        }
    }
}
