using MobikeX.Cli.Scenarios;
using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Cli.Demo;

/// <summary>One end of the demo: an engine with its SAD, and the least of a carrier: an IKE header in front of the payloads, and Message IDs.</summary>
internal sealed class DemoPeer(ScenarioHost host, DemoNetwork network)
{
    private readonly Dictionary<uint, uint> _tokens = [];
    private uint _nextMessageId;

    public ScenarioHost Host { get; } = host;

    /// <summary>True while a request of this peer has no answer.</summary>
    public bool Awaits => _tokens.Count > 0;

    /// <summary>Lets the engine's effects happen, and sends what it has to say.</summary>
    public IEnumerable<DemoMessage> Send(TimeSpan now)
    {
        EngineDriver.Run(Host.Engine, Host.Backend, now);
        while (Host.Engine.TryPollTransmit(out Transmit transmit))
        {
            bool isResponse = transmit.Kind == TransmitKind.Response;
            uint messageId = isResponse ? transmit.Token : _nextMessageId++;
            if (!isResponse)
            {
                _tokens.Add(messageId, transmit.Token);
            }

            byte[] payloads = transmit.Payloads.ToArray();
            byte[] datagram = Seal(transmit, messageId, isResponse, payloads);
            network.Send(transmit.Packet.Source, transmit.Packet.Destination, datagram);
            yield return new DemoMessage(
                now, Host.Role, isResponse, messageId, transmit.Exchange, transmit.Packet, transmit.First, payloads, datagram.Length);
        }
    }

    /// <summary>Takes a datagram; what is no message of this IKE_SA is passed over.</summary>
    public void Receive(DemoDatagram datagram, TimeSpan now)
    {
        if (!IkeHeader.TryRead(datagram.Octets, out IkeHeader header, out int consumed, out _)
            || header.Length != datagram.Octets.Length
            || header.InitiatorSpi != Host.Ike.Spi)
        {
            return;
        }

        ReadOnlySpan<byte> payloads = datagram.Octets.AsSpan(consumed);
        if (!header.Response)
        {
            var request = new ReceivedMessage(header.ExchangeType, header.MessageId, header.NextPayload, payloads, datagram.Packet);
            Host.Engine.HandleRequest(request, now, Host.Backend);
        }
        else if (_tokens.Remove(header.MessageId, out uint token))
        {
            var response = new ReceivedMessage(header.ExchangeType, token, header.NextPayload, payloads, datagram.Packet);
            Host.Engine.HandleResponse(response, now, Host.Backend);
        }
    }

    public IEnumerable<ScenarioTold> Tell(TimeSpan now)
    {
        while (Host.Engine.TryPollEvent(out EngineEvent? told))
        {
            yield return ScenarioEvents.Describe(now, Host, told!);
        }
    }

    private byte[] Seal(in Transmit transmit, uint messageId, bool isResponse, ReadOnlySpan<byte> payloads)
    {
        int length = IkeHeader.MinimumLength + payloads.Length;
        byte[] datagram = new byte[length];
        var header = new IkeHeader(
            initiatorSpi: Host.Ike.Spi,
            responderSpi: Host.Ike.ResponderSpi,
            nextPayload: transmit.First,
            majorVersion: (byte)Constants.MajorVersion,
            minorVersion: (byte)Constants.MinorVersion,
            exchangeType: transmit.Exchange,
            messageId: messageId,
            length: (uint)length,
            response: isResponse,
            initiator: Host.Role == PeerRole.Initiator);
        if (!header.TryWrite(datagram, out int written, out WireFailure failure))
        {
            throw new InvalidOperationException(failure.ToString());
        }

        payloads.CopyTo(datagram.AsSpan(written));
        return datagram;
    }
}

/// <summary>A message of the demo as it was sent.</summary>
/// <param name="Octets">Of the datagram.</param>
internal sealed record DemoMessage(
    TimeSpan Time, PeerRole Sender, bool IsResponse, uint MessageId, ExchangeType Exchange, PacketAddresses Packet, PayloadType First, byte[] Payloads, int Octets);
