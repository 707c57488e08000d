using MobikeX.Engine;

namespace MobikeX.Lab.Peers;

/// <summary>One end of an IKE_SA: an engine and a backend, and the least of a carrier.</summary>
internal sealed class LabPeer(MobikeXEngine engine, IIpsecBackend backend, IkeSockets sockets) : IDisposable
{
    private readonly ClearCarrier _carrier = new(engine);

    public MobikeXEngine Engine { get; } = engine;

    public IIpsecBackend Backend { get; } = backend;

    public IkeSockets Sockets { get; } = sockets;

    /// <summary>True while a request of this peer has no answer.</summary>
    public bool Awaits => _carrier.Awaits;

    /// <summary>Lets the engine's effects happen, and sends what it has to say.</summary>
    public void Send(TimeSpan now)
    {
        EngineDriver.Run(Engine, Backend, now);
        while (Engine.TryPollTransmit(out Transmit transmit))
        {
            Sockets.Send(transmit.Packet, _carrier.Put(transmit).Datagram);
        }
    }

    /// <summary>Takes a message; what is none of this IKE_SA is passed over.</summary>
    public void Receive(ReadOnlySpan<byte> message, in PacketAddresses packet, TimeSpan now) => _carrier.Take(message, packet, now, Backend);

    public IEnumerable<EngineEvent> Tell()
    {
        while (Engine.TryPollEvent(out EngineEvent? told))
        {
            yield return told!;
        }
    }

    public void Dispose() => Sockets.Dispose();
}
