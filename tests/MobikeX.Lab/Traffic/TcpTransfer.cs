using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Traffic;

/// <summary>A TCP connection from one host to another that carries random octets, summed up at both ends.</summary>
internal sealed class TcpTransfer : IDisposable
{
    private const int ChunkOctets = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly long _octets;
    private readonly Socket _listener;
    private readonly Socket _sender;
    private readonly Task<byte[]> _sent;
    private readonly Task<byte[]> _received;
    private long _arrived;

    public TcpTransfer(NetworkNamespace from, string source, NetworkNamespace to, string destination, int port, long octets)
    {
        _octets = octets;
        var there = new IPEndPoint(IPAddress.Parse(destination), port);
        _listener = to.Run(() =>
        {
            Socket listener = Open();
            listener.Bind(there);
            listener.Listen();
            return listener;
        });
        _sender = from.Run(() =>
        {
            Socket sender = Open();
            sender.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
            sender.Connect(there);
            return sender;
        });
        _received = Task.Factory.StartNew(Receive, TaskCreationOptions.LongRunning);
        _sent = Task.Factory.StartNew(Send, TaskCreationOptions.LongRunning);
    }

    public long Arrived => Interlocked.Read(ref _arrived);

    /// <summary>Waits until a share of the octets arrived.</summary>
    public void WaitForShare(double share)
    {
        if (!SpinWait.SpinUntil(() => { Thread.Sleep(1); return Arrived >= _octets * share || _received.IsCompleted; }, Patience))
        {
            throw new TimeoutException($"{Arrived} of {_octets} octets arrived, and then none for {Patience.TotalSeconds} s");
        }
    }

    /// <summary>The sums (SHA-256) of what was sent and of what arrived, when all has.</summary>
    public (byte[] Sent, byte[] Received) Finish()
    {
        WaitForShare(1);
        return (_sent.Result, _received.Result);
    }

    public void Dispose()
    {
        _sender.Dispose();
        _listener.Dispose();
    }

    private static Socket Open() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private byte[] Send()
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] chunk = new byte[ChunkOctets];
        for (long left = _octets; left > 0;)
        {
            Span<byte> next = chunk.AsSpan(0, (int)Math.Min(left, chunk.Length));
            RandomNumberGenerator.Fill(next);
            sum.AppendData(next);
            for (int sent = 0; sent < next.Length;)
            {
                sent += _sender.Send(next[sent..]);
            }

            left -= next.Length;
        }

        _sender.Shutdown(SocketShutdown.Send);
        return sum.GetHashAndReset();
    }

    private byte[] Receive()
    {
        using Socket connection = _listener.Accept();
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] chunk = new byte[ChunkOctets];
        for (int length; (length = connection.Receive(chunk)) > 0;)
        {
            sum.AppendData(chunk, 0, length);
            Interlocked.Add(ref _arrived, length);
        }

        return sum.GetHashAndReset();
    }
}
