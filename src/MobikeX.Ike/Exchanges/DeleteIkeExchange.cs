using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Ends an IKE_SA; where it is the current one of its peer, all of its CHILD_SAs with it (RFC 7296 section 1.4.1).</summary>
internal sealed class DeleteIkeExchange(IkePeer peer, string reason, EndCause cause = EndCause.Deleted) : BegunExchange(peer)
{
    public override ExchangeType Type => ExchangeType.Informational;

    public override bool EndsPeerWhenLost => Session == Peer.Session;

    public override bool Build(PayloadChain chain)
    {
        chain.Add(new DeletePayload(ProtocolId.Ike, []));
        return true;
    }

    public override void Complete(ReceivedPayloads response) => End();

    public override void Lost()
    {
        // Where its turn never came, its IKE_SA is ending already.
        if (Session is not null)
        {
            End();
        }
    }

    private void End()
    {
        if (Session == Peer.Session)
        {
            Peer.End(cause, reason);
        }
        else
        {
            Session.Discard();
        }
    }
}
