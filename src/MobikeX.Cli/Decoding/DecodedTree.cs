using MobikeX.Cli.Notation;
using Spectre.Console;

namespace MobikeX.Cli.Decoding;

/// <summary>What was decoded, as trees for a reader of the screen.</summary>
internal static class DecodedTree
{
    internal static void WriteChain(IAnsiConsole console, IReadOnlyList<DecodedPayload> payloads, IReadOnlyList<Problem> problems)
    {
        foreach (DecodedPayload payload in payloads)
        {
            var tree = new Tree(Label(payload));
            AddContents(tree, payload);
            console.Write(tree);
        }

        WriteProblems(console, problems);
    }

    internal static void WriteCapture(IAnsiConsole console, IReadOnlyList<DecodedMessage> messages, IReadOnlyList<Problem> problems)
    {
        foreach (DecodedMessage message in messages)
        {
            string details = $" {(message.Response ? "response" : "request")} {message.MessageId}, packet {message.Packet}, {message.Source} to {message.Destination}";
            var tree = new Tree(NotationTree.Label(message.Exchange, message.Offset, details));
            foreach (DecodedPayload payload in message.Payloads)
            {
                AddContents(tree.AddNode(Label(payload)), payload);
            }

            console.Write(tree);
        }

        if (messages.Count == 0)
        {
            console.WriteLine("no IKE message");
        }

        WriteProblems(console, problems);
    }

    private static Markup Label(DecodedPayload payload) => payload switch
    {
        DecodedPayload.Notify notify => NotationTree.Label(
            notify.Name ?? "unknown notify", notify.Offset, $" ({notify.Code}{(notify.Critical ? ", critical" : string.Empty)})"),
        DecodedPayload.Other other => NotationTree.Label(
            other.Name ?? "unknown payload",
            other.Offset,
            $" (payload {other.Type}{(other.Critical ? ", critical" : string.Empty)}, {other.Length} octets{(other.Encrypted ? ", encrypted: not opened" : string.Empty)})"),
        _ => throw new ArgumentOutOfRangeException(nameof(payload)),
    };

    private static void AddContents(IHasTreeNodes tree, DecodedPayload payload)
    {
        if (payload is not DecodedPayload.Notify notify)
        {
            NotationTree.Add(tree, (payload as DecodedPayload.Other)?.Fields ?? []);
            return;
        }

        if (notify.Spi is not null)
        {
            tree.AddNode(new Text($"SPI: {notify.Spi}"));
        }

        NotationTree.Add(tree, notify.Parameters);
        NotationTree.Add(tree, notify.Fields ?? []);
        if (notify.Data is { Length: > 0 })
        {
            tree.AddNode(new Text($"data: {notify.Data}"));
        }
    }

    private static void WriteProblems(IAnsiConsole console, IReadOnlyList<Problem> problems)
    {
        foreach (Problem problem in problems)
        {
            console.MarkupLine($"[red]problem[/] {Markup.Escape(problem.ToString())}");
        }
    }
}
