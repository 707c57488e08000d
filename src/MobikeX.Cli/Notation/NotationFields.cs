using System.Globalization;
using MobikeX.Cli.Yaml;
using MobikeX.Runtime;

namespace MobikeX.Cli.Notation;

/// <summary>The fields of one parameter, notify or nested struct, as a YAML mapping gives them.</summary>
internal sealed class NotationFields : INotationReader
{
    private readonly YamlValue _at;
    private readonly string _name;
    private readonly YamlMapping _mapping;
    private readonly Faults _faults;
    private readonly bool _nested;
    private bool _failed;

    /// <param name="at">Where a missing field is reported.</param>
    /// <param name="name">The parameter, notify or struct, for messages.</param>
    /// <param name="nested">True for a struct inside a parameter: a file gives the numbers of it that matter, and the rest are 0.</param>
    internal NotationFields(YamlValue at, string name, YamlMapping mapping, Faults faults, bool nested = false)
    {
        _nested = nested;
        _at = at;
        _name = name;
        _mapping = mapping;
        _faults = faults;
    }

    public bool TryFlag(string field, out bool value)
    {
        value = false;
        switch (_mapping.Find(field)?.Value)
        {
            case null or YamlScalar { Quoted: false, Text: "false" or "0" }:
                return true;
            case YamlScalar { Quoted: false, Text: "true" or "1" }:
                value = true;
                return true;
            case { } other:
                return Refuse(other, field, "true or false");
        }
    }

    public bool TryNumber(string field, ulong minimum, ulong maximum, bool required, out ulong value)
    {
        value = 0;
        return TryFind(field, required && !_nested, out YamlValue? given)
            && (given is null
                || (IsNumber(given, out value) && value >= minimum && value <= maximum)
                || Refuse(given, field, $"a number from {minimum} to {maximum}"));
    }

    public bool TryRegistry(string field, string[] names, ulong[] values, ulong maximum, bool required, out ulong value)
    {
        value = 0;
        return TryFind(field, required && !_nested, out YamlValue? given)
            && (given is null || TryNamed(given, field, names, values, maximum, out value));
    }

    public bool TryAddress(string field, out IpAddress value)
    {
        value = default;
        return TryFind(field, required: true, out YamlValue? given)
            && ((given is YamlScalar scalar && IpAddress.TryParse(scalar.Text, out value))
                || Refuse(given!, field, "an IPv4 or IPv6 address"));
    }

    public bool TryOctets(string field, bool required, out byte[] value)
    {
        value = [];
        return TryFind(field, required, out YamlValue? given)
            && (given is null
                || (given is YamlScalar scalar && HexText.TryRead(scalar.Text, out value, out _))
                || Refuse(given, field, HexText.Expected));
    }

    public bool TryList(string field, string[] names, ulong[] values, ulong maximum, bool required, out ulong[] value)
    {
        value = [];
        if (!TryFind(field, required, out YamlValue? given))
        {
            return false;
        }

        if (given is null)
        {
            return true;
        }

        if (given is not YamlSequence list)
        {
            return Refuse(given, field, names.Length == 0 ? "a list of numbers" : "a list of names or numbers");
        }

        value = new ulong[list.Items.Count];
        bool fine = true;
        for (int i = 0; i < value.Length; i++)
        {
            fine &= TryNamed(list.Items[i], field, names, values, maximum, out value[i]);
        }

        return fine;
    }

    public bool TryNested(string field, bool required, out INotationReader? value)
    {
        value = null;
        if (!TryFind(field, required, out YamlValue? given))
        {
            return false;
        }

        if (given is null)
        {
            return true;
        }

        if (given is not YamlMapping mapping)
        {
            return Refuse(given, field, "a mapping of field names to values");
        }

        value = new NotationFields(given, $"{_name}.{field}", mapping, _faults, nested: true);
        return true;
    }

    public bool TryNestedList(string field, bool required, out INotationReader[] value)
    {
        value = [];
        if (!TryFind(field, required, out YamlValue? given))
        {
            return false;
        }

        if (given is null)
        {
            return true;
        }

        if (given is not YamlSequence list || list.Items.FirstOrDefault(item => item is not YamlMapping) is not null)
        {
            return Refuse(given, field, "a list of mappings of field names to values");
        }

        value = [.. list.Items.Select(item => new NotationFields(item, $"{_name}.{field}", (YamlMapping)item, _faults, nested: true))];
        return true;
    }

    public void Reject(in WireFailure failure)
    {
        YamlValue at = _mapping.Find(failure.Field)?.Value ?? _at;
        Record(at, $"{(failure.Path.Length == 0 ? _name : failure.Path)}: {failure.Reason}");
    }

    public bool Finish(string[] fields)
    {
        foreach (YamlEntry entry in _mapping.Entries)
        {
            if (!fields.Contains(entry.Key.Text))
            {
                Record(entry.Key, $"{_name} has no field '{entry.Key.Text}'{NearestName.Hint(entry.Key.Text, fields)}");
            }
        }

        return !_failed;
    }

    /// <summary>False where the field is missing though required; <paramref name="given"/> is null where it is left out.</summary>
    private bool TryFind(string field, bool required, out YamlValue? given)
    {
        given = _mapping.Find(field)?.Value;
        return given is not null || !required || Record(_at, $"{_name} lacks the field '{field}'");
    }

    private bool TryNamed(YamlValue given, string field, string[] names, ulong[] values, ulong maximum, out ulong value)
    {
        value = 0;
        string hint = string.Empty;
        if (given is YamlScalar { Text: var text })
        {
            int known = Array.IndexOf(names, text);
            if (known >= 0)
            {
                value = values[known];
                return true;
            }

            hint = NearestName.Hint(text, names);
        }

        return (IsNumber(given, out value) && value <= maximum)
            || Refuse(given, field, $"{(names.Length == 0 ? "a" : "a name or a")} number up to {maximum}", hint);
    }

    private bool Refuse(YamlValue at, string field, string expected, string hint = "") =>
        Record(at, $"{_name}.{field} is {expected}, found {at.Kind}{hint}");

    private bool Record(YamlValue at, string text)
    {
        _failed = true;
        _faults.Add(at, text);
        return false;
    }

    private static bool IsNumber(YamlValue given, out ulong value)
    {
        value = 0;
        return given is YamlScalar { Quoted: false } scalar
            && (scalar.Text.StartsWith("0x", StringComparison.Ordinal)
                ? ulong.TryParse(scalar.Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
                : ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out value));
    }
}
