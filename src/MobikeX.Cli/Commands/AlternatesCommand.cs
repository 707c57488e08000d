using System.CommandLine;
using MobikeX.Cli.Run.Control;
using MobikeX.Cli.Terminal;

namespace MobikeX.Cli.Commands;

/// <summary><c>mobikex alternates</c>: addresses to offer to the peer for the day on which the one in use fails.</summary>
internal static class AlternatesCommand
{
    internal static Command Create(ToolConsole console)
    {
        var alternates = new Argument<string[]>("ADDRESS")
        {
            Description = "An address, alone or with commas and what is said of it: preference=0..255, class=HoA, reachability=REACHABLE, start=SECONDS, life=SECONDS, and last check "
                + "where the peer only says whether it would take it. None: the peer forgets those that it has.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        alternates.Validators.Add(static result =>
            DaemonOptions.Validate<MobikeX.Engine.OfferedAlternate>(result.Tokens.Select(token => token.Value), AlternateText.TryParse, result.AddError));
        Option<string[]> selectors = AddressCommand.Selectors();
        Option<string?> connection = AddressCommand.Connection();
        Command offer = DaemonOptions.Create(
            console,
            "offer",
            "Offer alternate addresses of this host to the peer, in place of those offered before.",
            [alternates, selectors, connection],
            (call, json) =>
            {
                json.WriteString("command", "offer");
                DaemonOptions.WriteText(json, "connection", call.GetValue(connection));
                DaemonOptions.WriteWholeList(json, "alternates", call.GetValue(alternates) ?? []);
                DaemonOptions.WriteList(json, "selectors", call.GetValue(selectors));
            });
        return new Command("alternates", "The alternate addresses of this host that the peer of a daemon knows.") { offer };
    }
}
