using System.CommandLine;
using MobikeX.Cli.Commands;
using MobikeX.Cli.Terminal;
using MobikeX.Cli.Yaml;

namespace MobikeX.Cli;

/// <summary>The tool as a function: arguments and standard input in, text and an exit code out.</summary>
public static class MobikeXCli
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="input">Standard input; read only where a command says so.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error: one line for each thing that is wrong with the input.</param>
    /// <param name="terminal">True where a person looks at <paramref name="output"/>: colours, and lines broken at its width.</param>
    /// <returns>A value of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> args, Stream input, TextWriter output, TextWriter error, bool terminal = false)
    {
        var console = new ToolConsole(input, output, error, terminal);
        ParseResult parsed = CommandTree.Create(console).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Refuse(parsed, console);
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (InputException wrong)
        {
            foreach (string line in wrong.Lines)
            {
                console.WriteError(line);
            }

            return ExitCode.Wrong;
        }
        catch (Exception refused) when (InputFile.IsDenied(refused))
        {
            // A file that cannot be used is an InputException: what is left is output that finds no room, on standard output or in a file that was opened,
            // or a standard output that is closed.
            console.WriteError($"mobikex: {refused.Message}");
            return ExitCode.Denied;
        }
    }

    private static int Refuse(ParseResult parsed, ToolConsole console)
    {
        // A word that nothing takes is the fault; that a command is then missing only follows from it.
        string[] faults = parsed.UnmatchedTokens.Count > 0
            ? [.. parsed.UnmatchedTokens.Select(word => $"'{word}' is not known here{NearestName.Hint(word, CommandTree.NamesAt(parsed))}")]
            : [.. parsed.Errors.Select(fault => fault.Message)];
        foreach (string fault in faults)
        {
            console.WriteError($"mobikex: {fault}");
        }

        console.WriteError($"mobikex: try '{CommandTree.HelpCall(parsed)}'");
        return ExitCode.Wrong;
    }
}
