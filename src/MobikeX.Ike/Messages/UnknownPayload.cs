using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike.Messages;

/// <summary>A payload that is passed over: of a type that is not known, or that nothing here reads.</summary>
internal sealed record UnknownPayload(PayloadType Type, bool Critical, byte[] Body) : IkePayload(Type)
{
    internal override byte[] ToOctets()
    {
        byte[] octets = Room(Body.Length, out Span<byte> body, Critical);
        Body.CopyTo(body);
        return octets;
    }
}
