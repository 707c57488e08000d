using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>The types of parameters: each begins with a constant of the <c>parameter-registry</c>, and no two have the same.</summary>
internal sealed class ParameterTypes(RegistryBinder registries, DiagnosticBag diagnostics)
{
    private readonly Dictionary<SpecScope, RegistryTable?> _registries = [];
    private readonly List<(Declaration Parameter, ConstantField Type, ByteOrder Order)> _known = [];

    /// <summary>Of the spec, or of its nearest import that has one.</summary>
    public RegistryTable? RegistryOf(SpecScope spec) => spec.Nearest("parameter-registry", _registries, ReadRegistry);

    /// <summary>False where a parameter is not told from the others by its first field, which is reported.</summary>
    public bool Check(Declaration parameter, StructModel model)
    {
        SpecScope spec = parameter.Owner;
        if (RegistryOf(spec) is not { } registry)
        {
            if (spec.TopLevel("parameter-registry") is null && !spec.Closure.Any(s => s.Incomplete))
            {
                diagnostics.Report(ShapeRules.MissingKey, spec.TopLevel("parameters")!.Key, "parameter-registry");
            }

            return false;
        }

        if (model.Fields.FirstOrDefault() is not ConstantField type || !type.Literal.StartsWith(registry.Type.FullName + ".", StringComparison.Ordinal))
        {
            diagnostics.Report(WireRules.ParameterType, parameter.NameNode, registry.Name, "");
            return false;
        }

        if (type.Bits is not (8 or 16 or 32))
        {
            diagnostics.Report(WireRules.BadWidth, parameter.NameNode, type.Bits, "the type of a parameter", "8, 16 or 32");
            return false;
        }

        foreach ((Declaration other, ConstantField otherType, ByteOrder order) in _known.Where(known => spec.Closure.Contains(known.Parameter.Owner)))
        {
            if (!AreReadAlike(otherType, order, type, model.ByteOrder))
            {
                diagnostics.Report(WireRules.ParameterType, parameter.NameNode, registry.Name, $", with as many bits and in the same order of octets as that of '{other.Name}'");
                return false;
            }

            if (string.Equals(other.ClrName, parameter.ClrName, StringComparison.OrdinalIgnoreCase))
            {
                diagnostics.Report(ShapeRules.ClrNameClash, parameter.NameNode, other.Name, parameter.Name, parameter.ClrName!);
                return false;
            }

            if (otherType.Value == type.Value)
            {
                diagnostics.Report(WireRules.DuplicateParameter, parameter.NameNode, type.Literal.Substring(registry.Type.FullName.Length - registry.Type.ClrName.Length), other.Name);
                return false;
            }
        }

        _known.Add((parameter, type, model.ByteOrder));
        return true;
    }

    /// <summary>What two parameters have in common that no two of one set may, as the end of a sentence; null for nothing.</summary>
    public static string? Shared(StructModel first, StructModel second)
    {
        var one = (ConstantField)first.Fields[0];
        var other = (ConstantField)second.Fields[0];
        return AreReadAlike(one, first.ByteOrder, other, second.ByteOrder)
            ? one.Value == other.Value ? $"are both the type {other.Value}" : ImportClashes.SharedName(first.Info.ClrName, second.Info.ClrName)
            : "have types of other widths or in another order of octets";
    }

    /// <summary>Whoever reads one parameter after another reads the type before it knows which it is.</summary>
    private static bool AreReadAlike(ConstantField one, ByteOrder order, ConstantField other, ByteOrder otherOrder) =>
        one.Bits == other.Bits && (order == otherOrder || one.Bits <= 8);

    private RegistryTable? ReadRegistry(SpecScope spec, YamlEntry entry) =>
        KeyReader.Expect<YamlScalar>(entry.Value, "the name of a registry", diagnostics) is { } name ? registries.Resolve(spec, name) : null;
}
