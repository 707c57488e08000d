using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;
using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>Gives an endpoint sockets, a clock, the addresses of the host and its IPsec. One thread runs it; commands are posted to it.</summary>
public sealed class IkeHost : IDisposable
{
    /// <summary>Datagrams that may wait for the loop; more are lost, as in the buffer of a socket.</summary>
    private const int MostWaiting = 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>An address that has come may not be bound yet, while the system finds out whether another has it (RFC 4862, section 5.4).</summary>
    private static readonly TimeSpan WaitForAddress = TimeSpan.FromMilliseconds(500);

    private readonly IkeEndpoint _endpoint;
    private readonly IIpsecBackend _backend;
    private readonly IChildSaInstaller _installer;
    private readonly IkeHostOptions _options;
    private readonly IkeSockets _sockets;
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly AutoResetEvent _wake = new(false);
    private readonly ConcurrentQueue<Action<IkeEndpoint, TimeSpan>> _commands = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly Channel<(PacketAddresses Packet, byte[] Octets)> _received = Channel.CreateBounded<(PacketAddresses, byte[])>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private IReadOnlyList<IpAddress> _addresses = [];
    private TimeSpan? _openAgainAt;

    /// <summary>Opens the sockets of all addresses that the host has now.</summary>
    /// <exception cref="SocketException">One cannot be opened: another program has the port, or this one may not.</exception>
    public IkeHost(IkeEndpoint endpoint, IIpsecBackend backend, IChildSaInstaller installer, IkeHostOptions options)
    {
        _endpoint = endpoint ?? throw new ArgumentNullException(nameof(endpoint));
        _backend = backend ?? throw new ArgumentNullException(nameof(backend));
        _installer = installer ?? throw new ArgumentNullException(nameof(installer));
        _options = options ?? throw new ArgumentNullException(nameof(options));
        endpoint.Usage = installer.UsageOf;
        _sockets = new IkeSockets(new PortMap(options.Port, options.NatPort), options.Prepare, Take, Tell);
        _options.Addresses.Changed += Follow;
        _options.Addresses.Missed += Tell;
        if (_options.Expiries is { } expiries)
        {
            expiries.Expired += TakeExpiry;
            expiries.Missed += Tell;
        }

        SocketException? fault = FollowAddresses(Now);
        if (fault is { SocketErrorCode: not SocketError.AddressNotAvailable })
        {
            string first = _faults.TryPeek(out string? told) ? told : fault.Message;
            Dispose();
            throw new SocketException((int)fault.SocketErrorCode, first);
        }
    }

    private TimeSpan Now => TimeProvider.System.GetElapsedTime(_start);

    /// <summary>Has something done on the thread of the loop, with the endpoint and the time; from any thread.</summary>
    public void Post(Action<IkeEndpoint, TimeSpan> command)
    {
        _commands.Enqueue(command ?? throw new ArgumentNullException(nameof(command)));
        Wake();
    }

    /// <summary>
    /// Runs the endpoint on the calling thread until it is to stop; then deletes all IKE_SAs, and waits shortly for the answers of the peers.
    /// Whatever it ends of, every SA of the endpoint is taken out of the IPsec of the host.
    /// </summary>
    /// <exception cref="AggregateException">It ended of a fault, which is the first, and not all could be taken away.</exception>
    public void Run(CancellationToken stop)
    {
        try
        {
            RunAndEndAll(stop);
        }
        finally
        {
            _endpoint.ForgetKeys();
        }
    }

    private void RunAndEndAll(CancellationToken stop)
    {
        try
        {
            RunUntil(stop);
        }
        catch (Exception fault)
        {
            EndAllAfter(fault);
            throw;
        }

        _endpoint.EndAll(EndCause.NoResponse, "its peer was not heard before this host stopped", Now);
        CarryOut(Now);
    }

