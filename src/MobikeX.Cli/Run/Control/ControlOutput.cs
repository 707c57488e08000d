using System.Text.Json;
using MobikeX.Cli.Terminal;
using Spectre.Console;

namespace MobikeX.Cli.Run.Control;

/// <summary>Answers of a daemon as JSON, and its SAs as a tree.</summary>
internal static class ControlOutput
{
    public static void WriteJson(ToolConsole console, ControlAnswer answer) =>
        JsonText.WriteLine(console.Out, json => JsonSerializer.Serialize(json, answer, ControlJson.Default.ControlAnswer));

    public static void Write(IAnsiConsole console, IReadOnlyList<IkeSaDescription> sas)
    {
        foreach (IkeSaDescription sa in sas)
        {
            var tree = new Tree(new Text($"{sa.Connection}: {sa.Role} with {sa.Peer ?? "a peer not yet authenticated"}{(sa.Established ? string.Empty : ", not established")}"));
            tree.AddNode(new Text($"IKE_SA {sa.LocalSpi} ↔ {sa.RemoteSpi}  {sa.Local} ↔ {sa.Remote}{Details(sa)}"));
            foreach (ChildSaDescription child in sa.Children)
            {
                tree.AddNode(new Text(
                    $"CHILD_SA {child.Name} {child.Protocol} {child.LocalSpi} ↔ {child.RemoteSpi}  {child.Mode}  {string.Join(", ", child.Local)} ↔ {string.Join(", ", child.Remote)}  {child.Selectors}"));
            }

            console.Write(tree);
        }

        console.WriteLine($"{sas.Count} {(sas.Count == 1 ? "IKE_SA" : "IKE_SAs")}");
    }

    private static string Details(IkeSaDescription sa) =>
        $"{(sa.Mobike is { } version ? $"  MOBIKE version {version}" : string.Empty)}{(sa.Nat is { } nat ? $"  NAT: {nat}" : string.Empty)}{(sa.Inner.Count > 0 ? $"  inside: {string.Join(", ", sa.Inner)}" : string.Empty)}";
}
