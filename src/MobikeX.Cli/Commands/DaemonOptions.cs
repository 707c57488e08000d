using System.CommandLine;
using System.Text.Json;
using MobikeX.Cli.Run.Configuration;
using MobikeX.Cli.Run.Control;
using MobikeX.Cli.Terminal;
using MobikeX.Cli.Yaml;

namespace MobikeX.Cli.Commands;

/// <summary>What every command to a daemon has in common: where the daemon is, how long to wait, and what its answer means.</summary>
internal sealed class DaemonOptions
{
    /// <summary>For the help of each command.</summary>
    public const string Codes =
        "Exit code 0: done; 1: refused, not answered in time, or there is no such SA; 2: the call is wrong; 3: no daemon is there, or it is another user's.";

    private readonly Option<string> _socket = new("--socket")
    {
        Description = "The control socket of the daemon.",
        HelpName = "PATH",
        DefaultValueFactory = _ => ConfigReader.DefaultControlSocket,
    };

    private readonly Option<double> _wait = new("--wait")
    {
        Description = "How many seconds to wait for the outcome.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => ControlRequest.UsualWait.TotalSeconds,
    };

    private readonly Option<bool> _json = JsonOption.Create();

    /// <summary>Adds a command whose action is one request.</summary>
    public static Command Create(ToolConsole console, string name, string description, IEnumerable<Symbol> symbols, Action<ParseResult, Utf8JsonWriter> write)
    {
        var options = new DaemonOptions();
        var command = new Command(name, $"{description} {Codes}");
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        command.Add(options._socket);
        command.Add(options._wait);
        command.Add(options._json);
        command.SetAction((call, stop) => options.AskAsync(console, call, write, stop));
        return command;
    }

    /// <summary>An option that may stand several times, each with a text that the daemon reads as well.</summary>
    public static Option<string[]> Texts<T>(string name, string description, string helpName, TextParser<T> parse)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result => Validate(result.Tokens.Select(token => token.Value), parse, result.AddError));
        return option;
    }

    /// <summary>Refuses what the daemon would refuse.</summary>
    public static void Validate<T>(IEnumerable<string> texts, TextParser<T> parse, Action<string> refuse)
    {
        foreach (string text in texts)
        {
            if (!parse(text, out _, out string fault))
            {
                refuse(fault);
            }
        }
    }

    /// <summary>Writes a list of texts; nothing where there is none.</summary>
    public static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string>? texts)
    {
        if (texts is { Count: > 0 })
        {
            WriteWholeList(json, name, texts);
        }
    }

    /// <summary>Writes a list of texts, which may be empty.</summary>
    public static void WriteWholeList(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a text; nothing where there is none.</summary>
    public static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private async Task<int> AskAsync(ToolConsole console, ParseResult call, Action<ParseResult, Utf8JsonWriter> write, CancellationToken stop)
    {
        double wait = call.GetValue(_wait);
        if (!(wait >= 0 && wait <= ControlRequest.LongestWait.TotalSeconds))
        {
            throw new InputException($"mobikex: --wait is from 0 to {ControlRequest.LongestWait.TotalSeconds} seconds");
        }

        ControlAnswer answer;
        try
        {
            answer = await ControlClient.AskAsync(
                call.GetValue(_socket)!,
                json =>
                {
                    write(call, json);
                    json.WriteNumber("wait", wait);
                },
                stop).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            console.WriteError($"mobikex: {fault.Message}");
            return ExitCode.Denied;
        }

        if (call.GetValue(_json))
        {
            ControlOutput.WriteJson(console, answer);
        }
        else if (answer.Reason is { } reason)
        {
            console.WriteError($"mobikex: {reason}");
        }

        return CodeOf(answer);
    }

    /// <summary>The exit code of an outcome.</summary>
    public static int CodeOf(ControlAnswer answer) => answer.Outcome switch
    {
        ControlOutcome.Done => ExitCode.Fine,
        ControlOutcome.No => ExitCode.No,
        _ => ExitCode.Wrong,
    };
}
