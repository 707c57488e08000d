using System.Globalization;
using MobikeX.Generators.Model;
using Scriban.Runtime;

namespace MobikeX.Generators.Emit;

/// <summary>Registries: an enum, and beside it the document's names and ranges.</summary>
internal static class RegistryEmitter
{
    public static string RenderEnum(RegistryUnit unit)
    {
        RegistryModel registry = unit.Registry;
        TypeScope scope = new(unit.Namespace, unit.SharedNames);
        string ranges = string.Join(" ", registry.Ranges.Select(range => $"{Kind(range.Kind)}: {Range(range)}{(range.Doc.Length > 0 ? ", " + range.Doc : string.Empty)}."));
        return TemplateLibrary.Render("registry", scope, new ScriptObject
        {
            ["doc"] = DocComment.For(registry.Info, note: ranges.Length > 0 ? ranges : null),
            ["type"] = CSharpText.Identifier(registry.Info.ClrName),
            ["underlying"] = CSharpText.UnsignedType(registry.Width),
            ["values"] = TemplateLibrary.List(registry.Values.Select(value => new ScriptObject
            {
                ["doc"] = DocComment.For(value.Info),
                ["name"] = CSharpText.Identifier(value.Info.ClrName),
                ["value"] = CSharpText.Number(value.Value),
            })),
        });
    }

    public static string RenderNames(RegistryNamesUnit unit)
    {
        RegistryModel registry = unit.Registry;
        TypeScope scope = new TypeScope(unit.Namespace, unit.SharedNames).Import("System", "System.Collections.Generic", "System.Globalization");
        string underlying = CSharpText.UnsignedType(registry.Width);
        string number = $"({underlying})value";
        return TemplateLibrary.Render("registry-names", scope, new ScriptObject
        {
            ["type"] = CSharpText.Identifier(registry.Info.ClrName),
            ["names_type"] = registry.Info.ClrName + "Names",
            ["title"] = DocComment.Escape(registry.Info.Name),
            ["underlying"] = underlying,
            ["values"] = TemplateLibrary.List(registry.Values.Select(value => new ScriptObject
            {
                ["member"] = CSharpText.Identifier(value.Info.ClrName),
                ["name"] = CSharpText.Literal(value.Info.Name),
                ["value"] = CSharpText.Number(value.Value),
                ["alias"] = value.Alias,
            })),
            ["is_named"] = Ranges(number, registry.Width, Merge(registry.Values.Select(value => (value.Value, value.Value)))),
            ["is_reserved"] = Ranges(number, registry.Width, Of(registry, RangeKind.Reserved)),
            ["is_unassigned"] = Ranges(number, registry.Width, Unassigned(registry)),
            ["is_private"] = Ranges(number, registry.Width, Of(registry, RangeKind.PrivateUse)),
        });
    }

    // A number that neither a value nor a range covers is unassigned too.
    private static List<(ulong First, ulong Last)> Unassigned(RegistryModel registry)
    {
        List<(ulong First, ulong Last)> covered = Merge(registry.Values.Select(value => (value.Value, value.Value))
            .Concat(registry.Ranges.Where(range => range.Kind != RangeKind.Unassigned).Select(range => (range.First, range.Last))));
        List<(ulong First, ulong Last)> gaps = [];
        ulong next = 0;
        ulong most = CSharpText.MaximumOf(registry.Width);
        foreach ((ulong first, ulong last) in covered)
        {
            if (first > next)
            {
                gaps.Add((next, first - 1));
            }

            if (last >= most)
            {
                return gaps;
            }

            next = last + 1;
        }

        gaps.Add((next, most));
        return gaps;
    }

    private static List<(ulong First, ulong Last)> Of(RegistryModel registry, RangeKind kind) =>
        Merge(registry.Ranges.Where(range => range.Kind == kind).Select(range => (range.First, range.Last)));

    private static List<(ulong First, ulong Last)> Merge(IEnumerable<(ulong First, ulong Last)> ranges)
    {
        List<(ulong First, ulong Last)> merged = [];
        foreach ((ulong first, ulong last) in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && (merged[merged.Count - 1].Last == ulong.MaxValue || first <= merged[merged.Count - 1].Last + 1))
            {
                merged[merged.Count - 1] = (merged[merged.Count - 1].First, Math.Max(last, merged[merged.Count - 1].Last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return merged;
    }

    private static string Ranges(string number, int width, List<(ulong First, ulong Last)> ranges)
    {
        ulong most = width <= 8 ? byte.MaxValue : width <= 16 ? ushort.MaxValue : width <= 32 ? uint.MaxValue : ulong.MaxValue;
        return ranges.Count == 0 ? "false" : string.Join("\n    || ", ranges.Select(range =>
        {
            bool open = range.Last >= most;
            return range.First == range.Last ? $"{number} == {CSharpText.Number(range.First)}"
                : range.First == 0 && open ? "true"
                : range.First == 0 ? $"{number} <= {CSharpText.Number(range.Last)}"
                : open ? $"{number} >= {CSharpText.Number(range.First)}"
                : ranges.Count == 1 ? $"{number} >= {CSharpText.Number(range.First)} && {number} <= {CSharpText.Number(range.Last)}"
                : $"({number} >= {CSharpText.Number(range.First)} && {number} <= {CSharpText.Number(range.Last)})";
        }));
    }

    private static string Kind(RangeKind kind) => kind switch
    {
        RangeKind.Reserved => "Reserved",
        RangeKind.Unassigned => "Unassigned",
        _ => "Private use",
    };

    private static string Range(RangeModel range) =>
        range.First == range.Last
            ? range.First.ToString(CultureInfo.InvariantCulture)
            : $"{range.First.ToString(CultureInfo.InvariantCulture)}-{range.Last.ToString(CultureInfo.InvariantCulture)}";
}
