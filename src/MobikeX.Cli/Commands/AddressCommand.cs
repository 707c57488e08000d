using System.CommandLine;
using System.Text.Json;
using MobikeX.Cli.Run.Control;
using MobikeX.Cli.Terminal;
using MobikeX.Runtime;

namespace MobikeX.Cli.Commands;

/// <summary><c>mobikex address</c>: the actions of MOBIKE-X on the addresses of SAs of a daemon.</summary>
internal static class AddressCommand
{
    private static readonly (string Action, string Description)[] Actions =
    [
        ("update", "replace the address of SAs by another"),
        ("add", "add an address to SAs"),
        ("remove", "remove an address from SAs"),
    ];

    internal static Command Create(ToolConsole console)
    {
        var command = new Command("address", "The addresses of this host that SAs of a daemon have: actions of MOBIKE-X, which the peer answers.");
        var check = new Command("check", "Ask the peer whether it would do an action, which nothing is done of.");
        foreach ((string action, string description) in Actions)
        {
            command.Add(Of(console, action, $"Ask the peer to {description}, and do the same here.", check: false));
            check.Add(Of(console, action, $"Ask the peer whether it would {description}.", check: true));
        }

        command.Add(check);
        return command;
    }

    /// <summary>Which SAs: the SELECTORs of the request.</summary>
    internal static Option<string[]> Selectors() => DaemonOptions.Texts<MobikeX.Engine.SaSelector>(
        "--select",
        "The SAs: spi=c1000001 (as this host receives on it), mode=Tunnel, proto=ESP, address=192.0.2.1, inner=10.0.0.2, value=ALL_IKE_SA, or several of them with "
        + "commas; may be repeated. Left out: the IKE_SA and its CHILD_SAs.",
        "SELECTOR",
        SelectorText.TryParse);

    /// <summary>Which peer.</summary>
    internal static Option<string?> Connection() => new("--connection")
    {
        Description = "The name of the connection; may be left out where the daemon has one IKE_SA.",
        HelpName = "NAME",
    };

    private static Command Of(ToolConsole console, string action, string description, bool check)
    {
        Argument<string> address = Checked(new Argument<string>("ADDRESS") { Description = "The address of this host." });
        var old = new Option<string?>("--old") { Description = "The address that is replaced; left out, every one.", HelpName = "ADDRESS" };
        old.Validators.Add(static result => Validate(result.Tokens.Select(token => token.Value), result.AddError));
        var inner = new Option<bool>("--inner") { Description = "The address inside the tunnel, not the one of the outer header." };
        Option<string[]> selectors = Selectors();
        Option<string?> connection = Connection();
        Symbol[] symbols = action == "update" ? [address, old, inner, selectors, connection] : [address, inner, selectors, connection];
        return DaemonOptions.Create(console, action, description, symbols, (call, json) =>
        {
            json.WriteString("command", action);
            json.WriteString("address", call.GetValue(address));
            DaemonOptions.WriteText(json, "old", action == "update" ? call.GetValue(old) : null);
            DaemonOptions.WriteText(json, "connection", call.GetValue(connection));
            DaemonOptions.WriteList(json, "selectors", call.GetValue(selectors));
            WriteFlag(json, "inner", call.GetValue(inner));
            WriteFlag(json, "check", check);
        });
    }

    private static void WriteFlag(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }

    private static Argument<string> Checked(Argument<string> argument)
    {
        argument.Validators.Add(static result => Validate(result.Tokens.Select(token => token.Value), result.AddError));
        return argument;
    }

    private static void Validate(IEnumerable<string> texts, Action<string> refuse)
    {
        foreach (string text in texts.Where(text => !IpAddress.TryParse(text, out _)))
        {
            refuse($"'{text}' is no address");
        }
    }
}
