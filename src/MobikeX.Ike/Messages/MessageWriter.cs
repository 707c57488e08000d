using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Ikev2.Fragmentation;

namespace MobikeX.Ike.Messages;

/// <summary>Puts headers in front of payloads.</summary>
internal static class MessageWriter
{
    /// <summary>Octets of an SKF payload between its generic header and its body.</summary>
    internal const int FragmentHeaderLength = SkfBody.MinimumLength;

    /// <summary>A header of version 2.0; the first payload and the length are filled in when a message is written.</summary>
    internal static IkeHeader Header(ulong initiatorSpi, ulong responderSpi, ExchangeType exchange, uint messageId, bool response, bool initiator) => new(
        initiatorSpi,
        responderSpi,
        PayloadType.NoNextPayload,
        (byte)Constants.MajorVersion,
        (byte)Constants.MinorVersion,
        exchange,
        messageId,
        length: IkeHeader.MinimumLength,
        response: response,
        initiator: initiator);

    /// <summary>A message in clear.</summary>
    internal static byte[] Write(IkeHeader header, PayloadChain payloads)
    {
        byte[] message = new byte[IkeHeader.MinimumLength + payloads.Octets.Length];
        WriteHeader(header, payloads.First, message);
        payloads.Octets.CopyTo(message.AsSpan(IkeHeader.MinimumLength));
        return message;
    }

    /// <summary>A message with an Encrypted payload, or a fragment of one, whose body is still to be filled in.</summary>
    /// <param name="header">The header; its first payload and length are filled in.</param>
    /// <param name="firstInside">The type of the first payload inside; none in a fragment other than the first.</param>
    /// <param name="bodyLength">Octets of initialization vector, ciphertext and integrity check value.</param>
    /// <param name="fragment">Which fragment it is; null for a whole message.</param>
    /// <param name="bodyOffset">Where the body begins. All before it is the associated data.</param>
    internal static byte[] Frame(IkeHeader header, PayloadType firstInside, int bodyLength, FragmentPlace? fragment, out int bodyOffset)
    {
        bodyOffset = IkeHeader.MinimumLength + PayloadHeader.MinimumLength + (fragment is null ? 0 : FragmentHeaderLength);
        byte[] message = new byte[bodyOffset + bodyLength];
        int payloadLength = message.Length - IkeHeader.MinimumLength;
        if (payloadLength > ushort.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(bodyLength), bodyLength, "an Encrypted payload cannot be that long");
        }

        WriteHeader(header, fragment is null ? PayloadType.Encrypted : PayloadType.EncryptedFragment, message);
        new PayloadHeader(firstInside, (ushort)payloadLength).TryWrite(message.AsSpan(IkeHeader.MinimumLength), out int written, out _);
        if (fragment is { } place)
        {
            new SkfBody(place.Number, place.Total, default).TryWrite(message.AsSpan(IkeHeader.MinimumLength + written), out _, out _);
        }

        return message;
    }

    private static void WriteHeader(in IkeHeader header, PayloadType first, byte[] message) => new IkeHeader(
        header.InitiatorSpi,
        header.ResponderSpi,
        first,
        header.MajorVersion,
        header.MinorVersion,
        header.ExchangeType,
        header.MessageId,
        (uint)message.Length,
        header.Response,
        header.HigherVersion,
        header.Initiator).TryWrite(message, out _, out _);
}
