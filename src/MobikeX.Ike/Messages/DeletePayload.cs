using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>Delete: SAs that are gone at the sender, or will be once it is answered (RFC 7296, section 3.11).</summary>
/// <param name="Protocol">IKE for the SA that carries the message; AH or ESP for CHILD_SAs.</param>
/// <param name="Spis">Of CHILD_SAs: the SPIs in packets that the sender receives. None for the IKE SA.</param>
internal sealed record DeletePayload(ProtocolId Protocol, IReadOnlyList<uint> Spis) : IkePayload(PayloadType.Delete)
{
    internal static bool TryRead(ReadOnlySpan<byte> body, out IkePayload? payload, out int consumed, out WireFailure failure)
    {
        payload = null;
        if (!DeleteBody.TryRead(body, out DeleteBody value, out consumed, out failure))
        {
            return false;
        }

        if (value.TryGetDeleteChildSas(out DeleteChildSas children))
        {
            uint[] spis = new uint[children.Spis.Count];
            for (int i = 0; i < spis.Length; i++)
            {
                spis[i] = children.Spis[i];
            }

            payload = new DeletePayload(children.ProtocolId, spis);
        }
        else
        {
            payload = new DeletePayload(ProtocolId.Ike, []);
        }

        return true;
    }

    internal override byte[] ToOctets()
    {
        byte[] octets;
        if (Protocol == ProtocolId.Ike)
        {
            if (Spis.Count > 0)
            {
                throw new ArgumentException("the IKE SA that carries a Delete payload is named by no SPI");
            }

            octets = Room(DeleteIkeSa.MinimumLength, out Span<byte> body);
            Require(default(DeleteIkeSa).TryWrite(body, out _, out WireFailure failure), failure);
        }
        else
        {
            var value = new DeleteChildSas(Protocol, new DeleteChildSas.SpisList(Spis.ToArray()));
            octets = Room(value.WireLength, out Span<byte> body);
            Require(value.TryWrite(body, out _, out WireFailure failure), failure);
        }

        return octets;
    }
}
