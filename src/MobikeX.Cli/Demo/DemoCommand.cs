using System.CommandLine;
using System.Net.Sockets;
using MobikeX.Cli.Commands;
using MobikeX.Cli.Terminal;

namespace MobikeX.Cli.Demo;

/// <summary><c>mobikex demo</c>: what the specs are made into, and two peers that use it over UDP.</summary>
internal static class DemoCommand
{
    public static Command Create(ToolConsole console)
    {
        Option<bool> json = JsonOption.Create();
        var command = new Command(
            "demo",
            "Show what is generated from spec/, and let an Initiator and a Responder talk over UDP on loopback: negotiation, CHECK, UPDATE of one SA, ADD, REMOVE, "
            + "a refused address, alternates, deactivation. Exit code 0: all was played; 1: a datagram was lost; 2: the spec or the sockets cannot be used.")
        {
            json,
        };
        command.SetAction(call => Run(console, call.GetValue(json)));
        return command;
    }

    private static int Run(ToolConsole console, bool json)
    {
        DemoSpec spec = DemoSpec.Load();
        try
        {
            using var network = new DemoNetwork();
            return json ? Print(console, spec, network) : Show(console, spec, network);
        }
        catch (SocketException fault)
        {
            throw new InputException($"demo: UDP on loopback cannot be used: {fault.Message}");
        }
    }

    private static int Print(ToolConsole console, DemoSpec spec, DemoNetwork network)
    {
        DemoAct[] acts = [.. new DemoStory(network).Play()];
        JsonText.WriteLine(console.Out, writer => DemoJson.Write(writer, spec, network.Interfaces, acts));
        return Code(acts);
    }

    /// <summary>Each act is shown when it has been played.</summary>
    private static int Show(ToolConsole console, DemoSpec spec, DemoNetwork network)
    {
        var report = new DemoReport(console.Rich);
        report.WriteSpec(spec);
        report.WriteNetwork(network.Interfaces);
        var acts = new List<DemoAct>();
        foreach (DemoAct act in new DemoStory(network).Play())
        {
            report.WriteAct(act);
            acts.Add(act);
        }

        report.WriteEnd(acts);
        return Code(acts);
    }

    private static int Code(IReadOnlyList<DemoAct> acts) => acts.All(act => act.Completed) ? ExitCode.Fine : ExitCode.No;
}
