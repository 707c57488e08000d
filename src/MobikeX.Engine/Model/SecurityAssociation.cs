namespace MobikeX.Engine;

/// <summary>What an IKE_SA and a pair of CHILD_SAs have in common: addresses at both ends.</summary>
/// <remarks>Only a backend changes the addresses; an engine reads them, and asks for a change with an <see cref="Effect"/>.</remarks>
public abstract class SecurityAssociation
{
    private protected SecurityAssociation(AddressSet initiator, AddressSet responder)
    {
        Initiator = initiator;
        Responder = responder;
    }

    /// <summary>The addresses of the Initiator of the IKE_SA in the routed header.</summary>
    public AddressSet Initiator { get; set; }

    /// <summary>The addresses of the Responder of the IKE_SA in the routed header.</summary>
    public AddressSet Responder { get; set; }

    /// <summary>The addresses of the Initiator inside the tunnel: its traffic selector where that is single hosts, else empty.</summary>
    public abstract AddressSet Inner { get; set; }

    /// <summary>The UDP port at which the Initiator is reached; 0 where none matters.</summary>
    public ushort InitiatorPort { get; set; }

    /// <summary>True once the SA is gone from the backend.</summary>
    public bool IsClosed { get; set; }

    /// <summary>What a backend keeps with the SA.</summary>
    public object? BackendState { get; set; }

    /// <summary>The next CHILD_SA of the same IKE_SA; of an IKE_SA its first.</summary>
    internal ChildSa? NextChild { get; set; }

    /// <summary>Whether an address of the Initiator at this place is a selector, so that the SPD must allow it.</summary>
    public abstract bool IsSelectorAt(AddressPlaces place);

    /// <summary>The Initiator's addresses at one place.</summary>
    public AddressSet At(AddressPlaces place) => place == AddressPlaces.Inner ? Inner : Initiator;
}
