using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Messages;

/// <summary>A payload of a message, as a value (RFC 7296, section 3.2).</summary>
/// <param name="Type">What it is.</param>
internal abstract record IkePayload(PayloadType Type)
{
    /// <summary>The whole payload, its generic header included, with none behind it.</summary>
    /// <exception cref="ArgumentException">The value has no form on the wire.</exception>
    internal abstract byte[] ToOctets();

    /// <summary>Room for a payload, with its generic header written.</summary>
    protected static byte[] Room(int bodyLength, out Span<byte> body, bool critical = false)
    {
        long length = PayloadHeader.MinimumLength + (long)bodyLength;
        if (length > ushort.MaxValue)
        {
            throw new ArgumentException($"a payload of {length} octets has no form on the wire");
        }

        byte[] octets = new byte[length];
        Require(new PayloadHeader(PayloadType.NoNextPayload, (ushort)length, critical).TryWrite(octets, out _, out WireFailure failure), failure);
        body = octets.AsSpan(PayloadHeader.MinimumLength);
        return octets;
    }

    /// <summary>Refuses a value that could not be written.</summary>
    protected static void Require(bool written, in WireFailure failure)
    {
        if (!written)
        {
            throw new ArgumentException($"a value has no form on the wire: {failure}");
        }
    }
}
