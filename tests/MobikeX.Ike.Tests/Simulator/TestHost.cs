using MobikeX.Engine;
using MobikeX.Engine.Memory;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>A host with an endpoint, a SAD in memory, and an address.</summary>
internal sealed class TestHost
{
    public TestHost(TestNetwork network, IkeOptions options, params string[] addresses)
    {
        Network = network;
        Installer = new RecordingInstaller(Backend);
        Addresses = [.. addresses.Select(IpAddress.Parse)];
        Endpoint = new IkeEndpoint(options, Backend) { Usage = Backend.UsageOf };
        network.Hosts.Add(this);
        Endpoint.HandleAddresses(Addresses, network.Now);
    }

    public TestNetwork Network { get; }

    public MemoryIpsecBackend Backend { get; } = new();

    /// <summary>Pairs that have lost an SA.</summary>
    public HashSet<ChildSa> Lost { get; } = [];

    public RecordingInstaller Installer { get; }

    public IkeEndpoint Endpoint { get; }

    public List<IpAddress> Addresses { get; }

    public List<IkeEvent> Events { get; } = [];

    public IkePeer Peer => Assert.Single(Endpoint.Peers);

    public IkePeer Initiate(string connection)
    {
        Assert.True(Endpoint.TryInitiate(connection, Network.Now, out IkePeer? peer, out string? fault), fault);
        Drain();
        return peer;
    }

    public void Do(Action<IkeEndpoint, TimeSpan> command)
    {
        command(Endpoint, Network.Now);
        Drain();
    }

    /// <summary>Has one address more.</summary>
    public void Gain(IpAddress address)
    {
        Addresses.Add(address);
        Do((endpoint, now) => endpoint.HandleAddresses(Addresses, now));
    }

    /// <summary>Has an address no more.</summary>
    public void Lose(IpAddress address)
    {
        Addresses.Remove(address);
        Do((endpoint, now) => endpoint.HandleAddresses(Addresses, now));
    }

    /// <summary>Has this address and no other.</summary>
    public void MoveTo(IpAddress address)
    {
        Addresses.Clear();
        Gain(address);
    }

    public T Do<T>(Func<IkePeer, T> command)
    {
        T result = command(Peer);
        Drain();
        return result;
    }

    public bool Has<T>()
        where T : IkeEvent => Events.OfType<T>().Any();

    /// <summary>Carries out what came out, until nothing is left.</summary>
    public void Drain()
    {
        IkeDriver.Run(Endpoint, new LossyBackend(Backend, Lost), Installer, Network.Now);
        while (Endpoint.TryPollDatagram(out OutgoingDatagram datagram))
        {
            Network.Send(datagram);
        }

        while (Endpoint.TryPollEvent(out IkeEvent? ikeEvent))
        {
            Events.Add(ikeEvent);
        }
    }
}
