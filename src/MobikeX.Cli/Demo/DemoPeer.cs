using MobikeX.Cli.Scenarios;
using MobikeX.Engine;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Cli.Demo;

/// <summary>One end of the demo: an engine with its SAD, and the least of a carrier.</summary>
internal sealed class DemoPeer(ScenarioHost host, DemoNetwork network)
{
    private readonly ClearCarrier _carrier = new(host.Engine);

    public ScenarioHost Host { get; } = host;

    /// <summary>True while a request of this peer has no answer.</summary>
    public bool Awaits => _carrier.Awaits;

    /// <summary>Lets the engine's effects happen, and sends what it has to say.</summary>
    public IEnumerable<DemoMessage> Send(TimeSpan now)
    {
        EngineDriver.Run(Host.Engine, Host.Backend, now);
        while (Host.Engine.TryPollTransmit(out Transmit transmit))
        {
            byte[] payloads = transmit.Payloads.ToArray();
            (uint messageId, byte[] datagram) = _carrier.Put(transmit);
            network.Send(transmit.Packet.Source, transmit.Packet.Destination, datagram);
            yield return new DemoMessage(
                now, Host.Role, transmit.Kind == TransmitKind.Response, messageId, transmit.Exchange, transmit.Packet, transmit.First, payloads, datagram.Length);
        }
    }

    /// <summary>Takes a datagram; what is no message of this IKE_SA is passed over.</summary>
    public void Receive(DemoDatagram datagram, TimeSpan now) => _carrier.Take(datagram.Octets, datagram.Packet, now, Host.Backend);

    public IEnumerable<ScenarioTold> Tell(TimeSpan now)
    {
        while (Host.Engine.TryPollEvent(out EngineEvent? told))
        {
            yield return ScenarioEvents.Describe(now, Host, told!);
        }
    }
}

/// <summary>A message of the demo as it was sent.</summary>
/// <param name="Octets">Of the datagram.</param>
internal sealed record DemoMessage(
    TimeSpan Time, PeerRole Sender, bool IsResponse, uint MessageId, ExchangeType Exchange, PacketAddresses Packet, PayloadType First, byte[] Payloads, int Octets);
