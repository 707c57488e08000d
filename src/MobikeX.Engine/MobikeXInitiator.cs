using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>The peer that is the Initiator of the IKE_SA: it asks for the actions.</summary>
public sealed class MobikeXInitiator : MobikeXEngine
{
    /// <summary>Creates the engine of an IKE_SA.</summary>
    /// <param name="ike">The IKE_SA; a <see cref="IkeSa.Version"/> that it has already is kept as agreed.</param>
    /// <param name="options">What is configured.</param>
    /// <param name="workspace">Working memory that this engine shares with others of its thread.</param>
    public MobikeXInitiator(IkeSa ike, InitiatorOptions options, EngineWorkspace? workspace = null)
        : base(ike, workspace)
    {
    }

    /// <summary>The state of the negotiation.</summary>
    public NegotiationInitiatorState State => throw new NotImplementedException();

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

    /// <summary>Offers the configured versions to the Responder, in IKE_AUTH.</summary>
    public void Enable(TimeSpan now) => throw new NotImplementedException();

    /// <summary>Replaces addresses. Returns the identifier that the answer's events carry.</summary>
    public ushort Update(ActionCommand command, in PacketAddresses packet, TimeSpan now, IIpsecReader sas) => throw new NotImplementedException();

    /// <summary>Adds an address to CHILD_SAs. Returns the identifier that the answer's events carry.</summary>
    public ushort Add(ActionCommand command, in PacketAddresses packet, TimeSpan now, IIpsecReader sas) => throw new NotImplementedException();

    /// <summary>Removes an address from CHILD_SAs. Returns the identifier that the answer's events carry.</summary>
    public ushort Remove(ActionCommand command, in PacketAddresses packet, TimeSpan now, IIpsecReader sas) => throw new NotImplementedException();

    /// <summary>Offers alternate addresses to the Responder: the whole list, or none to take it back.</summary>
    public void OfferAlternates(IReadOnlyList<OfferedAlternate> alternates, IReadOnlyList<SaSelector> selectors, TimeSpan now) => throw new NotImplementedException();

    /// <summary>Ends the use of MOBIKE-X.</summary>
    public void Deactivate(TimeSpan now) => throw new NotImplementedException();
}
