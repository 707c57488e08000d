namespace MobikeX.Ike;

/// <summary>How MOBIKE and MOBIKE-X are used with a peer.</summary>
public sealed record MobilityOptions
{
    internal IMobility Create(IkePeer peer) => new NoMobility();
}
