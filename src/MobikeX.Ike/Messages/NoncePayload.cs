using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>A nonce (RFC 7296, section 3.9).</summary>
/// <param name="Data">16 to 256 octets.</param>
internal sealed record NoncePayload(byte[] Data) : IkePayload(PayloadType.Nonce)
{
    internal static bool TryRead(ReadOnlySpan<byte> body, out IkePayload? payload, out WireFailure failure)
    {
        bool read = NonceBody.TryRead(body, out NonceBody value, out _, out failure);
        payload = read ? new NoncePayload(value.Data.ToArray()) : null;
        return read;
    }

    internal override byte[] ToOctets()
    {
        var value = new NonceBody(Data);
        byte[] octets = Room(value.WireLength, out Span<byte> body);
        Require(value.TryWrite(body, out _, out WireFailure failure), failure);
        return octets;
    }
}
