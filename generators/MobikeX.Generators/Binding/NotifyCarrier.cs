using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>The registry of the types of notifies, and which of its numbers are errors (null where the spec does not say).</summary>
internal sealed record NotifyTypes(RegistryTable Registry, (ulong First, ulong Last)? Errors);

/// <summary>What carries a notify: the struct and the names of its fields.</summary>
internal sealed record NotifyCarrier(TypeRef Payload, string TypeField, string SpiField, string DataField, int SpiSizeOffset);

/// <summary>Reads <c>notify-payload</c>, of a spec or of the nearest import that has them.</summary>
/// <remarks>The registry is asked for before the struct is bound: notifies first add their codes to it.</remarks>
internal sealed class NotifyCarrierBinder(RegistryBinder registries, StructBinder structs, DiagnosticBag diagnostics)
{
    private readonly Dictionary<SpecScope, NotifyTypes?> _types = [];
    private readonly Dictionary<SpecScope, NotifyCarrier?> _carriers = [];

    /// <summary>True where a spec of the closure says what carries a notify, though perhaps wrongly.</summary>
    public static bool IsSaid(SpecScope spec) => spec.Closure.Any(s => s.TopLevel("notify-payload") is not null || s.Incomplete);

    public NotifyTypes? TypesFor(SpecScope spec) => spec.Nearest("notify-payload", _types, ReadTypes);

    public NotifyCarrier? CarrierFor(SpecScope spec) => spec.Nearest("notify-payload", _carriers, ReadCarrier);

    private NotifyTypes? ReadTypes(SpecScope spec, YamlEntry entry)
    {
        if (KeyReader.Of(entry.Value, entry.Key, diagnostics) is not { } keys
            || keys.RequireScalar("registry") is not { } name
            || registries.Resolve(spec, name) is not { } registry)
        {
            return null;
        }

        if (registry.Width > 16)
        {
            diagnostics.Report(WireRules.BadWidth, name, registry.Width, "a registry of notify types", "at most 16");
            return null;
        }

        if (keys.Scalar("errors") is not { } range)
        {
            return new NotifyTypes(registry, null);
        }

        if (Numbers.TryParseRange(range.Value, out ulong first, out ulong last))
        {
            return new NotifyTypes(registry, (first, last));
        }

        diagnostics.Report(ShapeRules.NotNumber, range, range.Value, "a number or a range FIRST-LAST");
        return new NotifyTypes(registry, null);
    }

    private NotifyCarrier? ReadCarrier(SpecScope spec, YamlEntry entry)
    {
        if (KeyReader.Of(entry.Value, entry.Key, diagnostics) is not { } keys)
        {
            return null;
        }

        YamlScalar? structName = keys.RequireScalar("struct");
        YamlScalar? type = keys.RequireScalar("type");
        YamlScalar? spi = keys.RequireScalar("spi");
        YamlScalar? data = keys.RequireScalar("data");
        keys.Know("registry", "errors");
        keys.Finish();
        if (structName is null || type is null || spi is null || data is null || structs.Resolve(spec, structName) is not { } payload)
        {
            return null;
        }

        if (TypesFor(spec) is not { } types)
        {
            return null;
        }

        string? typeField = Field<RegistryField>(payload.Model, type, $"field with the registry {types.Registry.Name}", field => !field.Derived && field.Registry == types.Registry.Type);
        string? spiField = Field<OctetsField>(payload.Model, spi, "field of octets", _ => true);
        string? dataField = Field<OctetsField>(payload.Model, data, "field of octets, of which there may be many,", field => !field.Inline);
        return typeField is null || spiField is null || dataField is null
            ? null
            : new NotifyCarrier(payload.Type, typeField, spiField, dataField, SpiSizeOffset(payload.Model, spiField));
    }

    private static int SpiSizeOffset(StructModel payload, string spiField)
    {
        string? size = payload.Fields.OfType<OctetsField>().First(field => field.Info.ClrName == spiField).SizeField;
        int bits = payload.Fields
            .TakeWhile(field => field.Info.ClrName != (size ?? spiField))
            .Sum(field => field.CountBits() ?? (field is OctetsField { SizeField: null, Rest: false } octets ? octets.Minimum * 8 : 0));
        return bits / 8;
    }

    private string? Field<T>(StructModel payload, YamlScalar name, string what, Func<T, bool> serves)
        where T : FieldModel
    {
        List<T> fields = [.. payload.Fields.OfType<T>().Where(serves)];
        if (fields.Find(f => f.Info.Name == name.Value) is { } field)
        {
            return field.Info.ClrName;
        }

        string near = Suggestion.For(name.Value, fields.Select(f => f.Info.Name));
        diagnostics.Report(WireRules.Unresolved, name, $"{what} of {payload.Info.Name}", name.Value, near);
        return null;
    }
}
