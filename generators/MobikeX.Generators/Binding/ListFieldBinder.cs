using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Fields of a <c>list</c>: numbers, values of a registry, structs or unions, as many as a field says, or as there are.</summary>
internal sealed class ListFieldBinder(SpecScope spec, RegistryBinder registries, StructBinder structs, DiagnosticBag diagnostics)
{
    public FieldModel? Bind(ElementInfo info, KeyReader keys, FieldList before)
    {
        YamlNode node = keys.Take("list")!;
        if (node is YamlMapping mapping && (mapping.Find("struct") is not null || mapping.Find("union") is not null))
        {
            return BindStructs(info, keys, mapping, before);
        }

        YamlScalar? countName = keys.RequireScalar("count");
        YamlScalar? minimumNode = keys.Scalar("min");
        int minimum = keys.SmallNumber("min", OctetsFieldBinder.MaximumOctets) ?? 0;
        int? maximum = keys.SmallNumber("max", OctetsFieldBinder.MaximumOctets);
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

        int largest = Largest(count);
        if (minimum > Math.Min(maximum ?? largest, largest))
        {
            diagnostics.Report(WireRules.EmptyBounds, minimumNode ?? node, minimum, Math.Min(maximum ?? largest, largest));
            return null;
        }

        return new ListField(info, (int)bits, registry?.Type, registry?.Whole, count?.Info.ClrName, minimum, maximum);
    }

    /// <summary>The most that a field can count, and at most what a message has room for.</summary>
    private static int Largest(NumberField? count) =>
        count is null ? OctetsFieldBinder.MaximumOctets : (int)Math.Min(OctetsFieldBinder.MaximumOctets, Numbers.LargestOf(count.Bits));

    private StructListField? BindStructs(ElementInfo info, KeyReader keys, YamlMapping node, FieldList before)
    {
        KeyReader element = KeyReader.Of(node, node, diagnostics)!;
        bool isUnion = element.Has("union");
        YamlScalar? name = element.Scalar(isUnion ? "union" : "struct");
        element.Finish();
        YamlScalar? sizeName = keys.Scalar("size");
        YamlScalar? countName = sizeName is null ? keys.RequireScalar("count") : null;
        YamlScalar? minimumNode = keys.Scalar("min");
        int minimum = keys.SmallNumber("min", OctetsFieldBinder.MaximumOctets) ?? 0;
        int? maximum = keys.SmallNumber("max", OctetsFieldBinder.MaximumOctets);
        bool rest = countName?.Value == "rest";
        NumberField? size = sizeName is null ? null : before.Derive<NumberField>(sizeName, info.Name, "a number");
        NumberField? count = rest || countName is null ? null : before.Derive<NumberField>(countName, info.Name, "a number");
        if (name is null || structs.Resolve(spec, name, isUnion ? Section.Unions : Section.Structs) is not { } found || (size is null && count is null && !rest))
        {
            return null;
        }

        if (found.Model.MinimumLength == 0 || StructLayout.IsOpen(found.Model))
        {
            diagnostics.Report(WireRules.ListElement, name, name.Value, found.Model.MinimumLength == 0 ? "may have no octets" : "takes whatever stands behind it");
            return null;
        }

        int largest = size is null ? Largest(count) : Largest(size) / found.Model.MinimumLength;
        if (minimum > Math.Min(maximum ?? largest, largest))
        {
            diagnostics.Report(WireRules.EmptyBounds, minimumNode is null ? node : minimumNode, minimum, Math.Min(maximum ?? largest, largest));
            return null;
        }

        return new StructListField(info, found.Type, found.Model, count?.Info.ClrName, size?.Info.ClrName, minimum, maximum);
    }
}
