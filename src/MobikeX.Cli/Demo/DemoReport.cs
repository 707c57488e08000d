using MobikeX.Cli.Decoding;
using MobikeX.Cli.Scenarios;
using MobikeX.Ike;
using MobikeX.Protocol;
using MobikeX.Runtime;
using Spectre.Console;
using Ikev2Constants = MobikeX.Protocol.Ikev2.Constants;

namespace MobikeX.Cli.Demo;

/// <summary>Prints the demo for a reader: the specs, the network, then act by act who said what and what became of the SAs.</summary>
internal sealed class DemoReport(IAnsiConsole console)
{
    private const string Margin = "            ";
    private const string None = "none";

    private int _acts;

    public void WriteSpec(DemoSpec spec)
    {
        console.MarkupLine(
            "[bold]MOBIKE-X[/] lets an IPsec peer that changes networks move its SAs, one by one or all together, without setting them up again. "
            + "This is what the project makes of its specification, and two peers that speak it.");
        Heading("The specification");
        console.MarkupLine(
            $"{Markup.Escape(spec.Path)} and {spec.ReadFiles - 1} more YAML files, and nothing else, say what MOBIKE-X is. "
            + $"The generator makes [bold]{spec.GeneratedFiles} C# files[/] of them, {spec.GeneratedLines:N0} lines: payloads, their readers and writers, state machines.");
        Table table = NewTable("spec", "document", "registries", "structs", "parameters", "notifies", "machines", "states", "errata");
        foreach (DemoSpecPart part in spec.Parts)
        {
            table.AddRow(
                $"[bold]{Markup.Escape(part.Name)}[/]", Markup.Escape(part.Document), $"{part.Registries}", $"{part.Structs}", $"{part.Parameters}",
                $"{part.Notifies.Count}", $"{part.Machines}", $"{part.States}", $"{part.Errata}");
        }

        console.Write(table);
        console.MarkupLine($"Notifies of {Markup.Escape(spec.Parts[0].Name)}: {Markup.Escape(string.Join(", ", spec.Parts[0].Notifies))}.");
        console.WriteLine();
        console.MarkupLine($"The {Markup.Escape(spec.Picture.Info.Name)} parameter, {Markup.Escape(spec.Picture.Info.Reference)}, as the generated code documents it:");
        console.WriteLine();
        foreach (string line in spec.Picture.BitDiagram.TrimEnd().Split('\n'))
        {
            console.MarkupLine($"  [aqua]{Markup.Escape(line)}[/]");
        }
    }

    public void WriteNetwork(IReadOnlyList<DemoInterface> interfaces)
    {
        Heading("The network");
        console.MarkupLine(
            "Two peers on loopback. Each interface has UDP sockets of its own and stands for an address of the documentation ranges: "
            + "the address that a peer sees is that of the socket which sent. "
            + "The datagrams are those of IKEv2: [green]all but the first two messages are sealed[/], with keys that only the peers have. What they say is shown as the peers know it.");
        Table table = NewTable("peer", "identity", "interface", "address", $"port {Ikev2Constants.IkePort}", $"port {Ikev2Constants.NatTraversalPort}");
        foreach (DemoInterface each in interfaces)
        {
            table.AddRow(
                $"{each.Peer}", Markup.Escape(DemoSetting.Identity(each.Peer)), Markup.Escape(each.Name), $"[bold]{each.Address}[/]",
                $"{DemoInterface.EndPoint(each.Ike)}", $"{DemoInterface.EndPoint(each.Nat)}");
        }

        console.Write(table);
    }

    public void WriteAct(DemoAct act)
    {
        Heading($"{++_acts}. {act.Title}");
        console.MarkupLine($"[italic]{Markup.Escape(act.About)}[/]");
        console.WriteLine();
        foreach (DemoMessage message in act.Messages)
        {
            WriteMessage(message, act.Version);
        }

        foreach (ScenarioTold told in act.Told)
        {
            string details = told.Details is null ? string.Empty : $" ({told.Details})";
            console.MarkupLine($"  [grey]The {told.Peer} tells its upper layer:[/] {Markup.Escape(ScenarioEvents.Text(told.Kind, told.Sa, told.Address) + details)}");
        }

        if (act.Completed)
        {
            console.WriteLine();
            WriteSad(act);
        }
        else
        {
            console.MarkupLine("  [red]A request was refused or not answered. Nothing more is played.[/]");
        }
    }

