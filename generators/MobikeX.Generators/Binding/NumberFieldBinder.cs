using System.Globalization;
using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Fields of <c>bits</c>: plain numbers, values of a registry, constants.</summary>
internal sealed class NumberFieldBinder(SpecScope spec, RegistryBinder registries, DiagnosticBag diagnostics)
{
    public FieldModel? Bind(ElementInfo info, KeyReader keys, YamlScalar name)
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
            keys.Know("const", "min", "max", "values", "unit", "measures");
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
        string? measures = keys.Has("measures") && keys.Word("measures", "", "struct", "rest") is { Length: > 0 } counted ? counted : null;
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
        if (Numbers.TryParse(constant.Value, out value))
        {
            literal = value.ToString(CultureInfo.InvariantCulture);
        }
        else if (registries.ResolveValue(spec, constant) is { } named)
        {
            value = named.Value.Value;
            literal = named.Table.Literal(named.Value);
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

        return new ConstantField(info, width, value, literal);
    }

    public bool CheckWidth(YamlNode at, ulong bits, string what)
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
