using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>One field of a struct. What kind it is, one key says: <c>bits</c>, <c>flag</c>, <c>struct</c>, <c>address</c>, <c>octets</c>, <c>list</c> or <c>to</c>.</summary>
internal sealed class FieldBinder(SpecScope spec, ElementReader elements, RegistryBinder registries, StructBinder structs, DiagnosticBag diagnostics)
{
    /// <summary>Above any message: a length of 16 bits is the longest that IKEv2 has.</summary>
    private const int MaximumOctets = 65535;

    /// <summary>Up to so many octets are a value; more are a view on the message.</summary>
    private const int InlineOctets = 16;

    private static readonly string[] Kinds = ["bits", "registry", "flag", "struct", "address", "octets", "list", "to"];

    /// <summary>Null where the field is at fault, which is reported.</summary>
    public FieldModel? Bind(YamlEntry entry, FieldList before)
    {
        if (entry.Value is YamlScalar { IsNull: false } bare && entry.Key.Value.StartsWith("reserved", StringComparison.Ordinal))
        {
            var anonymous = new ElementInfo(entry.Key.Value, ClrNames.From(entry.Key.Value)!, "", "", default);
            return KeyReader.ParseNumber(bare, diagnostics) is { } bits && CheckWidth(bare, bits, "a reserved field") ? new ReservedField(anonymous, (int)bits) : null;
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
            keys.Know("const", "min", "max", "values", "unit", "measures", "when", "count");
        }
        else
        {
            field = kinds[0] switch
            {
                "flag" => BindFlag(info, keys),
                "struct" => BindNested(info, keys, before),
                "address" => BindAddress(info, keys, before),
                "octets" => BindOctets(info, keys, before),
                "list" => BindList(info, keys, before),
                "to" => BindPadding(info, keys),
                _ => BindNumber(info, keys, entry.Key),
            };
        }

        keys.Finish();
        return field;
    }

    private static FlagField? BindFlag(ElementInfo info, KeyReader keys) =>
        keys.Word("flag", "", "true") == "true" ? new FlagField(info, false) : null;

    private FieldModel? BindNumber(ElementInfo info, KeyReader keys, YamlScalar name)
    {
        YamlScalar? bitsNode = keys.Scalar("bits");
        ulong? bits = bitsNode is null ? null : KeyReader.ParseNumber(bitsNode, diagnostics);
        if (keys.Scalar("registry") is { } registryName)
        {
            return registries.Resolve(spec, registryName) is { } registry && (bitsNode is null || bits is not null)
                ? BindRegistry(info, registry, bits, bitsNode ?? name)
                : null;
        }

        if (bitsNode is null || bits is null || !CheckWidth(bitsNode, bits.Value, "a number"))
        {
            return null;
        }

        int width = (int)bits;
        if (keys.Scalar("const") is { } constant)
        {
            return BindConstant(info, constant, width);
        }

        ulong largest = Numbers.LargestOf(width);
        YamlScalar? minimumNode = keys.Scalar("min");
        ulong minimum = Bounded(minimumNode, 0, width);
        ulong maximum = Bounded(keys.Scalar("max"), largest, width);
        List<ulong> allowed = [.. keys.Scalars("values").Select(s => Bounded(s, 0, width)).Distinct().OrderBy(v => v)];
        string? unit = keys.Scalar("unit")?.Value;
        string? measures = keys.Has("measures") && keys.Word("measures", "", "struct") == "struct" ? "struct" : null;
        if (minimum > maximum)
        {
            diagnostics.Report(WireRules.EmptyBounds, minimumNode ?? name, minimum, maximum);
            return null;
        }

        return new NumberField(info, measures is not null, width, minimum, maximum, allowed.ToEquatableArray(), unit, measures);
    }

    private RegistryField? BindRegistry(ElementInfo info, RegistryTable registry, ulong? bits, YamlNode at)
    {
        ulong width = bits ?? (ulong)registry.Width;
        if (width == 0 || width > (ulong)registry.Width)
        {
            diagnostics.Report(WireRules.BadWidth, at, width, $"a value of {registry.Name}", $"at most the {registry.Width} of the registry");
            return null;
        }

        if (registry.Whole.Values.FirstOrDefault(v => v.Value > Numbers.LargestOf((int)width)) is { } tooLarge)
        {
            diagnostics.Report(WireRules.DoesNotFit, at, $"{tooLarge.Info.Name} ({tooLarge.Value})", width, Numbers.LargestOf((int)width));
            return null;
        }

        return new RegistryField(info, false, (int)width, registry.Type, registry.Whole);
    }

