using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Lab.Peers;

/// <summary>One end of an IKE_SA: an engine and a backend, and the least of a carrier: an IKE header in front of the payloads, and Message IDs.</summary>
internal sealed class LabPeer(MobikeXEngine engine, IIpsecBackend backend, IkeSockets sockets) : IDisposable
{
    private readonly Dictionary<uint, uint> _tokens = [];
    private uint _nextMessageId;

    public MobikeXEngine Engine { get; } = engine;

    public IIpsecBackend Backend { get; } = backend;

    public IkeSockets Sockets { get; } = sockets;

    /// <summary>True while a request of this peer has no answer.</summary>
    public bool Awaits => _tokens.Count > 0;

    /// <summary>Lets the engine's effects happen, and sends what it has to say.</summary>
    public void Send(TimeSpan now)
    {
        EngineDriver.Run(Engine, Backend, now);
        while (Engine.TryPollTransmit(out Transmit transmit))
        {
            bool isResponse = transmit.Kind == TransmitKind.Response;
            uint messageId = isResponse ? transmit.Token : _nextMessageId++;
            if (!isResponse)
            {
                _tokens.Add(messageId, transmit.Token);
            }

            Sockets.Send(transmit.Packet, Seal(transmit, messageId, isResponse));
        }
    }

    /// <summary>Takes a message; what is none of this IKE_SA is passed over.</summary>
    public void Receive(ReadOnlySpan<byte> message, in PacketAddresses packet, TimeSpan now)
    {
        if (!IkeHeader.TryRead(message, out IkeHeader header, out int consumed, out _) || header.Length != message.Length || header.InitiatorSpi != Engine.Ike.Spi)
        {
            return;
        }

        if (!header.Response)
        {
            Engine.HandleRequest(new ReceivedMessage(header.ExchangeType, header.MessageId, header.NextPayload, message[consumed..], packet), now, Backend);
        }
        else if (_tokens.Remove(header.MessageId, out uint token))
        {
            Engine.HandleResponse(new ReceivedMessage(header.ExchangeType, token, header.NextPayload, message[consumed..], packet), now, Backend);
        }
    }

    public IEnumerable<EngineEvent> Tell()
    {
        while (Engine.TryPollEvent(out EngineEvent? told))
        {
            yield return told!;
        }
    }

    public void Dispose() => Sockets.Dispose();

    private byte[] Seal(in Transmit transmit, uint messageId, bool isResponse)
    {
        byte[] message = new byte[IkeHeader.MinimumLength + transmit.Payloads.Length];
        var header = new IkeHeader(
            initiatorSpi: Engine.Ike.Spi,
            responderSpi: Engine.Ike.ResponderSpi,
            nextPayload: transmit.First,
            majorVersion: (byte)Constants.MajorVersion,
            minorVersion: (byte)Constants.MinorVersion,
            exchangeType: transmit.Exchange,
            messageId: messageId,
            length: (uint)message.Length,
            response: isResponse,
            initiator: Engine is MobikeXInitiator);
        Assert.True(header.TryWrite(message, out int written, out WireFailure failure), failure.ToString());
        transmit.Payloads.Span.CopyTo(message.AsSpan(written));
        return message;
    }
}