    private void RunUntil(CancellationToken stop)
    {
        using CancellationTokenRegistration stopping = stop.Register(() => _wake.Set());
        TimeSpan? end = null;
        while (true)
        {
            RunCommands();
            HandleDatagrams();
            TimeSpan now = Now;
            if (_openAgainAt <= now)
            {
                FollowAddresses(now);
            }

            if (_endpoint.NextDeadline <= now)
            {
                _endpoint.HandleTimeout(now);
            }

            if (stop.IsCancellationRequested && end is null)
            {
                end = now + _options.DrainTime;
                _endpoint.ShutDown(now);
            }

            CarryOut(now);
            if (end is { } last && (_endpoint.Peers.Count == 0 || now >= last))
            {
                return;
            }

            Wait(end);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _options.Addresses.Changed -= Follow;
        _options.Addresses.Missed -= Tell;
        if (_options.Expiries is { } expiries)
        {
            expiries.Expired -= TakeExpiry;
            expiries.Missed -= Tell;
        }

        _sockets.Dispose();
        _wake.Dispose();
    }

    /// <summary>What fails is done no more, but all else is.</summary>
    private void EndAllAfter(Exception fault)
    {
        List<Exception> faults = [fault];
        _endpoint.EndAll(EndCause.OwnFault, "this host has failed", Now);
        for (bool isDone = false; !isDone;)
        {
            try
            {
                CarryOut(Now);
                isDone = true;
            }
            catch (Exception next)
            {
                // What was being done has been taken from the endpoint: less is left each time.
                faults.Add(next);
            }
        }

        if (faults.Count > 1)
        {
            throw new AggregateException(faults);
        }
    }

    private void Follow() => Post((_, now) => FollowAddresses(now));

    private void TakeExpiry(SaExpiry expiry) => Post((endpoint, now) => endpoint.HandleExpiry(expiry, now));

    private SocketException? FollowAddresses(TimeSpan now)
    {
        _openAgainAt = null;
        IReadOnlyList<IpAddress> addresses = _options.Addresses.Usable;
        SocketException? fault = _sockets.Follow(addresses);
        if (fault is { SocketErrorCode: SocketError.AddressNotAvailable })
        {
            _openAgainAt = now + WaitForAddress;
        }

        if (!addresses.SequenceEqual(_addresses))
        {
            _addresses = addresses;
            _endpoint.HandleAddresses(addresses, now);
        }

        return fault;
    }

    private void RunCommands()
    {
        while (_commands.TryDequeue(out Action<IkeEndpoint, TimeSpan>? command))
        {
            TimeSpan now = Now;
            _endpoint.Advance(now);
            command(_endpoint, now);
            CarryOut(now);
        }
    }

    private void HandleDatagrams()
    {
        // Deadlines get their turn, however many come.
        for (int i = 0; i < MostWaiting && _received.Reader.TryRead(out (PacketAddresses Packet, byte[] Octets) received); i++)
        {
            TimeSpan now = Now;
            _endpoint.HandleDatagram(received.Octets, received.Packet, now);
            CarryOut(now);
        }
    }

    /// <summary>Carries out what the endpoint asks for, until it asks for no more.</summary>
    private void CarryOut(TimeSpan now)
    {
        bool isDone;
        do
        {
            isDone = true;
            IkeDriver.Run(_endpoint, _backend, _installer, now);
            while (_endpoint.TryPollDatagram(out OutgoingDatagram datagram))
            {
                _sockets.TrySend(datagram);
                isDone = false;
            }

            while (_endpoint.TryPollEvent(out IkeEvent? told))
            {
                _options.Events?.Invoke(told);
                isDone = false;
            }
        }
        while (!isDone);

        while (_faults.TryDequeue(out string? fault))
        {
            _options.Faults?.Invoke(fault);
        }
    }

    private void Wait(TimeSpan? end)
    {
        TimeSpan until = Now + LongestWait;
        foreach (TimeSpan? moment in (TimeSpan?[])[_endpoint.NextDeadline, _openAgainAt, end])
        {
            until = moment < until ? moment.Value : until;
        }

        TimeSpan left = until - Now;
        if (left > TimeSpan.Zero && _commands.IsEmpty && !_received.Reader.TryPeek(out _))
        {
            // The clock of a wait is coarser than the deadline: a little late is right, early would wait for nothing.
            _wake.WaitOne(left + TimeSpan.FromMilliseconds(1));
        }
    }

    private void Take(PacketAddresses packet, byte[] octets)
    {
        _received.Writer.TryWrite((packet, octets));
        Wake();
    }

    private void Tell(string fault)
    {
        _faults.Enqueue(fault);
        Wake();
    }

    private void Wake()
    {
        try
        {
            _wake.Set();
        }
        catch (ObjectDisposedException)
        {
            // Something that came while the host was being closed.
        }
    }
}
