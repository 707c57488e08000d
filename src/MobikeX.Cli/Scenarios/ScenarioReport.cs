using MobikeX.Cli.Decoding;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using Spectre.Console;

namespace MobikeX.Cli.Scenarios;

/// <summary>Prints what came of a scenario as a timeline: the messages, what changed, and what was expected otherwise.</summary>
internal sealed class ScenarioReport(IAnsiConsole console)
{
    private const string Indent = "             ";

    public void Write(ScenarioRun run)
    {
        Scenario scenario = run.Scenario;
        console.MarkupLine($"[bold]{Markup.Escape(scenario.Path)}[/]  {Markup.Escape(scenario.Title)}");
        console.MarkupLine(
            $"  [grey]Initiator {Peer(scenario.Initiator)}, Responder {Peer(scenario.Responder)}, "
            + $"{(scenario.Version is { } version ? $"version {version}" : "no version agreed")}[/]");
        foreach (StepRun step in run.Steps)
        {
            WriteStep(scenario, step);
        }

        console.MarkupLine(run.Holds
            ? "  [green]holds[/]"
            : $"  [red]does not hold[/]: {Count(run.Steps.Sum(step => step.Differences.Count), "difference")}");
    }

    /// <summary>The last line where several files were run.</summary>
    public void WriteSummary(IReadOnlyList<ScenarioRun> runs)
    {
        int holding = runs.Count(run => run.Holds);
        console.MarkupLine(holding == runs.Count
            ? $"[green]{Count(runs.Count, "scenario")}, all hold[/]"
            : $"{Count(runs.Count, "scenario")}, {holding} hold, [red]{runs.Count - holding} do not[/]: "
                + Markup.Escape(string.Join(", ", runs.Where(run => !run.Holds).Select(run => run.Scenario.Path))));
    }

    private void WriteStep(Scenario scenario, StepRun run)
    {
        string title = run.Step.Number == 0 ? "negotiation" : $"step {run.Step.Number}";
        console.MarkupLine($"  [bold]{title}[/] [grey]line {run.Step.Line}[/]");
        foreach (ScenarioAction action in run.Step.Actions)
        {
            if (action is FailBackend)
            {
                console.MarkupLine($"{Indent}the next change of the backend will fail half-way");
            }
            else if (action is Ask ask)
            {
                console.MarkupLine($"{Indent}the Initiator is asked for {ask.Action.ToString().ToUpperInvariant()}");
            }
            else if (action is Unreachable)
            {
                console.MarkupLine($"{Indent}the Responder is told that the Initiator cannot be reached");
            }
            else if (action is Wait wait)
            {
                console.MarkupLine($"{Time(run.End)}{Markup.Escape($"{wait.Duration.TotalSeconds:0.###} s have passed")}");
            }
        }

        foreach (ScenarioMessage message in run.Messages)
        {
            WriteMessage(message, run.Version);
        }

        foreach (ScenarioTold told in run.Told)
        {
            string details = told.Details is null ? string.Empty : $" ({told.Details})";
            console.MarkupLine($"{Indent}[grey]{told.Peer} is told[/] {Markup.Escape(ScenarioEvents.Text(told.Kind, told.Sa, told.Address) + details)}");
        }

        WriteChanges(run);
        if (run.Step.Actions.OfType<Negotiate>().Any() || run.Step.Expect is not null)
        {
            NegotiationOutcome outcome = run.Negotiated;
            console.MarkupLine(
                $"{Indent}[grey]negotiated[/] Initiator {outcome.InitiatorState} ({Version(outcome.InitiatorVersion)}), "
                + $"Responder {outcome.ResponderState} ({Version(outcome.ResponderVersion)})");
        }

        foreach (Difference difference in run.Differences)
        {
            console.MarkupLine($"    [red]differs[/] {Markup.Escape($"{scenario.Path}:{difference.Line}:{difference.Column}: {difference.Subject}")}");
            console.MarkupLine($"{Indent}expected {Markup.Escape(difference.Expected)}");
            console.MarkupLine($"{Indent}got      {Markup.Escape(difference.Got)}");
        }
    }

    private void WriteMessage(ScenarioMessage message, MobikeVersion? version)
    {
        string arrow = message.Sender == PeerRole.Initiator ? "Initiator → Responder" : "Responder → Initiator";
        string lost = message.Lost ? " [red]lost[/]" : string.Empty;
        console.MarkupLine(
            $"{Time(message.Time)}[bold]{arrow}[/]  {message.Exchange.Name()} {(message.IsResponse ? "response" : "request")} {message.MessageId}"
            + $"  [grey]{message.Packet.Source} → {message.Packet.Destination}[/]{lost}");
        var problems = new List<Problem>();
        IReadOnlyList<DecodedPayload> payloads = NotifyText.Decode(message.Payloads, message.First, version, problems);
        foreach (DecodedPayload payload in payloads)
        {
            console.MarkupLine($"{Indent}  {Markup.Escape(NotifyText.Of(payload))}{(payload.Critical ? " [grey]critical[/]" : string.Empty)}");
        }

        foreach (Problem problem in problems)
        {
            console.MarkupLine($"{Indent}  [yellow]{Markup.Escape(problem.ToString())}[/]");
        }

        if (payloads.Count == 0 && problems.Count == 0)
        {
            console.MarkupLine($"{Indent}  [grey]no notify[/]");
        }
    }

    private void WriteChanges(StepRun run)
    {
        for (int i = 0; i < run.Before.Sas.Count; i++)
        {
            SaState before = run.Before.Sas[i];
            SaState after = run.After.Sas[i];
            if (before.IsClosed != after.IsClosed)
            {
                WriteChange(before.Name, string.Empty, "open", "closed");
                continue;
            }

            WriteChange(before.Name, "initiator", List(before.Initiator), List(after.Initiator));
            WriteChange(before.Name, "responder", List(before.Responder), List(after.Responder));
            WriteChange(before.Name, "inner", List(before.Inner), List(after.Inner));
            WriteChange(before.Name, "mode", before.Mode ?? string.Empty, after.Mode ?? string.Empty);
        }

        foreach ((string name, AlternateState after) in run.After.Alternates)
        {
            WriteChange(name, "alternates", List(run.Before.Alternates[name].Usable), List(after.Usable));
        }
    }

    private void WriteChange(string sa, string what, string before, string after)
    {
        if (before != after)
        {
            console.MarkupLine($"{Indent}[grey]SAD[/] {Markup.Escape(sa)} {what} {Markup.Escape(before)} ⇒ [bold]{Markup.Escape(after)}[/]");
        }
    }

    private static string Time(TimeSpan time) => $"{time.TotalSeconds,9:0.000} s  ";

    private static string Peer(ScenarioPeer peer) => Markup.Escape($"{peer.Identity} at {peer.Address}");

    private static string List(IReadOnlyList<IpAddress> addresses) => addresses.Count == 0 ? "none" : string.Join(", ", addresses);

    private static string Version(int version) => version == 0 ? "no version" : $"version {version}";

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
