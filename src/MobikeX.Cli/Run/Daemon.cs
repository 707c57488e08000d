using Microsoft.Extensions.Logging;
using MobikeX.Cli.Run.Configuration;
using MobikeX.Cli.Run.Control;
using MobikeX.Ike;

namespace MobikeX.Cli.Run;

/// <summary>An endpoint with its sockets, its control socket, and what follows from its events.</summary>
internal sealed partial class Daemon : IDisposable
{
    private readonly DaemonConfig _config;
    private readonly IReadOnlyList<string> _takenAway;
    private readonly ILogger _log;
    private readonly Timeline _timeline;
    private readonly IkeTelemetry _telemetry = new();
    private readonly EventWaiters _waiters = new();
    private readonly KeptConnections _kept;
    private readonly InnerAddressKeeper _inner;
    private readonly DaemonControl _commands;
    private readonly IkeHost _host;
    private readonly ControlSocket? _control;
    private readonly CancellationTokenSource _ending = new();

    /// <summary>Opens all sockets.</summary>
    /// <exception cref="IOException">One cannot be opened, and why.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">One cannot be opened, and why.</exception>
    public Daemon(DaemonConfig config, DaemonPlatform platform, ILoggerFactory logs)
    {
        _config = config;
        _takenAway = platform.TakenAway;
        _log = logs.CreateLogger<Daemon>();
        _timeline = new Timeline(logs.CreateLogger<Timeline>());
        _kept = new KeptConnections(RunLater);
        _inner = new InnerAddressKeeper(platform.Inner, Warn);
        _commands = new DaemonControl(command => _host!.Post(command), _waiters, _kept);
        _host = new IkeHost(
            new IkeEndpoint(config.Ike with { KeyLog = config.Ike.KeyLog is { } keyLog ? new GuardedKeyLog(keyLog, Warn).Write : null }, platform.Backend),
            platform.Backend,
            platform.Installer,
            new IkeHostOptions
            {
                Port = platform.Ports.Ike,
                NatPort = platform.Ports.Nat,
                Addresses = platform.Addresses,
                Prepare = platform.Prepare,
                Expiries = platform.Expiries,
                Events = Take,
                Faults = Warn,
            });
        try
        {
            _control = config.ControlSocket is { } path ? ControlSocket.Open(path) : null;
        }
        catch (IOException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs until it is to stop; then deletes the IKE_SAs, and waits shortly for the answers of the peers.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        foreach (string warning in _config.Warnings)
        {
            Warn(warning);
        }

        if (_takenAway.Count > 0)
        {
            TookAway(string.Join(", ", _takenAway));
        }

        _host.Post((endpoint, now) =>
        {
            foreach (string name in _config.Started)
            {
                _kept.Keep(endpoint, name, now);
            }
        });

        // Whatever ends first ends the other: a daemon that cannot be commanded, or that speaks with nobody, is none.
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        both.Token.Register(() => _host.Post((_, _) => _kept.ForgetAll()));
        Task host = Task.Factory.StartNew(() => _host.Run(both.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task control = _control?.RunAsync(_commands.ServeAsync, both.Token) ?? host;
        Runs(_config.Ike.Connections.Count, _config.ControlSocket ?? "none");
        await Task.WhenAny(host, control).ConfigureAwait(false);
        await both.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(host, control).ConfigureAwait(false);
        Stopped();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _control?.Dispose();
        _host.Dispose();
        _telemetry.Dispose();
        _ending.Dispose();
    }

    private void Take(IkeEvent told)
    {
        _timeline.Take(told);
        _telemetry.Take(told);
        _inner.Take(told);
        _kept.Take(told);
        _waiters.Take(told);
    }

    private void RunLater(TimeSpan wait, Action<IkeEndpoint, TimeSpan> command) =>
        Task.Delay(wait, _ending.Token).ContinueWith(
            _ => _host.Post(command), _ending.Token, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    [LoggerMessage(20, LogLevel.Information, "mobikex runs: {Connections} connections, control socket {ControlSocket}")]
    private partial void Runs(int connections, string controlSocket);

    [LoggerMessage(21, LogLevel.Information, "mobikex has stopped")]
    private partial void Stopped();

    [LoggerMessage(23, LogLevel.Warning, "an earlier run was cut off; what it had left in the kernel is taken away: {What}")]
    private partial void TookAway(string what);

    [LoggerMessage(22, LogLevel.Warning, "{Warning}")]
    private partial void Warn(string warning);
}
