using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>A certificate, or data about certificates (RFC 7296, section 3.6).</summary>
internal sealed record CertPayload(CertificateEncoding Encoding, byte[] Data) : IkePayload(PayloadType.Certificate)
{
    internal static bool TryRead(ReadOnlySpan<byte> body, out IkePayload? payload, out WireFailure failure)
    {
        bool read = CertBody.TryRead(body, out CertBody value, out _, out failure);
        payload = read ? new CertPayload(value.CertEncoding, value.Data.ToArray()) : null;
        return read;
    }

    internal override byte[] ToOctets()
    {
        var value = new CertBody(Encoding, Data);
        byte[] octets = Room(value.WireLength, out Span<byte> body);
        Require(value.TryWrite(body, out _, out WireFailure failure), failure);
        return octets;
    }
}
