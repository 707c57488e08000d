using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Registries: a width, named values, ranges, and what to do with a value that has no name.</summary>
internal sealed class RegistryBinder(NameResolver names, ErratumBinder errata, DiagnosticBag diagnostics)
{
    private readonly Dictionary<Declaration, RegistryTable> _tables = [];

    /// <summary>Binds the registries of a spec, and the values that it adds to those of its imports; imports come first.</summary>
    public void Read(SpecScope spec)
    {
        foreach (Declaration declaration in spec.All(Section.Registries).Where(d => d.Usable))
        {
            if (KeyReader.Of(declaration.Body, declaration.NameNode, diagnostics) is not { } keys)
            {
                continue;
            }

            RegistryTable? table = RegistryExtension.TargetOf(spec, declaration.Name) is { } target
                ? Find(target)
                : ReadTable(declaration, keys);
            keys.Know("values");
            keys.Finish();
            if (table is not null)
            {
                _tables[declaration] = table;
                ReadValues(spec, table, keys);
            }
        }
    }

    public IEnumerable<RegistryModel> BindAll(SpecScope spec) =>
        spec.All(Section.Registries).Where(d => RegistryExtension.TargetOf(spec, d.Name) is null).Select(Find).OfType<RegistryTable>().Select(t => t.Whole);

    /// <summary>Null where the registry is at fault.</summary>
    public RegistryTable? Find(Declaration declaration) => _tables.TryGetValue(declaration, out RegistryTable? table) ? table : null;

    public RegistryTable? Resolve(SpecScope spec, YamlScalar reference) =>
        names.Resolve(spec, Section.Registries, reference) is { } declaration ? Find(declaration) : null;

    /// <summary>Finds <c>REGISTRY.VALUE</c> or <c>spec.REGISTRY.VALUE</c>.</summary>
    public (RegistryTable Table, RegistryValueModel Value)? ResolveValue(SpecScope spec, YamlScalar reference)
    {
        string text = reference.Value;
        RegistryTable? named = null;
        for (int dot = text.IndexOf('.'); dot >= 0; dot = text.IndexOf('.', dot + 1))
        {
            if (NameResolver.Find(spec, Section.Registries, text.Substring(0, dot)) is not [var declaration])
            {
                continue;
            }

            if (Find(declaration) is not { } table)
            {
                return null;
            }

            named = table;
            if (table.Find(spec, text.Substring(dot + 1)) is { } value)
            {
                return (table, value);
            }
        }

        if (!spec.Closure.Any(s => s.Incomplete))
        {
            IEnumerable<string> candidates = named is not null
                ? named.Names(spec).Select(n => $"{named.Name}.{n}")
                : spec.Closure.SelectMany(s => s.All(Section.Registries)).Select(d => d.Name + text.Substring(Math.Max(0, text.IndexOf('.'))));
            diagnostics.Report(WireRules.Unresolved, reference, "value REGISTRY.NAME", text, Suggestion.For(text, candidates));
        }

        return null;
    }

    private RegistryTable? ReadTable(Declaration declaration, KeyReader keys)
    {
        ElementInfo info = new ElementReader(declaration.Owner, errata).Read(keys, declaration.NameNode, declaration.ClrName!, needsDoc: true);
        YamlScalar? widthNode = keys.RequireScalar("width");
        string unnamed = keys.Word("unnamed", "not-understood", "not-understood", "malformed", "kept");
        List<(RangeModel Range, YamlScalar Node)> ranges =
        [
            .. ReadRanges(keys, "reserved", RangeKind.Reserved),
            .. ReadRanges(keys, "unassigned", RangeKind.Unassigned),
            .. ReadRanges(keys, "private", RangeKind.PrivateUse),
        ];
        if (widthNode is null || KeyReader.ParseNumber(widthNode, diagnostics) is not { } width)
        {
            return null;
        }

        if (width is 0 or > 64)
        {
            diagnostics.Report(WireRules.BadWidth, widthNode, width, "a registry", "1 to 64");
            return null;
        }

        var table = new RegistryTable(
            declaration,
            info,
            (int)width,
            unnamed switch
            {
                "malformed" => UnnamedValues.Malformed,
                "kept" => UnnamedValues.Kept,
                _ => UnnamedValues.NotUnderstood,
            },
            CheckRanges(ranges, (int)width).ToEquatableArray(),
            diagnostics);
        return table;
    }

    private IEnumerable<(RangeModel, YamlScalar)> ReadRanges(KeyReader keys, string key, RangeKind kind)
    {
        foreach (YamlScalar scalar in keys.Scalars(key))
        {
            if (Numbers.TryParseRange(scalar.Value, out ulong first, out ulong last))
            {
                yield return (new RangeModel(kind, first, last, ""), scalar);
            }
            else
            {
                diagnostics.Report(ShapeRules.NotNumber, scalar, scalar.Value, "a number or a range FIRST-LAST");
            }
        }
    }

    private List<RangeModel> CheckRanges(List<(RangeModel Range, YamlScalar Node)> ranges, int width)
    {
        var kept = new List<RangeModel>();
        foreach ((RangeModel range, YamlScalar node) in ranges)
        {
            if (range.Last > Numbers.LargestOf(width))
            {
                diagnostics.Report(WireRules.DoesNotFit, node, node.Value, width, Numbers.LargestOf(width));
            }
            else if (kept.Find(r => r.First <= range.Last && range.First <= r.Last) is { } other)
            {
                diagnostics.Report(WireRules.RangeConflict, node, node.Value, RegistryTable.KindOf(other.Kind), RegistryTable.RangeText(other));
            }
            else
            {
                kept.Add(range);
            }
        }

        kept.Sort((a, b) => a.First.CompareTo(b.First));
        return kept;
    }

    private void ReadValues(SpecScope spec, RegistryTable table, KeyReader registry)
    {
        if (registry.Take("values") is not { } node || node is YamlScalar { IsNull: true } || KeyReader.Expect<YamlMapping>(node, "a mapping", diagnostics) is not { } values)
        {
            return;
        }

        foreach (YamlEntry entry in values.Entries)
        {
            if (entry.Value.Truncated || ElementReader.ClrName(entry, diagnostics) is not { } clrName)
            {
                continue;
            }

            if (entry.Value is YamlScalar { IsNull: false } bare)
            {
                if (KeyReader.ParseNumber(bare, diagnostics) is { } number)
                {
                    table.Add(spec, new ElementInfo(entry.Key.Value, clrName, "", "", default), number, alias: false, entry.Key, bare);
                }
            }
            else if (KeyReader.Of(entry.Value, entry.Key, diagnostics) is { } keys)
            {
                ElementInfo info = new ElementReader(spec, errata).Read(keys, entry.Key, clrName);
                YamlScalar? written = keys.RequireScalar("value");
                bool alias = keys.Boolean("alias");
                keys.Finish();
                if (written is not null && KeyReader.ParseNumber(written, diagnostics) is { } number)
                {
                    table.Add(spec, info, number, alias, entry.Key, written);
                }
            }
        }
    }
}
