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

    /// <summary>Those that an SA has after a change. One that takes the last address of the Initiator leaves it none, which closes the SA.</summary>
    public static SaAddresses After(SecurityAssociation sa, in SaChange change)
    {
        SaAddresses now = Of(sa);
        return change.Before is { } before
            ? before.TryGetValue(sa, out SaAddresses then) ? then : now
            : new SaAddresses(
                change.Apply(now.Initiator, AddressPlaces.Header),
                change.ApplyToResponder(now.Responder),
                change.Apply(now.Inner, AddressPlaces.Inner),
                change.Port == 0 ? now.InitiatorPort : change.Port,
                change.EncapsulatesAfter(sa, now.UdpEncapsulation));
    }

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

    /// <summary>True where nothing differs, the order of the addresses included: the first is the one in use.</summary>
    internal bool IsExactly(in SaAddresses other) =>
        Initiator.IsInOrderOf(other.Initiator)
        && Responder.IsInOrderOf(other.Responder)
        && Inner.IsInOrderOf(other.Inner)
        && InitiatorPort == other.InitiatorPort
        && UdpEncapsulation == other.UdpEncapsulation;
}
