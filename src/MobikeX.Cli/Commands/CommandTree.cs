using System.CommandLine;
using System.CommandLine.Parsing;
using MobikeX.Cli.Demo;
using MobikeX.Cli.Run;
using MobikeX.Cli.Scenarios;
using MobikeX.Cli.Terminal;

namespace MobikeX.Cli.Commands;

/// <summary>Every command of the tool.</summary>
internal static class CommandTree
{
    internal static RootCommand Create(ToolConsole console)
    {
        var root = new RootCommand("The MOBIKE-X protocol: its payloads, its specification, IKEv2 that carries it, and two peers that speak it. " + ExitCode.Help)
        {
            RunCommand.Create(console),
            ConfigCommand.Create(console),
            AddressCommand.Create(console),
            AlternatesCommand.Create(console),
            DemoCommand.Create(console),
            ReplayCommand.Create(console),
            DecodeCommand.Create(console),
            EncodeCommand.Create(console),
            LintCommand.Create(console),
            GenerateCommand.Create(console),
            ErrataCommand.Create(console),
            RequirementsCommand.Create(console),
            SaCommand.Create(console),
        };
        foreach (Command command in ConnectionCommands.Create(console))
        {
            root.Add(command);
        }

        return root;
    }

    /// <summary>The call that explains the command of a wrong command line.</summary>
    internal static string HelpCall(ParseResult parsed)
    {
        string words = "--help";
        for (CommandResult? at = parsed.CommandResult; at is not null && at.Command is not RootCommand; at = at.Parent as CommandResult)
        {
            words = $"{at.Command.Name} {words}";
        }

        return "mobikex " + words;
    }

    /// <summary>What may stand where a wrong word stands: the commands, or the options of one.</summary>
    internal static IEnumerable<string> NamesAt(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        return command.Subcommands.Select(subcommand => subcommand.Name).Concat(command.Options.Select(option => option.Name));
    }
}
