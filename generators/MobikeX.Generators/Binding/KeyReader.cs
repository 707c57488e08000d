using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Takes keys out of a mapping, each of the kind that the language wants, and reports what is missing, of another kind, or left over.</summary>
internal sealed class KeyReader
{
    private readonly YamlMapping _mapping;
    private readonly YamlNode _at;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private KeyReader(YamlMapping mapping, YamlNode at, DiagnosticBag diagnostics)
    {
        _mapping = mapping;
        _at = at;
        Diagnostics = diagnostics;
    }

    public DiagnosticBag Diagnostics { get; }

    /// <param name="at">The name of the element: where a missing key is reported.</param>
    public static KeyReader? Of(YamlNode node, YamlNode at, DiagnosticBag diagnostics) =>
        Expect<YamlMapping>(node, "a mapping", diagnostics) is { } mapping ? new KeyReader(mapping, at, diagnostics) : null;

    public static T? Expect<T>(YamlNode node, string expected, DiagnosticBag diagnostics)
        where T : YamlNode
    {
        if (node is T right && !(right is YamlScalar { IsNull: true } && typeof(T) == typeof(YamlScalar)))
        {
            return right;
        }

        if (!node.Truncated)
        {
            diagnostics.Report(ShapeRules.WrongShape, node, expected, node.Kind);
        }

        return null;
    }

    public bool Has(string key)
    {
        _asked.Add(key);
        return _mapping.Find(key) is not null;
    }

    /// <summary>Names further keys that mean something here, for what is left over.</summary>
    public void Know(params string[] keys) => _asked.UnionWith(keys);

    public YamlNode? Take(string key)
    {
        _asked.Add(key);
        return _mapping.Find(key)?.Value;
    }

    public YamlNode? Require(string key)
    {
        YamlNode? value = Take(key);
        if (value is null && !_mapping.Truncated)
        {
            Diagnostics.Report(ShapeRules.MissingKey, _at, key);
        }

        return value;
    }

    public YamlScalar? Scalar(string key) => Take(key) is { } node ? Expect<YamlScalar>(node, "a single value", Diagnostics) : null;

    public YamlScalar? RequireScalar(string key) => Require(key) is { } node ? Expect<YamlScalar>(node, "a single value", Diagnostics) : null;

    public YamlMapping? Mapping(string key) => Take(key) is { } node ? Expect<YamlMapping>(node, "a mapping", Diagnostics) : null;

    /// <summary>The items of a list; a value that is no list stands for a list of it alone.</summary>
    public IReadOnlyList<YamlNode> Items(string key) => Take(key) switch
    {
        null => [],
        YamlSequence sequence => sequence.Items,
        YamlScalar { IsNull: true } => [],
        YamlNode single => [single],
    };

    public IEnumerable<YamlScalar> Scalars(string key) =>
        Items(key).Select(i => Expect<YamlScalar>(i, "a single value", Diagnostics)).OfType<YamlScalar>();

    public ulong? Number(string key) => Scalar(key) is { } scalar ? ParseNumber(scalar, Diagnostics) : null;

    /// <summary>A number with a bound far above what it counts; what is above the bound is reported.</summary>
    public int? SmallNumber(string key, int maximum)
    {
        if (Scalar(key) is not { } scalar || ParseNumber(scalar, Diagnostics) is not { } value)
        {
            return null;
        }

        if (value > (ulong)maximum)
        {
            Diagnostics.Report(ShapeRules.NotNumber, scalar, scalar.Value, $"a number up to {maximum}");
            return null;
        }

        return (int)value;
    }

    public bool Boolean(string key, bool otherwise = false) => Word(key, otherwise ? "true" : "false", "true", "false") == "true";

    /// <summary>One of some words; <paramref name="otherwise"/> where the key is absent or the word wrong.</summary>
    public string Word(string key, string otherwise, params string[] words)
    {
        if (Scalar(key) is not { } scalar)
        {
            return otherwise;
        }

        if (words.Contains(scalar.Value))
        {
            return scalar.Value;
        }

        Diagnostics.Report(ShapeRules.WrongWord, scalar, scalar.Value, string.Join(", ", words), Suggestion.For(scalar.Value, words));
        return otherwise;
    }

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Finish()
    {
        foreach (YamlEntry entry in _mapping.Entries)
        {
            if (!_asked.Contains(entry.Key.Value))
            {
                Diagnostics.Report(ShapeRules.UnknownKey, entry.Key, entry.Key.Value, Suggestion.For(entry.Key.Value, _asked));
            }
        }
    }

    public static ulong? ParseNumber(YamlScalar scalar, DiagnosticBag diagnostics)
    {
        if (Numbers.TryParse(scalar.Value, out ulong value))
        {
            return value;
        }

        diagnostics.Report(ShapeRules.NotNumber, scalar, scalar.Value, "an unsigned number");
        return null;
    }
}
