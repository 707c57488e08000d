using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>Key Exchange: a public value (RFC 7296, section 3.4).</summary>
internal sealed record KePayload(DiffieHellmanGroup Group, byte[] Data) : IkePayload(PayloadType.KeyExchange)
{
    internal static bool TryRead(ReadOnlySpan<byte> body, out IkePayload? payload, out WireFailure failure)
    {
        bool read = KeBody.TryRead(body, out KeBody value, out _, out failure);
        payload = read ? new KePayload(value.Group, value.Data.ToArray()) : null;
        return read;
    }

    internal override byte[] ToOctets()
    {
        var value = new KeBody(Group, Data);
        byte[] octets = Room(value.WireLength, out Span<byte> body);
        Require(value.TryWrite(body, out _, out WireFailure failure), failure);
        return octets;
    }
}
