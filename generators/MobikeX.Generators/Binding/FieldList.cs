using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>The fields of a struct while they are bound, in wire order: a field refers only to fields before it, and so derives them.</summary>
internal sealed class FieldList(DiagnosticBag diagnostics)
{
    private readonly List<FieldModel> _fields = [];
    private readonly List<YamlScalar> _names = [];
    private readonly Dictionary<string, string> _derivedFrom = new(StringComparer.Ordinal);
    private readonly HashSet<string> _faulty = new(StringComparer.Ordinal);

    public IReadOnlyList<FieldModel> Fields => _fields;

    public IReadOnlyList<YamlScalar> Names => _names;

    /// <summary>True where some field could not be bound: the struct as a whole cannot.</summary>
    public bool AnyFaulty => _faulty.Count > 0;

    public void Add(FieldModel field, YamlScalar name)
    {
        _fields.Add(field);
        _names.Add(name);
    }

    public void AddFaulty(string name) => _faulty.Add(name);

    /// <summary>Finds the field that serves another, and marks it as derived from that. Null where it cannot serve, which is reported.</summary>
    /// <param name="what">What a field must be to serve: <c>a number</c>.</param>
    /// <param name="shared">True where one field may serve several.</param>
    public T? Derive<T>(YamlScalar reference, string servedName, string what, bool shared = false)
        where T : FieldModel
    {
        int index = _fields.FindIndex(f => f.Info.Name == reference.Value);
        if (index < 0 || _fields[index] is not T field || field is NumberField { Measures: not null })
        {
            if (!_faulty.Contains(reference.Value))
            {
                IEnumerable<string> candidates = _fields.OfType<T>().Select(f => f.Info.Name);
                diagnostics.Report(WireRules.FieldReference, reference, reference.Value, what, Suggestion.For(reference.Value, candidates));
            }

            return null;
        }

        if (_derivedFrom.TryGetValue(field.Info.Name, out string? other) && !shared)
        {
            diagnostics.Report(WireRules.DerivedTwice, reference, reference.Value, other);
            return null;
        }

        _derivedFrom[field.Info.Name] = servedName;
        _fields[index] = field with { Derived = true };
        return field;
    }
}
