using Microsoft.Extensions.Logging;
using MobikeX.Cli.Yaml;
using MobikeX.Ike;

namespace MobikeX.Cli.Run.Configuration;

/// <summary>Reads a configuration file of the daemon.</summary>
internal static class ConfigReader
{
    /// <summary>Where a daemon is commanded unless its configuration says otherwise.</summary>
    public const string DefaultControlSocket = "/run/mobikex.sock";

    private const string NoSocket = "none";

    private static readonly string[] LogFormats = ["text", "json"];

    private static readonly (string Word, LogLevel Level)[] LogLevels = [("information", LogLevel.Information), ("debug", LogLevel.Debug), ("warning", LogLevel.Warning)];

    /// <summary>Reads the file and what it names.</summary>
    /// <exception cref="InputException">Something is wrong: all of it, each with its place.</exception>
    public static DaemonConfig Load(string path)
    {
        DaemonConfig? config = Read(path, InputFile.ReadText(path), out IReadOnlyList<Fault> faults);
        return config ?? throw new InputException([.. faults.Select(fault => fault.ToString())]);
    }

    /// <summary>Reads a text; null, with faults, where something is wrong. Files that it names are looked for beside <paramref name="path"/>.</summary>
    public static DaemonConfig? Read(string path, string text, out IReadOnlyList<Fault> found)
    {
        var faults = new Faults(path);
        var values = new ValueReader(faults);
        var credentials = new CredentialReader(path, faults, InputFile.ReadBytes);
        DaemonConfig? config = YamlFile.Read(text, faults) is { } root ? ReadRoot(root, values, credentials) : null;
        found = faults.InOrder();
        if (!faults.Any)
        {
            return config;
        }

        credentials.Forget();
        return null;
    }

    private static DaemonConfig? ReadRoot(YamlValue value, ValueReader values, CredentialReader credentials)
    {
        const string What = "the configuration";
        if (MappingReader.Open(
            value, What, values.Faults, "control-socket", "log", "log-level", "keepalive", "fragment-size", "retransmission", "limits", "connections") is not { } root)
        {
            return null;
        }

        string? socket = root.Text("control-socket") ?? DefaultControlSocket;
        string? log = root.Take("log") is { } format ? values.OneOf(format, "format of the log", LogFormats) : null;
        string? level = root.Take("log-level") is { } least ? values.OneOf(least, "level of the log", [.. LogLevels.Select(static each => each.Word)]) : null;
        var connections = new ConnectionReader(values, credentials);
        if (root.Require("connections", What) is { } named)
        {
            connections.ReadAll(named);
        }

        return new DaemonConfig(
            socket == NoSocket ? null : socket,
            log == LogFormats[^1] ? LogFormat.Json : LogFormat.Text,
            LogLevels.FirstOrDefault(each => each.Word == level, LogLevels[0]).Level,
            ReadLimits(root, values, ReadRetransmission(root, values, ReadTransport(root, values, new IkeOptions { Connections = connections.Read }))),
            connections.Started,
            credentials.Warnings);
    }

    private static IkeOptions ReadTransport(MappingReader root, ValueReader values, IkeOptions options) => options with
    {
        KeepaliveInterval = values.Duration(root, "keepalive", options.KeepaliveInterval),
        FragmentSize = values.Number(root, "fragment-size", 576, 65_535, options.FragmentSize),
    };

    private static IkeOptions ReadRetransmission(MappingReader root, ValueReader values, IkeOptions options)
    {
        if (root.Take("retransmission") is not { } value
            || MappingReader.Open(value, "retransmission", values.Faults, "after", "factor", "tries") is not { } retransmission)
        {
            return options;
        }

        return options with
        {
            RetransmitAfter = values.PositiveDuration(retransmission, "after", options.RetransmitAfter),
            RetransmitFactor = retransmission.Take("factor") is { } factor ? values.Factor(factor, 1, 10, "factor") ?? options.RetransmitFactor : options.RetransmitFactor,
            RetransmitTries = values.Number(retransmission, "tries", 1, 20, options.RetransmitTries),
        };
    }

    private static IkeOptions ReadLimits(MappingReader root, ValueReader values, IkeOptions options)
    {
        const int Most = 1_000_000;
        if (root.Take("limits") is not { } value
            || MappingReader.Open(value, "limits", values.Faults, "cookie-threshold", "half-open", "half-open-per-source", "per-identity") is not { } limits)
        {
            return options;
        }

        return options with
        {
            CookieThreshold = values.Number(limits, "cookie-threshold", 0, Most, options.CookieThreshold),
            HalfOpenLimit = values.Number(limits, "half-open", 1, Most, options.HalfOpenLimit),
            HalfOpenPerSource = values.Number(limits, "half-open-per-source", 1, Most, options.HalfOpenPerSource),
            EstablishedPerIdentity = values.Number(limits, "per-identity", 1, Most, options.EstablishedPerIdentity),
        };
    }
}
