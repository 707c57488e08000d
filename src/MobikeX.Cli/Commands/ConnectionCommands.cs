using System.CommandLine;
using System.Globalization;
using MobikeX.Cli.Terminal;

namespace MobikeX.Cli.Commands;

/// <summary><c>mobikex up</c>, <c>down</c> and <c>rekey</c>: the connections of a daemon.</summary>
internal static class ConnectionCommands
{
    internal static IEnumerable<Command> Create(ToolConsole console)
    {
        yield return Of(console, "up", "Begin a connection of a daemon, and wait until it is there with its CHILD_SAs.");
        yield return Of(console, "down", "Delete the IKE_SAs of a connection, with their CHILD_SAs.");

        Argument<string> name = Name();
        var child = new Option<string?>("--child") { Description = "Rekey the CHILD_SA that this host receives on with this SPI; left out, the IKE_SA.", HelpName = "SPI" };
        child.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !uint.TryParse(token.Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
            {
                result.AddError($"--child is an SPI in hexadecimal digits, found '{token.Value}'");
            }
        });
        yield return DaemonOptions.Create(console, "rekey", "Rekey an SA of a connection.", [name, child], (call, json) =>
        {
            json.WriteString("command", "rekey");
            json.WriteString("connection", call.GetValue(name));
            DaemonOptions.WriteText(json, "spi", call.GetValue(child));
        });
    }

    private static Command Of(ToolConsole console, string word, string description)
    {
        Argument<string> name = Name();
        return DaemonOptions.Create(console, word, description, [name], (call, json) =>
        {
            json.WriteString("command", word);
            json.WriteString("connection", call.GetValue(name));
        });
    }

    private static Argument<string> Name() => new("NAME") { Description = "The name of the connection in the configuration of the daemon." };
}
