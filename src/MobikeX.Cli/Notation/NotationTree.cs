using Spectre.Console;

namespace MobikeX.Cli.Notation;

/// <summary>The notation as a tree for a reader of the screen: one line a field.</summary>
internal static class NotationTree
{
    internal static void Add(IHasTreeNodes tree, IReadOnlyList<DescribedBlock> parameters)
    {
        foreach (DescribedBlock parameter in parameters)
        {
            Add(tree.AddNode(Label(parameter.Name, parameter.Offset)), parameter.Fields);
        }
    }

    internal static void Add(IHasTreeNodes tree, IReadOnlyList<DescribedField> fields)
    {
        foreach (DescribedField field in fields)
        {
            if (field.Value is DescribedValue.Nested nested)
            {
                Add(tree.AddNode(Label(field.Name, nested.Block.Offset)), nested.Block.Fields);
            }
            else if (field.Value is DescribedValue.List { Items: [DescribedValue.Nested, ..] items })
            {
                TreeNode list = tree.AddNode(new Markup($"[grey]{Markup.Escape(field.Name)}:[/]"));
                foreach (DescribedBlock item in items.OfType<DescribedValue.Nested>().Select(item => item.Block))
                {
                    Add(list.AddNode(Label("-", item.Offset)), item.Fields);
                }
            }
            else
            {
                tree.AddNode(new Markup($"[grey]{Markup.Escape(field.Name)}:[/] {Markup.Escape(Text(field.Value))}"));
            }
        }
    }

    internal static Markup Label(string name, int offset, string details = "") =>
        new($"[bold]{Markup.Escape(name)}[/]{Markup.Escape(details)} [grey]at {offset}[/]");

    private static string Text(DescribedValue value) => value switch
    {
        DescribedValue.Flag flag => flag.Value ? "true" : "false",
        DescribedValue.Number { Unit: { } unit } number => $"{number.Value} {unit}",
        DescribedValue.Number number => $"{number.Value}",
        DescribedValue.Registry { Name: { } name } named => $"{name} ({named.Value})",
        DescribedValue.Registry unnamed => $"{unnamed.Value}",
        DescribedValue.Address address => address.Value.ToString(),
        DescribedValue.Octets octets => octets.Hex,
        DescribedValue.List list => string.Join(", ", list.Items.Select(Text)),
        _ => string.Empty,
    };
}
