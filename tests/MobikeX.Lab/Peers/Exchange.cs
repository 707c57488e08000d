using System.Diagnostics;
using System.Net.Sockets;
using MobikeX.Engine;

namespace MobikeX.Lab.Peers;

/// <summary>Two peers that talk over the lab's network, until each question is answered.</summary>
internal sealed class Exchange(LabPeer initiator, LabPeer responder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public TimeSpan Now => _clock.Elapsed;

    /// <summary>Lets the Initiator begin something, carries it out at both ends, and gives back what the upper layers were told.</summary>
    public IReadOnlyList<EngineEvent> Run(Action begin)
    {
        List<EngineEvent> told = [];
        begin();
        Poll(told);
        while (initiator.Awaits || responder.Awaits)
        {
            List<Socket> readable = [.. initiator.Sockets.All, .. responder.Sockets.All];
            Socket.Select(readable, null, null, Patience);
            if (readable.Count == 0)
            {
                throw new TimeoutException($"no answer after {Patience.TotalSeconds} s");
            }

            foreach (Socket socket in readable)
            {
                LabPeer peer = initiator.Sockets.All.Contains(socket) ? initiator : responder;
                ReadOnlySpan<byte> message = peer.Sockets.Receive(socket, out PacketAddresses packet);
                peer.Receive(message, packet, Now);
                Poll(told);
            }
        }

        return told;
    }

    private void Poll(List<EngineEvent> told)
    {
        foreach (LabPeer peer in (LabPeer[])[initiator, responder])
        {
            peer.Send(Now);
            told.AddRange(peer.Tell());
        }
    }
}
