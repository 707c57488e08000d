using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>Asks whether a way leads to the peer (RFC 4555 section 3.10): an INFORMATIONAL request with nothing in it, which goes every way with the same octets.</summary>
/// <remarks>It has no NAT detection: the hashes would fit one way only, and look like a NAT on the others.</remarks>
internal sealed class PathProbe(IkePeer peer, PacketAddresses path) : BegunExchange(peer)
{
    public override ExchangeType Type => ExchangeType.Informational;

    public override PacketAddresses Path => path;

    public override bool Build(PayloadChain chain) => true;

    public override void Complete(ReceivedPayloads response)
    {
        // Which way the response came is taken by the mobility of the peer, as for every response.
    }
}
