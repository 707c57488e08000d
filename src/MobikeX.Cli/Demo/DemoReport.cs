using MobikeX.Cli.Decoding;
using MobikeX.Cli.Scenarios;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using Spectre.Console;

namespace MobikeX.Cli.Demo;

/// <summary>Prints the demo for a reader: the specs, the network, then act by act who said what and what became of the SAs.</summary>
internal sealed class DemoReport(IAnsiConsole console)
{
    private const string Margin = "            ";

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
            "Two peers on loopback. Each interface is a UDP socket of its own and stands for an address of the documentation ranges: "
            + "the address that a peer sees is that of the socket which sent. "
            + "[yellow]The datagrams carry an IKE header and the payloads in clear: nothing is encrypted or authenticated here.[/]");
        Table table = NewTable("peer", "identity", "interface", "address", "socket");
        foreach (DemoInterface each in interfaces)
        {
            ScenarioPeer peer = each.Peer == PeerRole.Initiator ? DemoSetting.Scenario.Initiator : DemoSetting.Scenario.Responder;
            table.AddRow($"{each.Peer}", Markup.Escape(peer.Identity), Markup.Escape(each.Name), $"[bold]{each.Address}[/]", $"{each.EndPoint}");
        }

        console.Write(table);
        Table sas = NewTable("SA", "SPI of the Initiator", "what it is", "inner", "remote");
        sas.AddRow("[bold]ike1[/]", $"{DemoSetting.Scenario.Current.Spi:x16}", "IKE_SA", string.Empty, string.Empty);
        foreach (ScenarioChildSa child in DemoSetting.Scenario.ChildSas)
        {
            sas.AddRow(
                $"[bold]{Markup.Escape(child.Name)}[/]", $"{child.Spi:x8}", Markup.Escape($"{child.Protocol} {child.Mode}"), List(child.Inner),
                child.Inner.Count == 0 ? string.Empty : $"{child.Remote}");
        }

        console.Write(sas);
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
            console.MarkupLine("  [red]A request was not answered: loopback lost a datagram. Nothing more is played.[/]");
        }
    }

    public void WriteEnd(IReadOnlyList<DemoAct> acts)
    {
        console.WriteLine();
        int datagrams = acts.Sum(act => act.Messages.Count);
        if (acts.Any(act => !act.Completed))
        {
            console.MarkupLine($"[red]stopped[/] after {acts.Count} acts and {datagrams} datagrams");
            return;
        }

        DemoAct last = acts[^1];
        console.MarkupLine(
            $"[green]done[/]: {acts.Count} acts, {datagrams} datagrams; "
            + $"the Initiator is in {Markup.Escape(last.InitiatorState)}, the Responder in {Markup.Escape(last.ResponderState)}");
    }

    private void WriteMessage(DemoMessage message, MobikeVersion? version)
    {
        string name = $"[bold]{message.Sender}[/] {message.Packet.Source} ──▶ {message.Packet.Destination}";
        string what = $"{message.Exchange.Name()} {(message.IsResponse ? "response" : "request")} {message.MessageId}";
        console.MarkupLine($"[grey]{message.Time.TotalMilliseconds,7:0.0} ms[/]  {name}  [grey]{what}, {message.Octets} octets[/]");
        IReadOnlyList<DecodedPayload> payloads = NotifyText.Decode(message.Payloads, message.First, version);
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
        for (int i = 0; i < act.Before.Sas.Count; i++)
        {
            SaState before = act.Before.Sas[i];
            SaState after = act.After.Sas[i];
            table.AddRow($"[bold]{Markup.Escape(before.Name)}[/]", Text(before), Changed(Text(before), Text(after)));
            if (act.Before.Alternates.TryGetValue(before.Name, out AlternateState? alternates))
            {
                IReadOnlyList<IpAddress> now = act.After.Alternates[before.Name].Usable;
                if (alternates.Usable.Count > 0 || now.Count > 0)
                {
                    table.AddRow("  alternates, best first", List(alternates.Usable), Changed(List(alternates.Usable), List(now)));
                }
            }
        }

        console.Write(table);
        console.MarkupLine(act.PeersAgree ? "  [grey]The SAD of the Initiator has the same addresses.[/]" : "  [red]The SAD of the Initiator has other addresses.[/]");
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

    private static string Text(SaState sa) => sa.IsClosed ? "closed" : $"{List(sa.Initiator)} ↔ {List(sa.Responder)}";

    private static string Changed(string before, string after) => before == after ? $"[grey]{after}[/]" : $"[green]{after}[/]";

    private static string List(IReadOnlyList<IpAddress> addresses) => addresses.Count == 0 ? "none" : string.Join(", ", addresses);
}
