using MobikeX.Engine;
using MobikeX.Protocol;

namespace MobikeX.Ike;

/// <summary>What an upper layer asks of the engine, and is told of it.</summary>
internal sealed partial class PeerMobility
{
    public NegotiationInitiatorState? InitiatorState => (_engine as MobikeXInitiator)?.State;

    public NegotiationResponderState? ResponderState => (_engine as MobikeXResponder)?.State;

    public ushort? Act(ActionTrait action, ActionCommand command)
    {
        if (_engine is not MobikeXInitiator initiator || !IsMobile)
        {
            return null;
        }

        PacketAddresses path = peer.Path;
        ushort identifier = action switch
        {
            ActionTrait.Update => initiator.Update(command, path, peer.Now, peer.Sas),
            ActionTrait.Add => initiator.Add(command, path, peer.Now, peer.Sas),
            _ => initiator.Remove(command, path, peer.Now, peer.Sas),
        };
        Drain();
        return identifier;
    }

    public bool Offer(IReadOnlyList<OfferedAlternate> alternates, IReadOnlyList<SaSelector> selectors)
    {
        if (!IsMobile)
        {
            return false;
        }

        switch (_engine)
        {
            case MobikeXInitiator initiator:
                initiator.OfferAlternates(alternates, selectors, peer.Now);
                break;
            case MobikeXResponder responder:
                responder.OfferAlternates(alternates, peer.Now);
                break;
        }

        Drain();
        return true;
    }

    public bool Deactivate()
    {
        if (!IsMobile)
        {
            return false;
        }

        switch (_engine)
        {
            case MobikeXInitiator initiator:
                initiator.Deactivate(peer.Now);
                break;
            case MobikeXResponder responder:
                responder.Deactivate(peer.Now);
                break;
        }

        Drain();
        return true;
    }
}
