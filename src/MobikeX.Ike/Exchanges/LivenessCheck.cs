using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Asks a silent peer for a sign (RFC 7296 section 2.4).</summary>
internal sealed class LivenessCheck(IkePeer peer) : BegunExchange(peer)
{
    public override ExchangeType Type => ExchangeType.Informational;

    public override bool Build(PayloadChain chain)
    {
        Peer.Mobility.AddToLiveness(chain);
        return true;
    }

    public override void Complete(ReceivedPayloads response)
    {
    }
}
