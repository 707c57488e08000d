using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>The peer that is the Responder of the IKE_SA: it performs the actions that the Initiator asks for.</summary>
public sealed class MobikeXResponder : MobikeXEngine
{
    /// <summary>Creates the engine of an IKE_SA.</summary>
    /// <param name="ike">The IKE_SA; a <see cref="IkeSa.Version"/> that it has already is kept as agreed.</param>
    /// <param name="options">What is configured.</param>
    /// <param name="workspace">Working memory that this engine shares with others of its thread.</param>
    public MobikeXResponder(IkeSa ike, ResponderOptions options, EngineWorkspace? workspace = null)
        : base(ike, workspace)
    {
    }

    /// <summary>The state of the negotiation.</summary>
    public NegotiationResponderState State => throw new NotImplementedException();

    /// <inheritdoc/>
    public override TimeSpan? NextDeadline => throw new NotImplementedException();

    /// <inheritdoc/>
    public override void HandleRequest(in ReceivedMessage message, TimeSpan now, IIpsecReader sas) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override void HandleResponse(in ReceivedMessage message, TimeSpan now, IIpsecReader sas) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override void HandleTimeout(TimeSpan now) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override void HandleEffect(int effectId, bool succeeded, TimeSpan now, IIpsecReader sas) => throw new NotImplementedException();

    /// <summary>Offers alternate addresses of the Responder to the Initiator: the whole list, or none to take it back.</summary>
    public void OfferAlternates(IReadOnlyList<OfferedAlternate> alternates, TimeSpan now) => throw new NotImplementedException();

    /// <summary>Ends the use of MOBIKE-X.</summary>
    public void Deactivate(TimeSpan now) => throw new NotImplementedException();

    /// <summary>Tells that the Initiator cannot be reached: its SAs move to the best usable alternate address.</summary>
    public void PeerUnreachable(TimeSpan now) => throw new NotImplementedException();
}
