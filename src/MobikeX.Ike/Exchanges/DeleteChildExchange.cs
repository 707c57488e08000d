using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>INFORMATIONAL that ends a pair of CHILD_SAs (RFC 7296, 1.4.1).</summary>
internal sealed class DeleteChildExchange(IkePeer peer, ProtocolId protocol, uint localSpi) : BegunExchange(peer)
{
    private readonly IkeChild? _child;

    public DeleteChildExchange(IkePeer peer, IkeChild child)
        : this(peer, child.Suite.Protocol, child.LocalSpi) => _child = child;

    public override ExchangeType Type => ExchangeType.Informational;

    public override bool Build(PayloadChain chain)
    {
        if (_child is not null)
        {
            if (_child.IsDeleting || !Peer.Children.Contains(_child))
            {
                return false;
            }

            _child.IsDeleting = true;
        }

        chain.Add(new DeletePayload(protocol, [localSpi]));
        return true;
    }

    public override void Complete(ReceivedPayloads response) => Remove();

    public override void Lost() => Remove();

    private void Remove()
    {
        if (_child is not null && Peer.Children.Contains(_child))
        {
            Peer.Remove(_child);
        }
    }
}
