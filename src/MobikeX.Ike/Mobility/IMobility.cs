using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>What moves with the addresses of one peer: it sees every sealed message and chooses the ways of requests.</summary>
internal interface IMobility
{
    /// <summary>True where IKE_AUTH is sent to the port of NAT traversal though there is no NAT (RFC 4555 section 3.3).</summary>
    bool WantsNatPort { get; }

    /// <summary>At the Initiator: adds to the request of IKE_AUTH.</summary>
    void AddToAuth(PayloadChain chain);

    /// <summary>At the Initiator: takes the response of IKE_AUTH, once the peer is authenticated.</summary>
    void TakeAuthResponse(ReceivedPayloads response);

    /// <summary>Takes a request of IKE_AUTH, once the peer is authenticated, or of INFORMATIONAL; calls <paramref name="done"/> once.</summary>
    void Answer(ReceivedPayloads request, PayloadChain answers, Action done);

    /// <summary>IKE_AUTH is over.</summary>
    void Established();

    /// <summary>A response came, which is about to be completed.</summary>
    void TakeResponse(BegunExchange exchange, ReceivedPayloads response);

    /// <summary>Adds to an empty request that asks for a sign of the peer.</summary>
    void AddToLiveness(PayloadChain chain);

    /// <summary>Asks the peer where it sees this host, where that tells of a NAT in front of it.</summary>
    void AskHowSeen();

    /// <summary>A new request came, which is about to be answered.</summary>
    void TakeRequest(ReceivedPayloads request);

    /// <summary>The outstanding request is about to be sent again, for the first time where <paramref name="attempt"/> is 1.</summary>
    void Retransmitting(BegunExchange exchange, int attempt);

    /// <summary>All attempts are used up. True where another way was chosen by <see cref="IkeSession.MoveOutstanding"/>.</summary>
    bool Rescues(BegunExchange exchange);

    /// <summary>The addresses of this host that can be used, all of them.</summary>
    void HandleAddresses(IReadOnlyList<IpAddress> own);

    /// <summary>Begins an action of MOBIKE-X; null where it cannot be.</summary>
    ushort? Act(ActionTrait action, ActionCommand command);

    /// <summary>Offers alternate addresses; false where it cannot be.</summary>
    bool Offer(IReadOnlyList<OfferedAlternate> alternates, IReadOnlyList<SaSelector> selectors);

    /// <summary>Ends the use of MOBIKE-X; false where it is not in use.</summary>
    bool Deactivate();

    /// <summary>The state of the negotiation at the Initiator; null where this host is none.</summary>
    NegotiationInitiatorState? InitiatorState { get; }

    /// <summary>The state of the negotiation at the Responder; null where this host is none.</summary>
    NegotiationResponderState? ResponderState { get; }

    /// <summary>The IKE_SA has been rekeyed.</summary>
    void Rekeyed(IkeSession successor);

    /// <summary>A CHILD_SA that took the addresses of another, whose successor it is, is installed.</summary>
    void ChildRekeyed(ChildSa replaced, ChildSa successor);

    /// <summary>The IKE_SA is no more.</summary>
    void Ended();
}
