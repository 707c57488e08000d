using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests.Simulator;

/// <summary>A message of the pair on its way.</summary>
internal sealed record Datagram(bool FromInitiator, bool IsResponse, uint MessageId, ExchangeType Exchange, PayloadType First, byte[] Payloads, PacketAddresses Packet)
{
    public IReadOnlyList<SentNotify> Notifies => SentNotify.Read(First, Payloads);
}

/// <summary>What lies between two hosts: it loses, doubles and delays datagrams, so that they also overtake each other, and may translate addresses.</summary>
internal sealed class SimulatorNetwork(SimulatorClock clock, Random random)
{
    private PacketAddresses? _inside;

    public double Loss { get; set; }

    public double Duplication { get; set; }

    public TimeSpan LongestDelay { get; set; }

    /// <summary>Where a NAT before the Initiator sends from; null where there is none.</summary>
    public (IpAddress Address, ushort Port)? Nat { get; set; }

    /// <summary>Every datagram that was sent, lost ones included.</summary>
    public List<Datagram> Sent { get; } = [];

    public void Send(Datagram datagram, Action<Datagram> deliver)
    {
        Sent.Add(datagram);
        int copies = random.NextDouble() < Duplication ? 2 : 1;
        for (int i = 0; i < copies; i++)
        {
            if (random.NextDouble() >= Loss)
            {
                Datagram arriving = Translate(datagram);
                clock.After(LongestDelay * random.NextDouble(), () => deliver(arriving));
            }
        }
    }

    private Datagram Translate(Datagram datagram)
    {
        if (Nat is not { } nat)
        {
            return datagram;
        }

        PacketAddresses packet = datagram.Packet;
        if (datagram.FromInitiator)
        {
            _inside = packet;
            return datagram with { Packet = new PacketAddresses(nat.Address, nat.Port, packet.Destination, packet.DestinationPort) };
        }

        return _inside is { } inside
            ? datagram with { Packet = new PacketAddresses(packet.Source, packet.SourcePort, inside.Source, inside.SourcePort) }
            : datagram;
    }
}
