using System.Text;
using Spectre.Console;

namespace MobikeX.Cli.Terminal;

/// <summary>Where a command reads and writes.</summary>
internal sealed class ToolConsole
{
    /// <summary>Wide enough that nothing is broken: who reads a file or a pipe breaks lines himself.</summary>
    private const int Unbroken = 1 << 20;

    private readonly TextWriter _error;

    internal ToolConsole(Stream input, TextWriter output, TextWriter error, bool terminal)
    {
        In = input;
        Out = output;
        _error = error;
        IsTerminal = terminal;
        Rich = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!terminal)
        {
            Rich.Profile.Width = Unbroken;
            Rich.Profile.Capabilities.Unicode = true;
        }
    }

    /// <summary>Standard input.</summary>
    internal Stream In { get; }

    /// <summary>Standard output, for JSON, hex and other text that a program reads.</summary>
    internal TextWriter Out { get; }

    /// <summary>Standard output, for trees and tables; plain text where nobody looks.</summary>
    internal IAnsiConsole Rich { get; }

    internal bool IsTerminal { get; }

    /// <summary>One line on standard error, whatever a file or a peer put into the text.</summary>
    internal void WriteError(string line)
    {
        var plain = new StringBuilder(line.Length);
        foreach (char c in line)
        {
            plain.Append(char.IsControl(c) ? ' ' : c);
        }

        try
        {
            _error.WriteLine(plain.ToString());
        }
        catch (Exception refused) when (InputFile.IsDenied(refused))
        {
            // Standard error is closed or full: there is no other place to say it, and the exit code still does.
        }
    }
}
