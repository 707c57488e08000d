using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>Authentication (RFC 7296, section 3.8).</summary>
internal sealed record AuthPayload(AuthenticationMethod Method, byte[] Data) : IkePayload(PayloadType.Authentication)
{
    internal static bool TryRead(ReadOnlySpan<byte> body, out IkePayload? payload, out WireFailure failure)
    {
        bool read = AuthBody.TryRead(body, out AuthBody value, out _, out failure);
        payload = read ? new AuthPayload(value.AuthMethod, value.Data.ToArray()) : null;
        return read;
    }

    internal override byte[] ToOctets()
    {
        var value = new AuthBody(Method, Data);
        byte[] octets = Room(value.WireLength, out Span<byte> body);
        Require(value.TryWrite(body, out _, out WireFailure failure), failure);
        return octets;
    }
}
