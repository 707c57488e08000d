using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Which exchange answers a request of the peer.</summary>
internal static class Answers
{
    public static AnsweredExchange Create(IkeSession session, ReceivedPayloads request) => request.Exchange switch
    {
        ExchangeType.IkeAuth when !session.Peer.IsEstablished => new AuthAnswer(session, request),
        ExchangeType.CreateChildSa when session.Peer.IsEstablished => request.Get<SaPayload>() is { Proposals: [{ Protocol: ProtocolId.Ike }, ..] }
            ? new RekeyIkeAnswer(session, request)
            : new CreateChildAnswer(session, request),
        ExchangeType.Informational => new InformationalAnswer(session, request),
        _ => new RefusedExchange(session, request, new NotifyValue(NotifyType.InvalidSyntax)),
    };
}
