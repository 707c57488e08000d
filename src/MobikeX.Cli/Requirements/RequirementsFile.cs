using System.Globalization;
using MobikeX.Cli.Yaml;

namespace MobikeX.Cli.Requirements;

/// <summary>Reads <c>spec/requirements.yaml</c>, and holds it to its own rules: the ids count through, and each section has as many as it says.</summary>
internal sealed class RequirementsFile
{
    private static readonly string[] EntryKeys = ["id", "section", "level", "text", "binds", "scope", "why", "errata"];

    private readonly Faults _faults;
    private readonly Dictionary<string, (YamlValue At, int Expected, int Found)> _sections = [];
    private readonly List<Requirement> _requirements = [];

    private RequirementsFile(Faults faults) => _faults = faults;

    /// <exception cref="InputException">The file cannot be read, or breaks a rule; one line a fault.</exception>
    public static IReadOnlyList<Requirement> Load(string path) => Read(path, InputFile.ReadText(path));

    /// <exception cref="InputException">The text breaks a rule; one line a fault.</exception>
    public static IReadOnlyList<Requirement> Read(string path, string text)
    {
        var faults = new Faults(path);
        var file = new RequirementsFile(faults);
        if (YamlFile.Read(text, faults) is { } root)
        {
            file.ReadRoot(root);
        }

        return faults.Any ? throw new InputException([.. faults.InOrder().Select(fault => fault.ToString())]) : file._requirements;
    }

    private void ReadRoot(YamlValue root)
    {
        if (MappingReader.Open(root, "a requirements file", _faults, "sections", "requirements") is not { } reader)
        {
            return;
        }

        ReadSections(reader.Require("sections", "a requirements file"));
        if (reader.Require("requirements", "a requirements file") is not { } list)
        {
            return;
        }

        if (list is not YamlSequence entries)
        {
            _faults.Add(list, $"requirements is a list, found {list.Kind}");
            return;
        }

        foreach (YamlValue entry in entries.Items)
        {
            ReadEntry(entry);
        }

        foreach ((string section, (YamlValue at, int expected, int found)) in _sections.Where(section => section.Value.Expected != section.Value.Found))
        {
            _faults.Add(at, $"section {section} has {expected} requirements, {found} stand below");
        }
    }

    private void ReadSections(YamlValue? value)
    {
        if (value is not YamlMapping sections)
        {
            if (value is not null)
            {
                _faults.Add(value, $"sections is a mapping, found {value.Kind}");
            }

            return;
        }

        foreach (YamlEntry section in sections.Entries)
        {
            if (section.Value is YamlScalar scalar && int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int expected))
            {
                _sections.Add(section.Key.Text, (section.Key, expected, 0));
            }
            else
            {
                _faults.Add(section.Value, $"how many requirements section {section.Key.Text} has is a number, found {section.Value.Kind}");
            }
        }
    }

    private void ReadEntry(YamlValue value)
    {
        if (MappingReader.Open(value, "a requirement", _faults, EntryKeys) is not { } reader
            || Require(reader, "id") is not { } id
            || Require(reader, "section") is not { } section
            || Require(reader, "level") is not { } level
            || Require(reader, "text") is not { } text
            || Require(reader, "binds") is not { } binds
            || Require(reader, "scope") is not { } scope)
        {
            return;
        }

        CountId(id, section);
        RequirementLevel? chosenLevel = Choose(level, "level", RequirementWords.Levels);
        RequirementBinding? chosenBinding = Choose(binds, "binds", RequirementWords.Bindings);
        bool? inScope = Choose(scope, "scope", RequirementWords.Scopes);
        string? why = reader.Text("why");
        if (inScope == why is not null)
        {
            _faults.Add(reader.At, why is null ? $"{id.Text} is out of scope and needs 'why'" : $"{id.Text} is in scope and has a 'why'");
        }
        else if (chosenLevel is { } readLevel && chosenBinding is { } readBinding && inScope is not null)
        {
            _requirements.Add(new Requirement(id.Text, section.Text, readLevel, text.Text, readBinding, why, ReadErrata(reader.Take("errata")), id.Line));
        }
    }

    private void CountId(YamlScalar id, YamlScalar section)
    {
        if (!_sections.TryGetValue(section.Text, out (YamlValue At, int Expected, int Found) count))
        {
            _faults.Add(section, $"section {section.Text} is not listed under 'sections'");
            return;
        }

        _sections[section.Text] = count with { Found = count.Found + 1 };
        string expected = string.Create(CultureInfo.InvariantCulture, $"R-{section.Text}-{count.Found + 1:00}");
        if (id.Text != expected)
        {
            _faults.Add(id, $"the id of this place is {expected}, found '{id.Text}'");
        }
    }

    private string[] ReadErrata(YamlValue? value)
    {
        if (value is null)
        {
            return [];
        }

        if (value is YamlSequence { Items: var items } && items.All(item => item is YamlScalar))
        {
            return [.. items.Cast<YamlScalar>().Select(item => item.Text)];
        }

        _faults.Add(value, "errata is a list of ids");
        return [];
    }

    private T? Choose<T>(YamlScalar word, string what, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (words.TryGetValue(word.Text, out T value))
        {
            return value;
        }

        _faults.Add(word, $"{what} has no value '{word.Text}'{NearestName.Hint(word.Text, words.Keys)}");
        return null;
    }

    private YamlScalar? Require(MappingReader reader, string key)
    {
        if (reader.Require(key, "a requirement") is not { } value)
        {
            return null;
        }

        if (value is YamlScalar { IsNull: false } scalar)
        {
            return scalar;
        }

        _faults.Add(value, $"{key} is a single value, found {value.Kind}");
        return null;
    }
}
