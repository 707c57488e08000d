using MobikeX.Ike.Messages;

namespace MobikeX.Ike;

/// <summary>An exchange that the peer begins: it is answered once, now or when an effect is done.</summary>
internal abstract class AnsweredExchange(IkeSession session, ReceivedPayloads request)
{
    public IkeSession Session { get; } = session;

    public IkePeer Peer { get; } = session.Peer;

    public ReceivedPayloads Request { get; } = request;

    /// <summary>Answers; <see cref="Send"/> is called once, now or later.</summary>
    public abstract void Respond();

    protected void Send(PayloadChain answers) => Session.Respond(this, answers);
}
