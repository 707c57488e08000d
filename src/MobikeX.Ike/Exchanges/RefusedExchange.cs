using MobikeX.Ike.Messages;

namespace MobikeX.Ike;

/// <summary>A request that is answered with an error and nothing else (RFC 7296 section 2.21.3).</summary>
internal sealed class RefusedExchange(IkeSession session, ReceivedPayloads request, NotifyValue error) : AnsweredExchange(session, request)
{
    public override void Respond()
    {
        PayloadChain answers = new();
        answers.Add(error);
        Send(answers);
    }
}
