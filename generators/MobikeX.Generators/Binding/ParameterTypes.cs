using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>The types of parameters: each begins with a constant of the <c>parameter-registry</c>, and no two have the same.</summary>
internal sealed class ParameterTypes(RegistryBinder registries, DiagnosticBag diagnostics)
{
    private readonly Dictionary<SpecScope, RegistryTable?> _registries = [];
    private readonly List<(SpecScope Owner, ulong Type, string Name)> _taken = [];

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

        if (model.Fields.FirstOrDefault() is not ConstantField type || type.RegistryName != registry.Name)
        {
            diagnostics.Report(WireRules.ParameterType, parameter.NameNode, registry.Name);
            return false;
        }

        (_, _, string? other) = _taken.Find(t => t.Type == type.Value && spec.Closure.Contains(t.Owner));
        if (other is not null)
        {
            diagnostics.Report(WireRules.DuplicateParameter, parameter.NameNode, type.Literal, other);
            return false;
        }

        _taken.Add((spec, type.Value, parameter.Name));
        return true;
    }

    private RegistryTable? ReadRegistry(SpecScope spec, YamlEntry entry) =>
        KeyReader.Expect<YamlScalar>(entry.Value, "the name of a registry", diagnostics) is { } name ? registries.Resolve(spec, name) : null;
}
