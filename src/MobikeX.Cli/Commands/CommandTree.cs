using System.CommandLine;
using MobikeX.Cli.Demo;
using MobikeX.Cli.Scenarios;
using MobikeX.Cli.Terminal;

namespace MobikeX.Cli.Commands;

/// <summary>Every command of the tool.</summary>
internal static class CommandTree
{
    internal static RootCommand Create(ToolConsole console) =>
        new("The MOBIKE-X protocol: its payloads, its specification, and two peers that speak it. " + ExitCode.Help)
        {
            DemoCommand.Create(console),
            ReplayCommand.Create(console),
            DecodeCommand.Create(console),
            EncodeCommand.Create(console),
            LintCommand.Create(console),
            GenerateCommand.Create(console),
            ErrataCommand.Create(console),
            RequirementsCommand.Create(console),
        };

    /// <summary>The call that explains the command of a wrong command line.</summary>
    internal static string HelpCall(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "mobikex --help" : $"mobikex {parsed.CommandResult.Command.Name} --help";

    /// <summary>What may stand where a wrong word stands: the commands, or the options of one.</summary>
    internal static IEnumerable<string> NamesAt(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        return command.Subcommands.Select(subcommand => subcommand.Name).Concat(command.Options.Select(option => option.Name));
    }
}
