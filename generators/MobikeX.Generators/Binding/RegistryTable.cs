using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>A registry while it is put together: its own values, and those that importing specs add.</summary>
internal sealed class RegistryTable(
    Declaration declaration,
    ElementInfo info,
    int width,
    UnnamedValues unnamed,
    EquatableArray<RangeModel> ranges,
    DiagnosticBag diagnostics)
{
    private readonly List<(SpecScope By, RegistryValueModel Value)> _values = [];
    private readonly Dictionary<SpecScope, RegistryModel> _views = [];
    private RegistryModel? _whole;

    public string Name => info.Name;

    public int Width => width;

    public TypeRef Type { get; } = new(declaration.Owner.Namespace, info.ClrName);

    /// <summary>With the values of every spec that adds some: what the enum has.</summary>
    public RegistryModel Whole => _whole ??= Build(_ => true);

    /// <summary>With the values that a spec and its imports add.</summary>
    public RegistryModel SeenBy(SpecScope spec)
    {
        if (!_views.TryGetValue(spec, out RegistryModel? view))
        {
            _views[spec] = view = Build(spec.Closure.Contains);
        }

        return view;
    }

    public RegistryValueModel? Find(SpecScope spec, string name) =>
        _values.FirstOrDefault(v => v.Value.Info.Name == name && spec.Closure.Contains(v.By)).Value;

    public IEnumerable<string> Names(SpecScope spec) => _values.Where(v => spec.Closure.Contains(v.By)).Select(v => v.Value.Info.Name);

    /// <summary>The C# expression of a value.</summary>
    public string Literal(RegistryValueModel value) => $"{info.ClrName}.{value.Info.ClrName}";

    /// <param name="at">Where a fault of the number is reported.</param>
    /// <param name="alias">True where a second name for a number is meant.</param>
    public RegistryValueModel? Add(SpecScope by, ElementInfo value, ulong number, bool alias, YamlScalar name, YamlNode at)
    {
        if (number > Numbers.LargestOf(width))
        {
            diagnostics.Report(WireRules.DoesNotFit, at, number, width, Numbers.LargestOf(width));
            return null;
        }

        foreach ((SpecScope owner, RegistryValueModel other) in _values)
        {
            bool sameName = string.Equals(other.Info.ClrName, value.ClrName, StringComparison.OrdinalIgnoreCase);
            if (sameName && other.Value == number && other.Info.Name == value.Name)
            {
                if (owner == by)
                {
                    diagnostics.Report(ShapeRules.DuplicateElement, name, value.Name, SpecFiles.NameOf(owner.Main.Path));
                }

                return other;
            }

            if (sameName)
            {
                diagnostics.Report(ShapeRules.ClrNameClash, name, other.Info.Name, value.Name, value.ClrName);
                return null;
            }

            if (other.Value == number && !alias && by.Closure.Contains(owner))
            {
                diagnostics.Report(WireRules.DuplicateNumber, at, number, other.Info.Name);
                return null;
            }
        }

        bool contradicted = by == declaration.Owner;
        foreach (RangeModel range in ranges.Where(r => r.First <= number && number <= r.Last))
        {
            // Another spec may take a number that was unassigned; it is the same spec that contradicts itself.
            if (range.Kind == RangeKind.Reserved || (range.Kind == RangeKind.Unassigned && contradicted))
            {
                diagnostics.Report(WireRules.RangeConflict, at, number, KindOf(range.Kind), RangeText(range));
                return null;
            }
        }

        var added = new RegistryValueModel(value, number, _values.Any(v => v.Value.Value == number));
        _values.Add((by, added));
        return added;
    }

    public static string KindOf(RangeKind kind) => kind switch
    {
        RangeKind.Reserved => "reserved",
        RangeKind.Unassigned => "unassigned",
        _ => "private use",
    };

    public static string RangeText(RangeModel range) => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}";

    private RegistryModel Build(Func<SpecScope, bool> sees) => new(
        info,
        width,
        Visible(sees).OrderBy(v => v.Value).ThenBy(v => v.Alias).ToEquatableArray(),
        ranges,
        unnamed);

    /// <summary>The first name of a number that is seen is its name, though another spec may have had it first.</summary>
    private IEnumerable<RegistryValueModel> Visible(Func<SpecScope, bool> sees)
    {
        var numbers = new HashSet<ulong>();
        foreach ((SpecScope by, RegistryValueModel value) in _values)
        {
            if (sees(by))
            {
                bool first = numbers.Add(value.Value);
                yield return value.Alias == first ? value with { Alias = !first } : value;
            }
        }
    }
}
