using System.CommandLine;
using MobikeX.Cli.Kernel;
using MobikeX.Cli.Run.Configuration;
using MobikeX.Cli.Run.Control;
using MobikeX.Cli.Terminal;
using MobikeX.Xfrm;

namespace MobikeX.Cli.Commands;

/// <summary><c>mobikex sa</c>: the SAs of a daemon, or of this kernel.</summary>
internal static class SaCommand
{
    /// <summary>How often the watch looks whether it is to end.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private const string Denied = "the system does not allow it (the kernel takes CAP_NET_ADMIN), or it has no XFRM.";

    internal static Command Create(ToolConsole console)
    {
        Option<bool> json = JsonOption.Create();
        var socket = new Option<string?>("--socket")
        {
            Description = $"The control socket of the daemon; left out, {ConfigReader.DefaultControlSocket} where it is there, else the kernel is asked.",
            HelpName = "PATH",
        };
        var kernel = new Option<bool>("--kernel") { Description = "Ask the kernel, whether a daemon is there or not." };
        var list = new Command(
            "list", "List the SAs of a daemon, or where none is there those of the kernel, in pairs, with their sets of addresses. No keys are printed. "
            + "Exit code 0: done; 1: the daemon refuses; 2: it does not know this; 3: no daemon answers, " + Denied)
        {
            socket, kernel, json,
        };
        list.SetAction(async (call, stop) =>
        {
            string? path = call.GetValue(kernel) ? null : call.GetValue(socket) ?? (File.Exists(ConfigReader.DefaultControlSocket) ? ConfigReader.DefaultControlSocket : null);
            return path is null
                ? OnLinux(console, () => List(console, call.GetValue(json)))
                : await OfDaemonAsync(console, path, call.GetValue(json), stop).ConfigureAwait(false);
        });
        var events = new Option<int?>("--events") { Description = "End after so many events; left out, go on until it is interrupted.", HelpName = "N" };
        var watch = new Command("watch", "List the SAs of the kernel, then print a line whenever one comes, goes or expires. No keys are printed. Exit code 0: done; 3: " + Denied) { events };

        // On another thread: an interrupt is listened for only once the action has been started.
        watch.SetAction((call, stop) => Task.Run(() => OnLinux(console, () => Watch(console, call.GetValue(events), stop)), CancellationToken.None));
        return new Command("sa", "The SAs of a daemon, and the IPsec SAs of this Linux kernel in the network namespace of the tool.") { list, watch };
    }

    private static async Task<int> OfDaemonAsync(ToolConsole console, string path, bool json, CancellationToken stop)
    {
        try
        {
            ControlAnswer answer = await ControlClient.AskAsync(path, static request => request.WriteString("command", "list"), stop).ConfigureAwait(false);
            if (json)
            {
                ControlOutput.WriteJson(console, answer);
            }
            else if (answer.Outcome != ControlOutcome.Done)
            {
                console.WriteError($"mobikex: {answer.Reason}");
            }
            else
            {
                ControlOutput.Write(console.Rich, answer.Sas ?? []);
            }

            return DaemonOptions.CodeOf(answer);
        }
        catch (IOException fault)
        {
            console.WriteError($"mobikex: {fault.Message}");
            return ExitCode.Denied;
        }
    }

    private static int OnLinux(ToolConsole console, Action action)
    {
        if (!OperatingSystem.IsLinux())
        {
            console.WriteError("mobikex: the SAs are those of a Linux kernel, and this is none");
            return ExitCode.Denied;
        }

        try
        {
            action();
            return ExitCode.Fine;
        }
        catch (XfrmException fault)
        {
            console.WriteError($"mobikex: {fault.Message}");
            return ExitCode.Denied;
        }
    }

    private static void List(ToolConsole console, bool json)
    {
        using XfrmClient client = XfrmClient.Open();
        IReadOnlyList<KernelSa> sas = KernelSa.List(client);
        if (json)
        {
            JsonText.WriteLine(console.Out, writer => KernelSaOutput.Write(writer, sas, client.NetworkNamespace));
        }
        else
        {
            KernelSaOutput.Write(console.Rich, sas);
        }
    }

    private static void Watch(ToolConsole console, int? events, CancellationToken stop)
    {
        // First the watch, so that nothing that comes after the list is missed.
        using XfrmWatcher watcher = XfrmWatcher.Open();
        List(console, json: false);
        int left = events ?? int.MaxValue;
        while (left > 0 && !stop.IsCancellationRequested)
        {
            foreach (XfrmSaEvent told in watcher.Wait(Tick))
            {
                console.Out.WriteLine($"{DateTime.Now:HH:mm:ss.fff} {KernelSaOutput.Line(told)}");
                left -= left == int.MaxValue ? 0 : 1;
                if (told.Kind == XfrmSaEventKind.Lost)
                {
                    List(console, json: false);
                }
            }

            console.Out.Flush();
        }
    }
}
