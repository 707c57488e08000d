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

    private bool Has(IkeChild child, in SaExpiry expiry)
    {
        (AddressSet local, AddressSet peer) = IsInitiator ? (child.Sa.Initiator, child.Sa.Responder) : (child.Sa.Responder, child.Sa.Initiator);
        return child.Sa.Protocol == expiry.Protocol
            && ((child.LocalSpi == expiry.Spi && local.Contains(expiry.Destination)) || (child.RemoteSpi == expiry.Spi && peer.Contains(expiry.Destination)));
    }
}
