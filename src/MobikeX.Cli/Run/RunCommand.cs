using System.CommandLine;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using MobikeX.Cli.Commands;
using MobikeX.Cli.Run.Configuration;
using MobikeX.Cli.Terminal;
using MobikeX.Xfrm;

namespace MobikeX.Cli.Run;

/// <summary><c>mobikex run</c>: a daemon in the foreground.</summary>
internal static class RunCommand
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";

    public static Command Create(ToolConsole console)
    {
        var config = new Option<string>("--config") { Description = "The configuration file; mobikex config schema prints its schema.", HelpName = "FILE", Required = true };
        Option<string?> keyLog = KeyLogOption.Create();
        var command = new Command(
            "run",
            "Speak IKEv2 with the peers of a configuration, in the foreground, until SIGTERM or SIGINT; then the SAs are deleted at both ends. The log goes to standard output. "
            + "Exit code 0: stopped; 2: the configuration is wrong (path:line:col), and nothing was begun; 3: the system does not allow it: "
            + "it takes CAP_NET_ADMIN, UDP ports 500 and 4500, and XFRM in the kernel.")
        {
            config, keyLog,
        };
        command.SetAction(call => Run(console, call.GetValue(config)!, call.GetValue(keyLog)));
        return command;
    }

    private static int Run(ToolConsole console, string path, string? keyLogPath)
    {
        using DaemonConfig read = ConfigReader.Load(path);
        if (!OperatingSystem.IsLinux())
        {
            console.WriteError("mobikex: the daemon needs the IPsec of a Linux kernel, and this is none");
            return ExitCode.Denied;
        }

        using KeyLogFile? keyLog = keyLogPath is null ? null : KeyLogFile.Open(keyLogPath);
        DaemonConfig config = keyLog is null ? read : read with { Ike = read.Ike with { KeyLog = keyLog.Write } };
        try
        {
            using LinuxPlatform platform = LinuxPlatform.Open();
            using ILoggerFactory logs = LoggerFactory.Create(logging => AddConsole(logging.SetMinimumLevel(config.LogLevel), config.LogFormat));
            using var daemon = new Daemon(config, platform.Daemon, logs);
            using var service = new DaemonService(daemon);
            using IHost host = Host(service, logs);
            host.Run();

            // The host waits for the daemon, and does not say what it failed of.
            service.ExecuteTask?.GetAwaiter().GetResult();
            return ExitCode.Fine;
        }
        catch (Exception fault) when (fault is XfrmException or SocketException or IOException)
        {
            console.WriteError($"mobikex: {fault.Message}");
            return ExitCode.Denied;
        }
    }

    private static IHost Host(DaemonService service, ILoggerFactory logs)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(logs);
        builder.Services.Configure<ConsoleLifetimeOptions>(static options => options.SuppressStatusMessages = true);
        builder.Services.AddHostedService(_ => service);
        return builder.Build();
    }

    private static void AddConsole(ILoggingBuilder logging, LogFormat format)
    {
        if (format == LogFormat.Json)
        {
            logging.AddJsonConsole(static options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = TimeFormat.TrimEnd();
                options.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
        }
        else
        {
            logging.AddSimpleConsole(static options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = TimeFormat;
                options.SingleLine = true;
                options.ColorBehavior = LoggerColorBehavior.Default;
            });
        }
    }

    private sealed class DaemonService(Daemon daemon) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => daemon.RunAsync(stoppingToken);
    }
}
