using System.CommandLine;
using System.Net.Sockets;
using MobikeX.Cli.Captures;
using MobikeX.Cli.Commands;
using MobikeX.Cli.Run;
using MobikeX.Cli.Terminal;

namespace MobikeX.Cli.Demo;

/// <summary><c>mobikex demo</c>: what the specs are made into, and two peers that use it over UDP.</summary>
internal static class DemoCommand
{
    public static Command Create(ToolConsole console)
    {
        Option<bool> json = JsonOption.Create();
        Option<string?> keyLog = KeyLogOption.Create();
        var capture = new Option<string?>("--pcap") { Description = "Write the datagrams to a capture, with the addresses and ports that they stand for.", HelpName = "FILE" };
        var command = new Command(
            "demo",
            "Show what is generated from spec/, and let an Initiator and a Responder talk IKEv2 over UDP on loopback: keys, identities and negotiation, CHECK, UPDATE of one SA, "
            + "ADD, REMOVE, a refused address, new keys, alternates, deactivation, Delete. "
            + "Exit code 0: all was played; 1: a request was refused or not answered; 2: the spec, the sockets or a file cannot be used.")
        {
            json, keyLog, capture,
        };
        command.SetAction(call => Run(console, call.GetValue(json), call.GetValue(keyLog), call.GetValue(capture)));
        return command;
    }

    private static int Run(ToolConsole console, bool json, string? keyLogPath, string? capturePath)
    {
        DemoSpec spec = DemoSpec.Load();
        using KeyLogFile? keyLog = keyLogPath is null ? null : KeyLogFile.Open(keyLogPath);
        using PcapWriter? capture = capturePath is null ? null : PcapWriter.Create(capturePath);
        try
        {
            using var network = new DemoNetwork();
            return Play(console, json, spec, network, keyLog is null ? null : keyLog.Write, capture);
        }
        catch (SocketException fault)
        {
            throw new InputException($"demo: UDP on loopback cannot be used: {fault.Message}");
        }
    }

    /// <summary>Plays it over a network, and says whether all of it went well.</summary>
    internal static int Play(ToolConsole console, bool json, DemoSpec spec, DemoNetwork network, Action<string>? keyLog, PcapWriter? capture)
    {
        var story = new DemoStory(network, keyLog);
        IReadOnlyList<DemoAct> acts = json ? Print(console, spec, network, story) : Show(console, spec, network, story);
        foreach ((DemoMessage message, DemoWire wire) in acts.SelectMany(act => act.Messages).SelectMany(message => message.Wire, static (message, wire) => (message, wire)))
        {
            capture?.Write(message.Time, message.Packet, wire.Datagram);
        }

        return acts.All(act => act.Completed) ? ExitCode.Fine : ExitCode.No;
    }

    private static DemoAct[] Print(ToolConsole console, DemoSpec spec, DemoNetwork network, DemoStory story)
    {
        DemoAct[] acts = [.. story.Play()];
        JsonText.WriteLine(console.Out, writer => DemoJson.Write(writer, spec, network.Interfaces, acts));
        return acts;
    }

    /// <summary>Each act is shown when it has been played.</summary>
    private static List<DemoAct> Show(ToolConsole console, DemoSpec spec, DemoNetwork network, DemoStory story)
    {
        var report = new DemoReport(console.Rich);
        report.WriteSpec(spec);
        report.WriteNetwork(network.Interfaces);
        var acts = new List<DemoAct>();
        foreach (DemoAct act in story.Play())
        {
            report.WriteAct(act);
            acts.Add(act);
        }

        report.WriteEnd(acts);
        return acts;
    }
}