    private ConstantField? BindConstant(ElementInfo info, YamlScalar constant, int width)
    {
        ulong value;
        string literal;
        string registryName = "";
        if (Numbers.TryParse(constant.Value, out value))
        {
            literal = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        else if (registries.ResolveValue(spec, constant) is { } named)
        {
            value = named.Value.Value;
            literal = named.Table.Literal(named.Value);
            registryName = named.Table.Name;
        }
        else
        {
            return null;
        }

        if (value > Numbers.LargestOf(width))
        {
            diagnostics.Report(WireRules.DoesNotFit, constant, value, width, Numbers.LargestOf(width));
            return null;
        }

        return new ConstantField(info, width, value, literal, registryName);
    }

    private NestedField? BindNested(ElementInfo info, KeyReader keys, FieldList before)
    {
        YamlScalar? presence = keys.Scalar("when");
        FlagField? flag = presence is null ? null : before.Derive<FlagField>(presence, info.Name, "a flag");
        if (keys.Scalar("struct") is not { } name || structs.Resolve(spec, name) is not { } nested || (presence is not null && flag is null))
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

    private AddressField? BindAddress(ElementInfo info, KeyReader keys, FieldList before)
    {
        YamlNode node = keys.Take("address")!;
        if (node is YamlScalar { IsNull: false })
        {
            FixedFamily family = keys.Word("address", "", "IPv4", "IPv6") switch
            {
                "IPv4" => FixedFamily.IPv4,
                "IPv6" => FixedFamily.IPv6,
                _ => FixedFamily.None,
            };
            return family == FixedFamily.None ? null : new AddressField(info, null, null, null, family, null);
        }

        if (KeyReader.Of(node, node, diagnostics) is not { } families)
        {
            return null;
        }

        AddressField? field = families.Has("by-length")
            ? BindAddressByLength(info, families)
            : BindAddressByField(info, families, before);
        families.Finish();
        return field;
    }

    private AddressField? BindAddressByLength(ElementInfo info, KeyReader families)
    {
        YamlNode node = families.Take("by-length")!;
        if (KeyReader.Of(node, node, diagnostics) is not { } lengths)
        {
            return null;
        }

        bool both = lengths.Require("IPv4") is not null & lengths.Require("IPv6") is not null;
        int? four = lengths.SmallNumber("IPv4", MaximumOctets);
        int? six = lengths.SmallNumber("IPv6", MaximumOctets);
        lengths.Finish();
        return both && four is not null && six is not null
            ? new AddressField(info, null, null, null, FixedFamily.None, new LengthPair(four.Value, six.Value))
            : null;
    }

    private AddressField? BindAddressByField(ElementInfo info, KeyReader families, FieldList before)
    {
        YamlScalar? by = families.RequireScalar("by");
        YamlScalar? four = families.Scalar("IPv4");
        YamlScalar? six = families.Scalar("IPv6");
        if (by is null)
        {
            return null;
        }

        if (four is null && six is null)
        {
            families.Require("IPv4");
            return null;
        }

        if (before.Derive<RegistryField>(by, info.Name, "a field with a registry", shared: true) is not { } family)
        {
            return null;
        }

        string? literalFour = FamilyLiteral(four, family);
        string? literalSix = FamilyLiteral(six, family);
        return (four is null) == (literalFour is null) && (six is null) == (literalSix is null)
            ? new AddressField(info, family.Info.ClrName, literalFour, literalSix, FixedFamily.None, null)
            : null;
    }

    private string? FamilyLiteral(YamlScalar? name, RegistryField family)
    {
        if (name is null)
        {
            return null;
        }

        if (family.Definition.Values.FirstOrDefault(v => v.Info.Name == name.Value) is { } value)
        {
            return $"{family.Registry.ClrName}.{value.Info.ClrName}";
        }

        IEnumerable<string> values = family.Definition.Values.Select(v => v.Info.Name);
        diagnostics.Report(WireRules.Unresolved, name, $"value of {family.Definition.Info.Name}", name.Value, Suggestion.For(name.Value, values));
        return null;
    }

    private OctetsField? BindOctets(ElementInfo info, KeyReader keys, FieldList before)
    {
        YamlNode node = keys.Take("octets")!;
        YamlScalar? minimumNode = keys.Scalar("min");
        int minimum = keys.SmallNumber("min", MaximumOctets) ?? 0;
        int? maximum = keys.SmallNumber("max", MaximumOctets);
        if (maximum < minimum)
        {
            diagnostics.Report(WireRules.EmptyBounds, minimumNode ?? node, minimum, maximum);
            return null;
        }

        if (node is YamlScalar { Value: "rest" })
        {
            return new OctetsField(info, null, minimum, maximum, default, Rest: true, Inline: maximum <= InlineOctets);
        }

        if (node is YamlScalar { IsNull: false } scalar)
        {
            if (!Numbers.TryParse(scalar.Value, out ulong length))
            {
                diagnostics.Report(ShapeRules.NotNumber, scalar, scalar.Value, "a number of octets, \"rest\" or a mapping with \"size\"");
                return null;
            }

            if (length is 0 or > MaximumOctets)
            {
                diagnostics.Report(WireRules.BadWidth, scalar, length * 8, "octets", $"8 to {MaximumOctets * 8}, as 1 to {MaximumOctets} octets");
                return null;
            }

            return new OctetsField(info, null, (int)length, (int)length, default, Rest: false, Inline: length <= InlineOctets);
        }

        return KeyReader.Of(node, node, diagnostics) is { } sized ? BindSizedOctets(info, sized, before, minimum, maximum) : null;
    }

    private OctetsField? BindSizedOctets(ElementInfo info, KeyReader keys, FieldList before, int minimum, int? maximum)
    {
        YamlScalar? sizeName = keys.RequireScalar("size");
        List<int> sizes = [];
        foreach (YamlScalar size in keys.Scalars("sizes"))
        {
            if (KeyReader.ParseNumber(size, diagnostics) is { } octets)
            {
                sizes.Add((int)Math.Min(octets, MaximumOctets));
            }
        }

        keys.Finish();
        if (sizeName is null || before.Derive<NumberField>(sizeName, info.Name, "a number") is not { } sizeField)
        {
            return null;
        }

        foreach (YamlScalar size in keys.Scalars("sizes").Where(s => Numbers.TryParse(s.Value, out ulong v) && v > Numbers.LargestOf(sizeField.Bits)))
        {
            diagnostics.Report(WireRules.DoesNotFit, size, size.Value, sizeField.Bits, Numbers.LargestOf(sizeField.Bits));
            return null;
        }

        sizes = [.. sizes.Distinct().OrderBy(s => s)];
        int largest = (int)Math.Min(MaximumOctets, Numbers.LargestOf(sizeField.Bits));
        int low = sizes.Count > 0 ? sizes[0] : minimum;
        int high = sizes.Count > 0 ? sizes[sizes.Count - 1] : Math.Min(maximum ?? largest, largest);
        return new OctetsField(info, sizeField.Info.ClrName, low, high, sizes.ToEquatableArray(), Rest: false, Inline: high <= InlineOctets);
    }

    private ListField? BindList(ElementInfo info, KeyReader keys, FieldList before)
    {
        YamlNode node = keys.Take("list")!;
        YamlScalar? countName = keys.RequireScalar("count");
        YamlScalar? minimumNode = keys.Scalar("min");
        int minimum = keys.SmallNumber("min", MaximumOctets) ?? 0;
        int? maximum = keys.SmallNumber("max", MaximumOctets);
        if (KeyReader.Of(node, node, diagnostics) is not { } element)
        {
            return null;
        }

        YamlScalar? registryName = element.Scalar("registry");
        RegistryTable? registry = registryName is null ? null : registries.Resolve(spec, registryName);
        YamlScalar? bitsNode = registryName is null ? element.RequireScalar("bits") : element.Scalar("bits");
        ulong? bits = bitsNode is null ? (ulong?)registry?.Width : KeyReader.ParseNumber(bitsNode, diagnostics);
        element.Finish();
        bool rest = countName?.Value == "rest";
        NumberField? count = rest || countName is null ? null : before.Derive<NumberField>(countName, info.Name, "a number");
        if (bits is null || (registryName is not null && registry is null) || (count is null && !rest))
        {
            return null;
        }

        if (bits is not (8 or 16 or 32) || (registry is not null && bits > (ulong)registry.Width))
        {
            diagnostics.Report(WireRules.BadWidth, bitsNode ?? node, bits, "an element of a list", registry is null ? "8, 16 or 32" : $"8, 16 or 32, and at most the {registry.Width} of the registry");
            return null;
        }

        int largest = count is null ? MaximumOctets : (int)Math.Min(MaximumOctets, Numbers.LargestOf(count.Bits));
        if (minimum > Math.Min(maximum ?? largest, largest))
        {
            diagnostics.Report(WireRules.EmptyBounds, minimumNode ?? node, minimum, Math.Min(maximum ?? largest, largest));
            return null;
        }

        return new ListField(info, (int)bits, registry?.Type, registry?.Whole, count?.Info.ClrName, minimum, maximum);
    }

    private PaddingField? BindPadding(ElementInfo info, KeyReader keys) =>
        keys.SmallNumber("to", 256) is > 0 and { } multiple ? new PaddingField(info, multiple) : Reject(keys);

    private PaddingField? Reject(KeyReader keys)
    {
        if (keys.Scalar("to") is { Value: "0" } zero)
        {
            diagnostics.Report(WireRules.BadWidth, zero, 0, "a multiple to pad to", "at least 1 octet");
        }

        return null;
    }

    private bool CheckWidth(YamlNode at, ulong bits, string what)
    {
        if (bits is > 0 and <= 64)
        {
            return true;
        }

        diagnostics.Report(WireRules.BadWidth, at, bits, what, "1 to 64");
        return false;
    }

    /// <summary>A bound of a number; <paramref name="otherwise"/> where none is given, or none that fits.</summary>
    private ulong Bounded(YamlScalar? scalar, ulong otherwise, int bits)
    {
        if (scalar is null || KeyReader.ParseNumber(scalar, diagnostics) is not { } value)
        {
            return otherwise;
        }

        if (value > Numbers.LargestOf(bits))
        {
            diagnostics.Report(WireRules.DoesNotFit, scalar, value, bits, Numbers.LargestOf(bits));
            return otherwise;
        }

        return value;
    }
}
