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

        if (Fatal() is { } fatal)
        {
            Send(_answers);
            Peer.End(fatal == NotifyType.AuthenticationFailed ? EndCause.NotAuthenticated : EndCause.Malformed, $"the peer says {IkeNames.Of(fatal)}");
            return;
        }

        DeleteChildAnswer.Answer(Peer, Request, _answers, () => Peer.Mobility.Answer(Request, _answers, () => Send(_answers)));
    }

    /// <summary>What ends the IKE_SA though nothing is deleted: that this host could not be authenticated, and other errors in what follows IKE_AUTH at once (RFC 7296 section 2.21.2). Elsewhere errors in a request end nothing.</summary>
    private NotifyType? Fatal()
    {
        NotifyType[] fatal = Session.FollowsAuth(Request.MessageId)
            ? [NotifyType.AuthenticationFailed, NotifyType.InvalidSyntax, NotifyType.UnsupportedCriticalPayload]
            : [NotifyType.AuthenticationFailed];
        return Request.Payloads.OfType<NotifyValue>().FirstOrDefault(notify => fatal.Contains(notify.NotifyType))?.NotifyType;
    }
}
