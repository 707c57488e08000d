using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>A request of an engine.</summary>
internal sealed class EngineExchange(IkePeer peer, PeerMobility mobility, Transmit transmit) : BegunExchange(peer)
{
    private bool _isSent;

    /// <summary>What the engine asked to be sent.</summary>
    public Transmit Transmit { get; } = transmit;

    public override ExchangeType Type => Transmit.Exchange;

    public override PacketAddresses Path => mobility.PathFor(Transmit);

    public override bool Build(PayloadChain chain)
    {
        chain.AddChain(Transmit.First, Transmit.Payloads.Span);
        _isSent = true;
        mobility.TakeSent(Transmit);
        return true;
    }

    public override void Complete(ReceivedPayloads response) => mobility.TakeEngineResponse(Transmit, response);

    public override void Lost()
    {
        if (!_isSent)
        {
            mobility.TakeSent(Transmit);
        }

        mobility.TakeEngineLoss(Transmit);
    }
}
