using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>Identification (RFC 7296, section 3.5).</summary>
/// <param name="Type">IDi or IDr.</param>
/// <param name="Identity">Whose it is.</param>
internal sealed record IdPayload(PayloadType Type, Identification Identity) : IkePayload(Type)
{
    internal static bool TryRead(PayloadType type, ReadOnlySpan<byte> body, out IkePayload? payload, out WireFailure failure)
    {
        bool read = IdBody.TryRead(body, out IdBody value, out _, out failure);

        // The reserved octets are signed with the rest (section 2.15), so a peer's own body is kept as it came.
        payload = read ? new IdPayload(type, new Identification(value.IdType, value.Data.ToArray())) { _received = body.ToArray() } : null;
        return read;
    }

    private byte[]? _received;

    /// <summary>What AUTH signs of it: RestOfInitIDPayload and RestOfRespIDPayload (section 2.15).</summary>
    internal byte[] Body() => _received ?? ToOctets()[PayloadHeader.MinimumLength..];

    internal override byte[] ToOctets()
    {
        var value = new IdBody(Identity.Type, Identity.Data);
        byte[] octets = Room(value.WireLength, out Span<byte> body);
        Require(value.TryWrite(body, out _, out WireFailure failure), failure);
        return octets;
    }
}
