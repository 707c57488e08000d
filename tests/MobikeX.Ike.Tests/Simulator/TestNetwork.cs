using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>A network in virtual time, which loses, repeats, delays and garbles as its seed has it.</summary>
internal sealed class TestNetwork(int seed = 1)
{
    private readonly Random _random = new(seed);
    private readonly PriorityQueue<OutgoingDatagram, TimeSpan> _underWay = new();

    public List<TestHost> Hosts { get; } = [];

    public List<OutgoingDatagram> Sent { get; } = [];

    public TimeSpan Now { get; private set; }

    public double Loss { get; set; }

    public double Duplication { get; set; }

    /// <summary>How often a copy is garbled: of what is sealed, since IKE_SA_INIT is protected by nothing until IKE_AUTH (RFC 7296 section 2.21.1).</summary>
    public double Garbage { get; set; }

    public TimeSpan Jitter { get; set; }

    /// <summary>Drops what it is false for.</summary>
    public Func<OutgoingDatagram, bool> Passes { get; set; } = static _ => true;

    /// <summary>What a NAT does on the way.</summary>
    public Func<PacketAddresses, PacketAddresses> Translate { get; set; } = static packet => packet;

    public void Send(OutgoingDatagram datagram)
    {
        Sent.Add(datagram);
        if (datagram.IsKeepalive || !Passes(datagram))
        {
            return;
        }

        OutgoingDatagram translated = datagram with { Packet = Translate(datagram.Packet) };
        if (_random.NextDouble() >= Loss)
        {
            Put(translated);
        }

        if (_random.NextDouble() < Duplication)
        {
            Put(translated);
        }

        if (_random.NextDouble() < Garbage && MessageReader.TryReadHeader(datagram.Octets, out IkeHeader header, out _) && header.ExchangeType != ExchangeType.IkeSaInit)
        {
            byte[] garbled = [.. datagram.Octets];
            for (int i = _random.Next(1, 5); i > 0; i--)
            {
                garbled[_random.Next(garbled.Length)] = (byte)_random.Next(256);
            }

            Put(translated with { Octets = _random.Next(4) == 0 ? garbled[.._random.Next(garbled.Length)] : garbled });
        }
    }

    public void Put(OutgoingDatagram datagram) => _underWay.Enqueue(datagram, Now + TimeSpan.FromMilliseconds(5) + (Jitter * _random.NextDouble()));

    /// <summary>Lets time pass until a moment.</summary>
    public void Run(TimeSpan duration)
    {
        TimeSpan end = Now + duration;
        for (int steps = 0; steps < 1_000_000; steps++)
        {
            TimeSpan? next = Hosts.Select(static host => host.Endpoint.NextDeadline).Append(_underWay.TryPeek(out _, out TimeSpan arrival) ? arrival : null).Min();
            if (next is not { } moment || moment > end)
            {
                Now = end;
                return;
            }

            Now = moment > Now ? moment : Now;
            if (_underWay.TryPeek(out _, out arrival) && arrival <= Now)
            {
                Deliver(_underWay.Dequeue());
                continue;
            }

            foreach (TestHost host in Hosts)
            {
                host.Endpoint.HandleTimeout(Now);
                host.Drain();
            }
        }

        Assert.Fail("the network does not come to rest");
    }

    public void Run(double seconds) => Run(TimeSpan.FromSeconds(seconds));

    private void Deliver(OutgoingDatagram datagram)
    {
        IpAddress destination = datagram.Packet.Destination;
        if (Hosts.Find(host => host.Addresses.Contains(destination)) is { } receiver)
        {
            receiver.Endpoint.HandleDatagram(datagram.Octets, datagram.Packet, Now);
            receiver.Drain();
        }
    }
}
