using System.Collections.Concurrent;
using MobikeX.Engine.Memory;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>A host with real sockets at an address of the loopback network, and a SAD in memory.</summary>
internal sealed class LoopbackHost : IDisposable
{
    /// <summary>Far more than is needed: what is awaited fails the test where it does not come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BlockingCollection<IkeEvent> _events = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly IkeHost _host;
    private readonly Thread _thread;

    public LoopbackHost(IkeConnectionOptions connection, (ushort Ike, ushort Nat) ports, params string[] addresses)
    {
        Addresses = new GivenAddresses([.. addresses.Select(IpAddress.Parse)]);
        Events = _events.Add;
        _host = new IkeHost(
            new IkeEndpoint(new IkeOptions { Connections = [connection] }, Backend),
            Backend,
            Backend,
            new IkeHostOptions
            {
                Addresses = Addresses,
                Port = ports.Ike,
                NatPort = ports.Nat,
                Events = told => Events(told),
                Faults = Faults.Add,
                Expiries = Expiries,
                DrainTime = TimeSpan.FromSeconds(1),
            });
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public GivenAddresses Addresses { get; }

    /// <summary>Takes the events, on the thread of the loop.</summary>
    public Action<IkeEvent> Events { get; set; }

    /// <summary>What the loop has ended of; null where it was stopped.</summary>
    public Exception? Failure { get; private set; }

    public GivenExpiries Expiries { get; } = new();

    public MemoryIpsecBackend Backend { get; } = new();

    public BlockingCollection<string> Faults { get; } = [];

    /// <summary>Waits for the next event of a kind.</summary>
    public T Await<T>()
        where T : IkeEvent
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            if (_events.Take(late.Token) is T awaited)
            {
                return awaited;
            }
        }
    }

    public string AwaitFault()
    {
        using var late = new CancellationTokenSource(Patience);
        return Faults.Take(late.Token);
    }

    /// <summary>Has the endpoint asked or told something, on the thread of the loop, and waits for the answer.</summary>
    public T Ask<T>(Func<IkeEndpoint, TimeSpan, T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Post((endpoint, now) => answer.SetResult(question(endpoint, now)));
        return answer.Task.WaitAsync(Patience).GetAwaiter().GetResult();
    }

    public void Initiate(string connection) => Ask((endpoint, now) =>
    {
        Assert.True(endpoint.TryInitiate(connection, now, out _, out string? fault), fault);
        return true;
    });

    /// <summary>Stops the loop, and waits until it has ended.</summary>
    public void Stop()
    {
        _stop.Cancel();
        AwaitEnd();
    }

    /// <summary>Waits until the loop has ended.</summary>
    public void AwaitEnd()
    {
        Assert.True(_thread.Join(Patience), "the loop did not end");
    }

    public void Dispose()
    {
        Stop();
        _host.Dispose();
        _stop.Dispose();
        _events.Dispose();
        Faults.Dispose();
    }

    private void Run()
    {
        try
        {
            _host.Run(_stop.Token);
        }
        catch (Exception fault)
        {
            Failure = fault;
        }
    }
}

/// <summary>Addresses that a test gives and takes.</summary>
internal sealed class GivenAddresses(IReadOnlyList<IpAddress> first) : IHostAddresses
{
    private volatile IReadOnlyList<IpAddress> _usable = first;

    public event Action? Changed;

    public event Action<string>? Missed;

    public IReadOnlyList<IpAddress> Usable => _usable;

    public void Give(params string[] addresses)
    {
        _usable = [.. addresses.Select(IpAddress.Parse)];
        Changed?.Invoke();
    }

    public void Miss(string what) => Missed?.Invoke(what);

    public void Dispose()
    {
    }
}

/// <summary>SAs of which a test says that they have carried what they may.</summary>
internal sealed class GivenExpiries : ISaExpiries
{
    public event Action<SaExpiry>? Expired;

    public event Action<string>? Missed;

    public void Expire(SaExpiry expiry) => Expired?.Invoke(expiry);

    public void Miss(string what) => Missed?.Invoke(what);

    public void Dispose()
    {
    }
}
