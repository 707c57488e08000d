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
    private readonly List<Entry> _values = [];
    private readonly Dictionary<string, List<Entry>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry> _byClrName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ulong, List<Entry>> _byNumber = [];
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
        _byName.TryGetValue(name, out List<Entry>? entries) ? entries.Find(e => spec.Closure.Contains(e.By))?.Value : null;

    public IEnumerable<string> Names(SpecScope spec) => _values.Where(v => spec.Closure.Contains(v.By)).Select(v => v.Value.Info.Name);

    /// <summary>The C# expression of a value.</summary>
    public string Literal(RegistryValueModel value) => Type.ValueNamed(value.Info.ClrName);

    /// <param name="at">Where a fault of the number is reported.</param>
    /// <param name="alias">True where a second name for a number is meant.</param>
    public RegistryValueModel? Add(SpecScope by, ElementInfo value, ulong number, bool alias, YamlScalar name, YamlNode at)
    {
        if (number > Numbers.LargestOf(width))
        {
            diagnostics.Report(WireRules.DoesNotFit, at, number, width, Numbers.LargestOf(width));
            return null;
        }

        if (_byClrName.TryGetValue(value.ClrName, out Entry? same))
        {
            if (same.Value.Value == number && same.Value.Info.Name == value.Name && same.By != by)
            {
                // Two specs that do not know each other may say the same.
                Enter(by, same.Value);
                return same.Value;
            }

            if (same.Value.Info.Name == value.Name)
            {
                diagnostics.Report(ShapeRules.DuplicateElement, name, value.Name, SpecPath.NameOf(same.By.Main.Path));
            }
            else
            {
                diagnostics.Report(ShapeRules.ClrNameClash, name, same.Value.Info.Name, value.Name, value.ClrName);
            }

            return null;
        }

        bool taken = _byNumber.TryGetValue(number, out List<Entry>? others);
        if (taken && !alias && others.Find(e => by.Closure.Contains(e.By)) is { } other)
        {
            diagnostics.Report(WireRules.DuplicateNumber, at, number, other.Value.Info.Name);
            return null;
        }

        if (ranges.FirstOrDefault(r => r.First <= number && number <= r.Last && Forbids(r, by)) is { } range)
        {
            diagnostics.Report(WireRules.RangeConflict, at, number, KindOf(range.Kind), RangeText(range));
            return null;
        }

        var added = new RegistryValueModel(value, number, taken);
        Enter(by, added);
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

    /// <summary>Another spec may take a number that was unassigned; the registry's own spec would contradict itself.</summary>
    private bool Forbids(RangeModel range, SpecScope by) =>
        range.Kind == RangeKind.Reserved || (range.Kind == RangeKind.Unassigned && by == declaration.Owner);

    private void Enter(SpecScope by, RegistryValueModel value)
    {
        var entry = new Entry(by, value);
        _values.Add(entry);
        _byClrName[value.Info.ClrName] = entry;
        Of(_byName, value.Info.Name).Add(entry);
        Of(_byNumber, value.Value).Add(entry);
    }

    private static List<Entry> Of<TKey>(Dictionary<TKey, List<Entry>> index, TKey key)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<Entry>? entries))
        {
            index[key] = entries = [];
        }

        return entries;
    }

    /// <summary>Each name once. The first name of a number that is seen is its name, though another spec may have had it first.</summary>
    private IEnumerable<RegistryValueModel> Visible(Func<SpecScope, bool> sees)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var numbers = new HashSet<ulong>();
        foreach (Entry entry in _values.Where(e => sees(e.By) && names.Add(e.Value.Info.Name)))
        {
            bool alias = !numbers.Add(entry.Value.Value);
            yield return entry.Value with { Alias = alias };
        }
    }

    private sealed record Entry(SpecScope By, RegistryValueModel Value);
}