    public void WriteEnd(IReadOnlyList<DemoAct> acts)
    {
        console.WriteLine();
        DemoMessage[] messages = [.. acts.SelectMany(act => act.Messages)];
        if (acts.Any(act => !act.Completed))
        {
            console.MarkupLine($"[red]stopped[/] after {acts.Count} acts and {messages.Length} messages");
            return;
        }

        string algorithms = acts[0].Algorithms ?? string.Empty;
        console.MarkupLine(
            $"[green]done[/]: {acts.Count} acts, {messages.Length} messages, {messages.Count(message => message.IsSealed)} of them sealed by IKEv2 with {Markup.Escape(algorithms)}");
    }

    private void WriteMessage(DemoMessage message, MobikeVersion? version)
    {
        string name = $"[bold]{message.Sender}[/] {message.Packet.Source} ──▶ {message.Packet.Destination}";
        string what = $"{IkeNames.Of(message.Exchange)} {(message.IsResponse ? "response" : "request")} {message.MessageId}";
        string how = message.IsSealed ? "[green]sealed[/]" : "[yellow]in clear[/]";
        console.MarkupLine($"[grey]{message.Time.TotalMilliseconds,7:0.0} ms[/]  {name}  [grey]{what}, {message.Octets} octets[/] {how}");
        IReadOnlyList<DecodedPayload> payloads = NotifyText.Decode(message.Payloads.Chain.Span, message.Payloads.First, version);
        for (int i = 0; i < payloads.Count; i++)
        {
            WritePayload(payloads[i], message.IsResponse ? "yellow" : "aqua", last: i == payloads.Count - 1);
        }

        if (payloads.Count == 0)
        {
            console.MarkupLine($"{Margin}[grey]└─ {(message.IsResponse ? "no notify: all is well" : "no notify")}[/]");
        }
    }

    private void WritePayload(DecodedPayload payload, string color, bool last)
    {
        var notify = payload as DecodedPayload.Notify;
        string critical = payload.Critical ? " [grey]critical[/]" : string.Empty;
        console.MarkupLine($"{Margin}[grey]{(last ? "└─" : "├─")}[/] [{color}]{Markup.Escape(notify?.Name ?? NotifyText.Of(payload))}[/]{critical}");
        if (notify is not null)
        {
            foreach ((string field, string text, bool nested) in NotifyText.Lines(notify))
            {
                console.MarkupLine($"{Margin}[grey]{(last ? ' ' : '│')}[/]    {(nested ? "   " : string.Empty)}[bold]{Markup.Escape(field)}[/] {Markup.Escape(text)}");
            }
        }
    }

    private void WriteSad(DemoAct act)
    {
        Table table = NewTable("SAD of the Responder", "before", "after");
        foreach (string name in act.Before.Sas.Concat(act.After.Sas).Select(sa => sa.Name).Distinct())
        {
            string before = Text(act.Before, name), after = Text(act.After, name);
            table.AddRow($"[bold]{Markup.Escape(name)}[/]", before, Changed(before, after));
            string offered = Alternates(act.Before, name), now = Alternates(act.After, name);
            if (offered != None || now != None)
            {
                table.AddRow("  alternates, best first", offered, Changed(offered, now));
            }
        }

        console.Write(table);
        console.MarkupLine(act.PeersAgree ? "  [grey]The SAD of the Initiator has the same addresses.[/]" : "  [red]The SAD of the Initiator has other addresses.[/]");
        if (act is { InitiatorState: { } initiator, ResponderState: { } responder })
        {
            console.MarkupLine($"  [grey]The Initiator is in {Markup.Escape(initiator)}, the Responder in {Markup.Escape(responder)}.[/]");
        }
    }

    private void Heading(string text)
    {
        console.WriteLine();
        console.MarkupLine($"[bold yellow]{Markup.Escape(text)}[/]");
    }

    private static Table NewTable(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Markup($"[grey]{Markup.Escape(column)}[/]")));
        }

        return table;
    }

    private static string Text(SadState sad, string name) => sad.Sas.FirstOrDefault(each => each.Name == name) switch
    {
        null => None,
        { IsClosed: true } => "closed",
        { Mode: { } mode } child => $"{mode}, {List(child.Initiator)} ↔ {List(child.Responder)}",
        var ike => $"{List(ike.Initiator)} ↔ {List(ike.Responder)}",
    };

    private static string Alternates(SadState sad, string name) => sad.Alternates.TryGetValue(name, out AlternateState? alternates) ? List(alternates.Usable) : None;

    private static string Changed(string before, string after) => before == after ? $"[grey]{after}[/]" : $"[green]{after}[/]";

    private static string List(IReadOnlyList<IpAddress> addresses) => addresses.Count == 0 ? None : string.Join(", ", addresses);
}
