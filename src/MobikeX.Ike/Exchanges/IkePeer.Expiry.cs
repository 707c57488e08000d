using MobikeX.Engine;

namespace MobikeX.Ike;

public sealed partial class IkePeer
{
    /// <summary>
    /// An SA of a pair has carried what it may. It is rekeyed, and where it is gone at this host too: so the peer ends it, and no packet
    /// leaves in the clear meanwhile. False where it is none of this peer's.
    /// </summary>
    internal bool TakeExpiry(SaExpiry expiry)
    {
        if (Children.Find(child => Has(child, expiry)) is not { } child)
        {
            return false;
        }

        child.IsAtLimit = true;
        child.IsHalfGone |= expiry.IsHard;
        Raise(new ChildAtLimit(child.Options.Name, child.LocalSpi, expiry.IsHard));
        if (CanBegin && child.CanBeRekeyed(this))
        {
            Begin(new CreateChildExchange(this, child.Options, child));
        }

        return true;
    }

    /// <summary>
    /// What there is to be changed of what was selected before. A pair that has ended since is none any more, and what replaced one changes
    /// as that one would have. A pair that has lost an SA would hold up all others: on the way to where the IKE_SA is it stays where it is,
    /// and the one in its place comes up there.
    /// </summary>
    internal SaSelection Changeable(SaChange change, SaSelection targets)
    {
        SaSelection changeable = new();
        IkeChild[] gone = [.. Children.Where(static child => child.IsHalfGone)];
        for (int i = 0; i < targets.Count; i++)
        {
            SecurityAssociation target = targets[i];
            if (Array.Find(gone, child => child.Sa == target) is { } lost && (targets.Contains(Sa!) || change.Apply(lost.Sa.Initiator, AddressPlaces.Header).Equals(Sa!.Initiator)))
            {
                lost.IsLeftBehind = true;
            }
            else if (target is not ChildSa { IsClosed: true })
            {
                changeable.Add(target);
            }
        }

        foreach (IkeChild child in Children)
        {
            if (child.Former is { } former && (targets.Contains(former) || changeable.Contains(former)))
            {
                changeable.Add(child.Sa);
            }
        }

        return changeable;
    }

    private bool Has(IkeChild child, in SaExpiry expiry)
    {
        (AddressSet local, AddressSet peer) = IsInitiator ? (child.Sa.Initiator, child.Sa.Responder) : (child.Sa.Responder, child.Sa.Initiator);
        return child.Sa.Protocol == expiry.Protocol
            && ((child.LocalSpi == expiry.Spi && local.Contains(expiry.Destination)) || (child.RemoteSpi == expiry.Spi && peer.Contains(expiry.Destination)));
    }
}
