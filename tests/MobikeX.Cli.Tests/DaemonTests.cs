using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MobikeX.Cli.Run;
using MobikeX.Cli.Run.Configuration;
using MobikeX.Cli.Yaml;
using MobikeX.Engine.Memory;
using MobikeX.Ike;
using MobikeX.Runtime;

namespace MobikeX.Cli.Tests;

/// <summary>Two daemons on loopback, each with its control socket, and with SAs in memory.</summary>
public sealed class DaemonTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mobikex-daemons");
    private readonly Started _initiator;
    private readonly Started _responder;

    public DaemonTests()
    {
        (ushort Ike, ushort Nat) ports = (FreePort(), FreePort());
        _initiator = new Started(_folder, "mn", ports, "127.0.0.1", """
            connections:
              road:
                psk: secret
                local: { addresses: [127.0.0.1], id: mn@example.org }
                remote: { addresses: [127.0.0.2], id: gw@example.org }
                children: { net: { local: [10.0.0.2/32], remote: [10.1.0.0/16] } }
                request-address: ipv4
            """);
        _responder = new Started(_folder, "gw", ports, "127.0.0.2", """
            connections:
              hosts:
                psk: secret
                local: { id: gw@example.org }
                remote: { id: mn@example.org }
                children: { net: { local: [10.1.0.0/16], remote: [10.0.0.2/32] } }
                pools: [10.9.0.0/24]
            """);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _initiator.StopAsync();
        await _responder.StopAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_connection_is_begun_and_ended_by_command()
    {
        Assert.Equal(ExitCode.Fine, _initiator.Run("up", "road").ExitCode);
        JsonElement[] sas = [_initiator.Sa(), _responder.Sa()];
        Assert.Equal(["road", "hosts"], sas.Select(sa => sa.GetProperty("connection").GetString()));
        Assert.Equal(["gw@example.org", "mn@example.org"], sas.Select(sa => sa.GetProperty("peer").GetString()));
        Assert.Equal(["Initiator", "Responder"], sas.Select(sa => sa.GetProperty("role").GetString()));
        Assert.Equal(sas[0].GetProperty("localSpi").GetString(), sas[1].GetProperty("remoteSpi").GetString());
        Assert.Equal([2, 2], sas.Select(sa => sa.GetProperty("mobike").GetInt32()));
        JsonElement[] children = [.. sas.Select(sa => Assert.Single(sa.GetProperty("children").EnumerateArray()))];
        Assert.Equal(["net", "net"], children.Select(child => child.GetProperty("name").GetString()));
        Assert.Equal(children[0].GetProperty("localSpi").GetString(), children[1].GetProperty("remoteSpi").GetString());
        Assert.Contains("CHILD_SA net ESP", _initiator.Run("sa", "list").Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Fine, _initiator.Run("down", "road").ExitCode);
        Assert.Equal("{\"outcome\":\"done\",\"sas\":[]}\n", _initiator.Run("sa", "list", "--json").Output);
        Assert.Equal(ExitCode.No, _initiator.Run("down", "road").ExitCode);
    }

    [Fact]
    public void An_address_inside_the_tunnel_is_on_the_host_as_long_as_the_IKE_SA_lives()
    {
        Assert.Equal(ExitCode.Fine, _initiator.Run("up", "road").ExitCode);
        Assert.Equal(["10.9.0.1"], _initiator.Inner);
        Assert.Equal("10.9.0.1", Assert.Single(_initiator.Sa().GetProperty("inner").EnumerateArray()).GetString());
        Assert.Contains("has inside the tunnel 10.9.0.1", _initiator.Log, StringComparison.Ordinal);
        Assert.Contains("inside: 10.9.0.1", _initiator.Run("sa", "list").Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, _initiator.Run("rekey", "road").ExitCode);
        Assert.Equal(["10.9.0.1"], _initiator.Inner);
        Assert.Equal(ExitCode.Fine, _initiator.Run("down", "road").ExitCode);
        Assert.Empty(_initiator.Inner);
        Assert.Empty(_responder.Inner);
    }

    [Fact]
    public void The_log_has_every_message_and_no_key()
    {
        var keys = new List<string>();
        _initiator.KeyLog = keys.Add;
        Assert.Equal(ExitCode.Fine, _initiator.Run("up", "road").ExitCode);
        string log = _initiator.Log;
        Assert.Matches("road [0-9a-f]{16} sends IKE_SA_INIT request 0 \\[SA, KE, [^]]*\\] 127.0.0.1:\\d+ → 127.0.0.2:\\d+", log);
        Assert.Matches("road [0-9a-f]{16} takes IKE_AUTH response 1 \\[[^]]*AUTH[^]]*MOBIKE_SUPPORTED[^]]*\\]", log);
        Assert.Matches("road [0-9a-f]{16} established with gw@example.org", log);
        Assert.Matches("CHILD_SA net established", log);
        string[] secrets = [.. Assert.Single(keys).Split(',').Where(word => word.Length > 16)];
        Assert.NotEmpty(secrets);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("secret", log, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_cannot_be_written_are_told_once_and_end_nothing()
    {
        int tried = 0;
        _initiator.KeyLog = _ =>
        {
            tried++;
            throw new IOException("No space left on device");
        };
        Assert.Equal(ExitCode.Fine, _initiator.Run("up", "road").ExitCode);
        Assert.Equal(ExitCode.Fine, _initiator.Run("rekey", "road").ExitCode);
        Assert.Equal(1, tried);
        Assert.Equal(2, _initiator.Log.Split("are not written: No space left on device").Length);
    }

    [Fact]
    public void What_happens_is_measured()
    {
        using var listener = new MeterListener();
        var counted = new System.Collections.Concurrent.ConcurrentDictionary<string, long>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == IkeTelemetry.Name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        void Count<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
            where T : struct
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag is { Key: "connection", Value: "road" })
                {
                    counted.AddOrUpdate(instrument.Name, 1, static (_, count) => count + 1);
                }
            }
        }

        listener.SetMeasurementEventCallback<int>(Count);
        listener.SetMeasurementEventCallback<long>(Count);
        listener.SetMeasurementEventCallback<double>(Count);
        listener.Start();
        Assert.Equal(ExitCode.Fine, _initiator.Run("up", "road").ExitCode);
        Assert.Contains("mobikex.ike.sas", counted.Keys);
        Assert.Contains("mobikex.ike.child_sas", counted.Keys);
        Assert.True(counted["mobikex.ike.exchanges"] >= 2);
        Assert.True(counted["mobikex.ike.exchange.duration"] >= 2);
    }

    [Fact]
    public void What_cannot_be_done_is_answered_so()
    {
        Assert.Equal(ExitCode.Wrong, _initiator.Run("up", "raod").ExitCode);
        Assert.Contains("did you mean 'road'?", _initiator.Run("up", "raod").Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, _responder.Run("up", "hosts").ExitCode);
        Assert.Equal(ExitCode.No, _initiator.Run("address", "update", "127.0.0.1").ExitCode);
        Assert.Equal(ExitCode.No, _initiator.Run("rekey", "road").ExitCode);
    }

    [Fact]
    public async Task A_daemon_that_stops_deletes_its_SAs_at_the_peer()
    {
        Assert.Equal(ExitCode.Fine, _initiator.Run("up", "road").ExitCode);
        await _initiator.StopAsync();
        Assert.False(File.Exists(_initiator.Socket));
        Assert.Equal("{\"outcome\":\"done\",\"sas\":[]}\n", _responder.Run("sa", "list", "--json").Output);
        Assert.Contains("[D]", _responder.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_begun_with_an_IKE_SA_that_is_being_deleted()
    {
        Assert.Equal(ExitCode.Fine, _initiator.Run("up", "road").ExitCode);
        _responder.Addresses.Give();
        Assert.Equal(ExitCode.No, _initiator.Run("down", "road", "--wait", "1").ExitCode);

        ToolRun up = _initiator.Run("up", "road");
        Assert.Equal(ExitCode.No, up.ExitCode);
        Assert.Contains("its IKE_SA is being deleted", up.Error, StringComparison.Ordinal);
        Assert.Contains("there is no IKE_SA of road", _initiator.Run("rekey", "road").Error, StringComparison.Ordinal);
    }

    private static ushort FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return (ushort)((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private sealed class Started : IInnerAddresses
    {
        private readonly HashSet<IpAddress> _inner = [];
        private readonly CancellationTokenSource _stop = new();
        private readonly StringWriter _log = new();
        private readonly DaemonConfig _config;
        private readonly ILoggerFactory _logs;
        private readonly Daemon _daemon;
        private readonly Task _running;

        public Started(DirectoryInfo folder, string name, (ushort Ike, ushort Nat) ports, string address, string text)
        {
            Socket = Path.Combine(folder.FullName, name);
            _config = ConfigReader.Read(Path.Combine(folder.FullName, "x.yaml"), $"control-socket: {Socket}\n{text}", out IReadOnlyList<Fault> faults)
                ?? throw new InvalidOperationException(string.Join('\n', faults));
            _config = _config with { Ike = _config.Ike with { KeyLog = line => KeyLog?.Invoke(line) } };
            Addresses.Give(address);
            var backend = new MemoryIpsecBackend();
            _logs = LoggerFactory.Create(logging => logging.AddProvider(new Collector(_log)));
            _daemon = new Daemon(_config, new DaemonPlatform(backend, backend, Addresses) { Ports = ports, Inner = this }, _logs);
            _running = _daemon.RunAsync(_stop.Token);
        }

        public string Socket { get; }

        public GivenAddresses Addresses { get; } = new();

        public Action<string>? KeyLog { get; set; }

        public string Log
        {
            get
            {
                lock (_log)
                {
                    return _log.ToString();
                }
            }
        }

        public IReadOnlyList<string> Inner
        {
            get
            {
                lock (_inner)
                {
                    return [.. _inner.Select(static address => address.ToString())];
                }
            }
        }

        public string? Add(IpAddress address)
        {
            lock (_inner)
            {
                return _inner.Add(address) ? null : $"{address} is there";
            }
        }

        public string? Remove(IpAddress address)
        {
            lock (_inner)
            {
                return _inner.Remove(address) ? null : $"{address} is not there";
            }
        }

        public ToolRun Run(params string[] call) => ToolRun.Of([.. call, "--socket", Socket]);

        public JsonElement Sa()
        {
            ToolRun run = Run("sa", "list", "--json");
            Assert.True(run.ExitCode == ExitCode.Fine, $"{run.Error} {_running.Exception}");
            return Assert.Single(JsonDocument.Parse(run.Output).RootElement.GetProperty("sas").EnumerateArray());
        }

        public async Task StopAsync()
        {
            if (!_stop.IsCancellationRequested)
            {
                await _stop.CancelAsync();
                await _running.WaitAsync(Patience);
                _daemon.Dispose();
                _logs.Dispose();
                _config.Dispose();
                _stop.Dispose();
            }
        }
    }

    private sealed class GivenAddresses : IHostAddresses
    {
        private volatile IReadOnlyList<IpAddress> _usable = [];

        public event Action? Changed;

        public event Action<string>? Missed
        {
            add { }
            remove { }
        }

        public IReadOnlyList<IpAddress> Usable => _usable;

        public void Give(params string[] addresses)
        {
            _usable = [.. addresses.Select(IpAddress.Parse)];
            Changed?.Invoke();
        }

        public void Dispose()
        {
        }
    }

    private sealed class Collector(StringWriter log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (log)
            {
                log.WriteLine(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
