using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MobikeX.Lab.Network;

namespace MobikeX.Lab.Traffic;

/// <summary>Numbered UDP packets at a steady rate from one host to another, counted at both ends.</summary>
internal sealed class UdpFlow : IDisposable
{
    /// <summary>Unless another rate is asked for.</summary>
    public const int PacketsPerSecond = 1000;

    private const int PayloadLength = 64;
    private const int BufferOctets = 8 << 20;
    private const int ReceiveBufferForce = 33, SolSocket = 1;

    /// <summary>A sender that was held up catches up by so much and no more, so that it never floods a queue.</summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromMilliseconds(20);

    /// <summary>What is under way arrives long before.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<IPEndPoint, Socket> _senders = [];
    private readonly List<Socket> _receivers = [];
    private readonly List<Thread> _threads = [];
    private readonly FlowArrivals _arrivals = new();
    private readonly Lock _sending = new();
    private readonly uint _id;
    private readonly int _rate;
    private FlowPath _path;
    private TimeSpan _duration;
    private volatile bool _stopped;
    private volatile bool _finished;
    private int _sent;
    private int _refused;

    /// <param name="id">Tells the flows of a run apart.</param>
    /// <param name="rate">Packets per second.</param>
    /// <param name="paths">The paths that it may take; it begins with the first.</param>
    public UdpFlow(uint id, int rate, NetworkNamespace from, NetworkNamespace to, params FlowPath[] paths)
    {
        _id = id;
        _rate = rate;
        _path = paths[0];
        from.Run(() =>
        {
            foreach (IPEndPoint source in paths.Select(path => path.Source).Distinct())
            {
                _senders.Add(source, Open(source));
            }
        });
        to.Run(() => _receivers.AddRange(paths.Select(path => path.Destination).Distinct().Select(Open)));
    }

    /// <summary>The octets that every packet of every flow begins with: what a capture must not show.</summary>
    public static ReadOnlySpan<byte> Mark => "MobikeX lab, in the clear"u8;

    public int Sent => Volatile.Read(ref _sent);

    public FlowPath Path => _path;

    public int Received => _arrivals.Received;

    public void Start()
    {
        foreach (Socket receiver in _receivers)
        {
            Begin(() => Receive(receiver));
        }

        Begin(Send);
    }

    /// <summary>Waits until so many packets were sent after now.</summary>
    public void WaitForSent(int more) => WaitFor(() => Sent, Sent + more, "sent");

    /// <summary>Waits until so many packets arrived after now.</summary>
    public void WaitForReceived(int more) => WaitFor(() => Received, Received + more, "received");

    /// <summary>Makes a change between two packets, and goes on by another path.</summary>
    public void Switch(FlowPath path, Action change)
    {
        lock (_sending)
        {
            change();
            _path = path;
        }
    }

    /// <summary>Sends no more, waits for what is under way, and goes on listening.</summary>
    public void EndSending()
    {
        _stopped = true;
        _threads[^1].Join();
        long start = Stopwatch.GetTimestamp();
        int before;
        do
        {
            before = Received;
            Thread.Sleep(Settle);
        }
        while (Received != before && Stopwatch.GetElapsedTime(start) < Patience);
    }

    /// <summary>Ends the flow, waits for what is under way, and counts.</summary>
    public FlowCount Stop()
    {
        EndSending();
        _finished = true;
        _threads.ForEach(thread => thread.Join());
        return _arrivals.Count(_sent, _refused, _duration);
    }

    public void Dispose()
    {
        _stopped = true;
        _finished = true;
        _threads.ForEach(thread => thread.Join());
        foreach (Socket socket in (IEnumerable<Socket>)[.. _senders.Values, .. _receivers])
        {
            socket.Dispose();
        }
    }

    private static Socket Open(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 100 };
        socket.SetRawSocketOption(SolSocket, ReceiveBufferForce, BitConverter.GetBytes(BufferOctets));
        socket.Bind(local);
        return socket;
    }

    private static void WaitFor(Func<int> count, int target, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (count() < target)
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException($"{count()} of {target} packets {what} after {Patience.TotalSeconds} s");
            }

            Thread.Sleep(1);
        }
    }

    private void Begin(Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true };
        _threads.Add(thread);
        thread.Start();
    }

    private void Send()
    {
        byte[] packet = new byte[PayloadLength];
        Mark.CopyTo(packet);
        Span<byte> numbers = packet.AsSpan(Mark.Length);
        BinaryPrimitives.WriteUInt32BigEndian(numbers, _id);
        TimeSpan interval = TimeSpan.FromSeconds(1) / _rate, next = TimeSpan.Zero;
        long start = Stopwatch.GetTimestamp();
        while (!_stopped)
        {
            TimeSpan now = Stopwatch.GetElapsedTime(start);
            if (now < next)
            {
                Thread.Sleep(1);
                continue;
            }

            next = (next < now - CatchUp ? now - CatchUp : next) + interval;
            BinaryPrimitives.WriteUInt32BigEndian(numbers[sizeof(uint)..], (uint)_sent);
            lock (_sending)
            {
                Send(packet);
            }

            Interlocked.Increment(ref _sent);
            _duration = Stopwatch.GetElapsedTime(start);
        }
    }

    private void Send(byte[] packet)
    {
        try
        {
            _senders[_path.Source].SendTo(packet, _path.Destination);
        }
        catch (SocketException)
        {
            _refused++;
        }
    }

    private void Receive(Socket socket)
    {
        byte[] packet = new byte[PayloadLength + 1];
        while (!_finished)
        {
            int length = socket.Receive(packet, 0, packet.Length, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success
                && length == PayloadLength
                && packet.AsSpan().StartsWith(Mark)
                && BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(Mark.Length)) == _id)
            {
                _arrivals.Take(BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(Mark.Length + sizeof(uint))));
            }
        }
    }
}
