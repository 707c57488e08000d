using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>Vendor ID (RFC 7296, section 3.12).</summary>
internal sealed record VendorIdPayload(byte[] Data) : IkePayload(PayloadType.VendorId)
{
    internal static bool TryRead(ReadOnlySpan<byte> body, out IkePayload? payload, out WireFailure failure)
    {
        bool read = VendorIdBody.TryRead(body, out VendorIdBody value, out _, out failure);
        payload = read ? new VendorIdPayload(value.Vid.ToArray()) : null;
        return read;
    }

    internal override byte[] ToOctets()
    {
        var value = new VendorIdBody(Data);
        byte[] octets = Room(value.WireLength, out Span<byte> body);
        Require(value.TryWrite(body, out _, out WireFailure failure), failure);
        return octets;
    }
}
