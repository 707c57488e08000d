using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Lab.Peers;

/// <summary>The least of a carrier for one end of an IKE_SA: an IKE header in front of the payloads, which stay in clear, and Message IDs.</summary>
/// <remarks>
/// What it is for: moves of SAs that a test puts into two kernels with its own SPIs and keys, and that it wants to see one message at a time.
/// Nothing but the messages of the engines takes time between a command and the change, and nothing is sent that no command asked for.
/// </remarks>
internal sealed class ClearCarrier(MobikeXEngine engine)
{
    private readonly Dictionary<uint, uint> _tokens = [];
    private uint _nextMessageId;

    /// <summary>True while a request of this end has no answer.</summary>
    public bool Awaits => _tokens.Count > 0;

    /// <summary>The datagram of a message that the engine wants to send, and its Message ID.</summary>
    public (uint MessageId, byte[] Datagram) Put(in Transmit transmit)
    {
        bool isResponse = transmit.Kind == TransmitKind.Response;
        uint messageId = isResponse ? transmit.Token : _nextMessageId++;
        if (!isResponse)
        {
            _tokens.Add(messageId, transmit.Token);
        }

        byte[] datagram = new byte[IkeHeader.MinimumLength + transmit.Payloads.Length];
        var header = new IkeHeader(
            initiatorSpi: engine.Ike.Spi,
            responderSpi: engine.Ike.ResponderSpi,
            nextPayload: transmit.First,
            majorVersion: (byte)Constants.MajorVersion,
            minorVersion: (byte)Constants.MinorVersion,
            exchangeType: transmit.Exchange,
            messageId: messageId,
            length: (uint)datagram.Length,
            response: isResponse,
            initiator: engine is MobikeXInitiator);
        if (!header.TryWrite(datagram, out int written, out WireFailure failure))
        {
            throw new InvalidOperationException(failure.ToString());
        }

        transmit.Payloads.Span.CopyTo(datagram.AsSpan(written));
        return (messageId, datagram);
    }

    /// <summary>Hands a datagram to the engine; what is no message of this IKE_SA is passed over.</summary>
    public void Take(ReadOnlySpan<byte> datagram, in PacketAddresses packet, TimeSpan now, IIpsecReader sas)
    {
        if (!IkeHeader.TryRead(datagram, out IkeHeader header, out int consumed, out _)
            || header.Length != datagram.Length
            || header.InitiatorSpi != engine.Ike.Spi)
        {
            return;
        }

        ReadOnlySpan<byte> payloads = datagram[consumed..];
        if (!header.Response)
        {
            engine.HandleRequest(new ReceivedMessage(header.ExchangeType, header.MessageId, header.NextPayload, payloads, packet), now, sas);
        }
        else if (_tokens.Remove(header.MessageId, out uint token))
        {
            engine.HandleResponse(new ReceivedMessage(header.ExchangeType, token, header.NextPayload, payloads, packet), now, sas);
        }
    }
}
