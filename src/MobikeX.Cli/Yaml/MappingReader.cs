namespace MobikeX.Cli.Yaml;

/// <summary>Takes the keys of a mapping one by one; what nobody knows is a fault, with the nearest key.</summary>
internal sealed class MappingReader
{
    private readonly YamlMapping _mapping;
    private readonly Faults _faults;

    private MappingReader(YamlMapping mapping, Faults faults)
    {
        _mapping = mapping;
        _faults = faults;
    }

    public YamlMapping At => _mapping;

    /// <summary>Null, with a fault, where the value is no mapping; keys beside the known ones are faults.</summary>
    public static MappingReader? Open(YamlValue value, string what, Faults faults, params ReadOnlySpan<string> known)
    {
        if (value is not YamlMapping mapping)
        {
            faults.Add(value, $"{what} is a mapping, found {value.Kind}");
            return null;
        }

        string[] names = known.ToArray();
        foreach (YamlEntry entry in mapping.Entries.Where(entry => !names.Contains(entry.Key.Text)))
        {
            faults.Add(entry.Key, $"{what} has no key '{entry.Key.Text}'{NearestName.Hint(entry.Key.Text, names)}");
        }

        return new MappingReader(mapping, faults);
    }

    public YamlValue? Take(string key) => _mapping.Find(key)?.Value;

    /// <summary>The value; null, with a fault at the mapping, where it is missing.</summary>
    public YamlValue? Require(string key, string what)
    {
        YamlValue? value = Take(key);
        if (value is null)
        {
            _faults.Add(_mapping, $"{what} needs '{key}'");
        }

        return value;
    }

    /// <summary>The text of a scalar; null where it is left out, and with a fault where it is no scalar.</summary>
    public string? Text(string key) => Take(key) is { } value ? ScalarText(value, key, _faults) : null;

    public static string? ScalarText(YamlValue value, string what, Faults faults)
    {
        if (value is YamlScalar { IsNull: false } scalar)
        {
            return scalar.Text;
        }

        faults.Add(value, $"{what} is a single value, found {value.Kind}");
        return null;
    }
}
