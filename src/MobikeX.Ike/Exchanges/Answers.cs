using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Which exchange answers a request of the peer.</summary>
internal static class Answers
{
    public static AnsweredExchange Create(IkeSession session, ReceivedPayloads request) => request.Exchange switch
    {
        ExchangeType.CreateChildSa => new RefusedExchange(session, request, new NotifyValue(NotifyType.NoAdditionalSas)),
        ExchangeType.Informational => new InformationalAnswer(session, request),
        _ => new RefusedExchange(session, request, new NotifyValue(NotifyType.InvalidSyntax)),
    };
}
