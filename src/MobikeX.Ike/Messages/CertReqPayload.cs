using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>Certificate Request (RFC 7296, section 3.7).</summary>
/// <param name="Encoding">What kind of certificate is asked for.</param>
/// <param name="Authorities">For X.509 the SHA-1 hashes of the SubjectPublicKeyInfo of the authorities, one behind the other; may be empty.</param>
internal sealed record CertReqPayload(CertificateEncoding Encoding, byte[] Authorities) : IkePayload(PayloadType.CertificateRequest)
{
    internal static bool TryRead(ReadOnlySpan<byte> body, out IkePayload? payload, out WireFailure failure)
    {
        bool read = CertreqBody.TryRead(body, out CertreqBody value, out _, out failure);
        payload = read ? new CertReqPayload(value.CertEncoding, value.Authority.ToArray()) : null;
        return read;
    }

    internal override byte[] ToOctets()
    {
        var value = new CertreqBody(Encoding, Authorities);
        byte[] octets = Room(value.WireLength, out Span<byte> body);
        Require(value.TryWrite(body, out _, out WireFailure failure), failure);
        return octets;
    }
}
