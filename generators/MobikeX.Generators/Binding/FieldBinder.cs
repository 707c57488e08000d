using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>One field of a struct. What kind it is, one key says: <c>bits</c>, <c>flag</c>, <c>struct</c>, <c>union</c>, <c>address</c>, <c>octets</c>, <c>list</c> or <c>to</c>.</summary>
internal sealed class FieldBinder(SpecScope spec, ElementReader elements, RegistryBinder registries, StructBinder structs, DiagnosticBag diagnostics)
{
    private static readonly string[] Kinds = ["bits", "registry", "flag", "struct", "union", "address", "octets", "list", "to"];

    private readonly NumberFieldBinder _numbers = new(spec, registries, diagnostics);
    private readonly AddressFieldBinder _addresses = new(diagnostics);
    private readonly OctetsFieldBinder _octets = new(diagnostics);
    private readonly ListFieldBinder _lists = new(spec, registries, structs, diagnostics);

    /// <summary>Null where the field is at fault, which is reported.</summary>
    public FieldModel? Bind(YamlEntry entry, FieldList before)
    {
        if (entry.Value is YamlScalar { IsNull: false } bare && entry.Key.Value.StartsWith("reserved", StringComparison.Ordinal))
        {
            var anonymous = new ElementInfo(entry.Key.Value, ClrNames.From(entry.Key.Value)!, "", "", default);
            return KeyReader.ParseNumber(bare, diagnostics) is { } bits && _numbers.CheckWidth(bare, bits, "a reserved field") ? new ReservedField(anonymous, (int)bits) : null;
        }

        if (KeyReader.Of(entry.Value, entry.Key, diagnostics) is not { } keys || ElementReader.ClrName(entry, diagnostics) is not { } clrName)
        {
            return null;
        }

        ElementInfo info = elements.Read(keys, entry.Key, clrName);
        List<string> kinds = [.. Kinds.Where(keys.Has)];
        kinds.RemoveAll(k => k == "registry" && kinds.Contains("bits"));
        FieldModel? field = null;
        if (kinds.Count != 1)
        {
            string given = kinds.Count == 0 ? "none" : string.Join(" and ", kinds);
            diagnostics.Report(ShapeRules.FieldKind, entry.Key, string.Join(", ", Kinds), given);
            keys.Know("const", "min", "max", "values", "unit", "measures", "when", "count", "multiple");
        }
        else
        {
            field = kinds[0] switch
            {
                "flag" => BindFlag(info, keys),
                "struct" or "union" => BindNested(info, keys, before, kinds[0]),
                "address" => _addresses.Bind(info, keys, before),
                "octets" => _octets.Bind(info, keys, before),
                "list" => _lists.Bind(info, keys, before),
                "to" => BindPadding(info, keys),
                _ => _numbers.Bind(info, keys, entry.Key),
            };
        }

        keys.Finish();
        return field;
    }

    private static FlagField? BindFlag(ElementInfo info, KeyReader keys) =>
        keys.Word("flag", "", "true") == "true" ? new FlagField(info, false) : null;

    private NestedField? BindNested(ElementInfo info, KeyReader keys, FieldList before, string kind)
    {
        YamlScalar? presence = kind == "union" ? null : keys.Scalar("when");
        FlagField? flag = presence is null ? null : before.Derive<FlagField>(presence, info.Name, "a flag");
        if (keys.Scalar(kind) is not { } name || structs.Resolve(spec, name, kind == "union" ? Section.Unions : Section.Structs) is not { } nested || (presence is not null && flag is null))
        {
            return null;
        }

        if (flag is not null && nested.Model.IsView)
        {
            diagnostics.Report(WireRules.OptionalView, name, name.Value);
            return null;
        }

        return new NestedField(info, nested.Type, nested.Model, flag?.Info.ClrName);
    }

    private PaddingField? BindPadding(ElementInfo info, KeyReader keys)
    {
        int? multiple = keys.SmallNumber("to", 256);
        if (multiple == 0)
        {
            diagnostics.Report(WireRules.BadWidth, keys.Scalar("to")!, 0, "a multiple to pad to", "at least 8, as 1 octet");
        }

        return multiple > 0 ? new PaddingField(info, multiple.Value) : null;
    }
}
