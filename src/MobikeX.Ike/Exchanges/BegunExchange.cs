using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>An exchange that this host begins: it waits for its turn, is built, and is completed or lost.</summary>
internal abstract class BegunExchange(IkePeer peer)
{
    public IkePeer Peer { get; } = peer;

    /// <summary>The IKE_SA that it is an exchange of, once its turn has come.</summary>
    public IkeSession Session { get; private set; } = null!;

    public uint MessageId { get; private set; }

    public abstract ExchangeType Type { get; }

    /// <summary>The way of its request, asked for when it is sent for the first time.</summary>
    public virtual PacketAddresses Path => Peer.Path;

    /// <summary>Whether a peer that does not respond is held to be gone.</summary>
    public virtual bool EndsPeerWhenLost => true;

    /// <summary>Its turn has come; false where it is not needed any more.</summary>
    public abstract bool Build(PayloadChain chain);

    /// <summary>Whether a response is the one that is waited for: one that anybody may have sent need not be.</summary>
    public virtual bool Believes(ReceivedPayloads response) => true;

    public abstract void Complete(ReceivedPayloads response);

    /// <summary>No response will come. What becomes of the peer is seen to by the session.</summary>
    public virtual void Lost()
    {
    }

    internal void Begin(IkeSession session, uint messageId)
    {
        Session = session;
        MessageId = messageId;
    }
}
