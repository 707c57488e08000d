using MobikeX.Engine;
using MobikeX.Protocol;

namespace MobikeX.Ike;

/// <summary>What an upper layer asks of MOBIKE with this peer.</summary>
public sealed partial class IkePeer
{
    /// <summary>The version of MOBIKE that is agreed with the peer; null where none is.</summary>
    public MobikeVersion? MobikeVersion => Sa?.Version;

    /// <summary>The state of the negotiation of MOBIKE at the Initiator (draft section 7.1.3); null where this host is none, or has not begun it.</summary>
    public NegotiationInitiatorState? InitiatorState => Mobility.InitiatorState;

    /// <summary>The state of the negotiation of MOBIKE at the Responder; null where this host is none, or nobody has begun it.</summary>
    public NegotiationResponderState? ResponderState => Mobility.ResponderState;

    /// <summary>Replaces addresses of SAs (draft section 7.4). The events <see cref="ActionAccepted"/> and <see cref="ActionFailed"/> tell the outcome under the number that this returns.</summary>
    /// <returns>The identifier; null where this host is not the Initiator of the peer, or MOBIKE is not in use.</returns>
    public ushort? Update(ActionCommand command, TimeSpan now) => Act(ActionTrait.Update, command, now);

    /// <summary>Adds an address to CHILD_SAs (draft section 7.6).</summary>
    /// <inheritdoc cref="Update" path="/returns"/>
    public ushort? Add(ActionCommand command, TimeSpan now) => Act(ActionTrait.Add, command, now);

    /// <summary>Removes an address from CHILD_SAs (draft section 7.6).</summary>
    /// <inheritdoc cref="Update" path="/returns"/>
    public ushort? Remove(ActionCommand command, TimeSpan now) => Act(ActionTrait.Remove, command, now);

    /// <summary>Offers alternate addresses to the peer (draft section 7.2): the whole list, or none to take it back.</summary>
    /// <returns>False where MOBIKE is not in use.</returns>
    public bool OfferAlternates(IReadOnlyList<OfferedAlternate> alternates, IReadOnlyList<SaSelector> selectors, TimeSpan now)
    {
        Endpoint.Advance(now);
        return Mobility.Offer(alternates, selectors);
    }

    /// <summary>Ends the use of MOBIKE-X with the peer; the SAs stay where they are (draft section 6.2).</summary>
    /// <returns>False where it is not in use.</returns>
    public bool Deactivate(TimeSpan now)
    {
        Endpoint.Advance(now);
        return Mobility.Deactivate();
    }

    private ushort? Act(ActionTrait action, ActionCommand command, TimeSpan now)
    {
        Endpoint.Advance(now);
        return Mobility.Act(action, command);
    }
}
