using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Answers INFORMATIONAL: Delete payloads, what moves addresses, or a question whether this host is alive (RFC 7296 section 1.4).</summary>
internal sealed class InformationalAnswer(IkeSession session, ReceivedPayloads request) : AnsweredExchange(session, request)
{
    private readonly PayloadChain _answers = new();

    public override void Respond()
    {
        if (Request.Payloads.OfType<DeletePayload>().Any(static delete => delete.Protocol == ProtocolId.Ike))
        {
            Send(_answers);
            if (Session.RekeyedByPeer is { } rekeyed && Session == Peer.Session)
            {
                // It saw no collision: what this host began has not reached it in time (RFC 7296, 2.8.2).
                Peer.Succeed(Session, rekeyed.Successor);
            }

            if (Session == Peer.Session)
            {
                Peer.End(EndCause.DeletedByPeer, "deleted by the peer");
            }
            else
            {
                Session.Discard();
            }

            return;
        }

        if (Request.Has(NotifyType.AuthenticationFailed))
        {
            Send(_answers);
            Peer.End(EndCause.NotAuthenticated, "the peer could not authenticate this host");
            return;
        }

        DeleteChildAnswer.Answer(Peer, Request, _answers, () => Peer.Mobility.Answer(Request, _answers, () => Send(_answers)));
    }
}
