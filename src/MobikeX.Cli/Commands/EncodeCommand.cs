using System.CommandLine;
using MobikeX.Cli.Decoding;
using MobikeX.Cli.Notation;
using MobikeX.Cli.Terminal;
using MobikeX.Cli.Yaml;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Commands;

/// <summary><c>mobikex encode</c>: the notation to octets.</summary>
internal static class EncodeCommand
{
    private const string InputName = "standard input";

    internal static Command Create(ToolConsole console)
    {
        Option<MobikeVersion> version = VersionOption.Create();
        var command = new Command(
            "encode",
            "Read a list of notifies as a scenario file has it (YAML, the list itself or under 'notifies') from standard input, and print the chain of payloads in hex, also one that the protocol refuses: 'decode' says what is wrong with it. "
            + "Exit code 0: printed; 2: the list is wrong, and nothing is printed.")
        {
            version,
        };
        command.SetAction(call => Run(console, ProtocolReading.Of(call.GetValue(version))));
        return command;
    }

    private static int Run(ToolConsole console, ProtocolReading reading)
    {
        var faults = new Faults(InputName);
        List<WrittenNotify> notifies = Read(InputFile.ReadText(InputName, console.In), reading, faults);
        if (faults.Any)
        {
            throw new InputException([.. faults.InOrder().Select(fault => fault.ToString())]);
        }

        console.Out.WriteLine(Hex.ToText(NotifyChain.Write(notifies)));
        return ExitCode.Fine;
    }

    private static List<WrittenNotify> Read(string text, ProtocolReading reading, Faults faults)
    {
        YamlValue? root = YamlFile.Read(text, faults);
        if (root is YamlMapping mapping)
        {
            if (mapping is not { Entries: [{ Key.Text: "notifies", Value: var list }] })
            {
                faults.Add(root, "a list of notifies is expected, or a mapping with the one key 'notifies'");
                return [];
            }

            root = list;
        }

        return root is null ? [] : NotifyListReader.Read(root, reading, faults);
    }
}
