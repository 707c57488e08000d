using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MobikeX.Generators.Tests.Schema;

/// <summary>A YAML file as a tree that tests change: written out again it is YAML for the reader, and JSON as an editor sees it.</summary>
internal abstract record YamlTree
{
    public static YamlTree Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return From(stream.Documents[0].RootNode);
    }

    /// <summary>In flow style, so that it is on one line whatever stands in it.</summary>
    public abstract string ToYaml();

    /// <summary>By the core schema of YAML 1.2, which the YAML language server follows.</summary>
    public abstract JsonNode? ToJson();

    /// <summary>Every node of the tree with what puts another in its place.</summary>
    public IEnumerable<YamlPlace> Places() => Places(new YamlPlace("", this, changed => changed));

    protected abstract IEnumerable<YamlPlace> Children();

    private static IEnumerable<YamlPlace> Places(YamlPlace place) => place.Node.Children()
        .SelectMany(child => Places(new YamlPlace($"{place.Path}/{child.Path}", child.Node, changed => place.Replace(child.Replace(changed)))))
        .Prepend(place);

    private static YamlTree From(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new YamlMap([.. mapping.Children.Select(entry => new KeyValuePair<string, YamlTree>(((YamlScalarNode)entry.Key).Value!, From(entry.Value)))]),
        YamlSequenceNode sequence => new YamlList([.. sequence.Children.Select(From)]),
        YamlScalarNode scalar => new YamlText(scalar.Value!, scalar.Style is YamlDotNet.Core.ScalarStyle.Plain),
        _ => throw new InvalidDataException($"{node.NodeType} is not part of the spec language"),
    };
}

/// <summary>Where a node stands: the keys that lead there, and the whole tree with another node in its place.</summary>
internal sealed record YamlPlace(string Path, YamlTree Node, Func<YamlTree, YamlTree> Replace);

internal sealed record YamlMap(IReadOnlyList<KeyValuePair<string, YamlTree>> Entries) : YamlTree
{
    public YamlMap With(string key, YamlTree value) => new([.. Entries.Where(entry => entry.Key != key), new(key, value)]);

    public YamlMap Without(string key) => new([.. Entries.Where(entry => entry.Key != key)]);

    public override string ToYaml() => "{" + string.Join(", ", Entries.Select(entry => $"{YamlText.Quote(entry.Key)}: {entry.Value.ToYaml()}")) + "}";

    public override JsonNode ToJson() => new JsonObject(Entries.Select(entry => new KeyValuePair<string, JsonNode?>(entry.Key, entry.Value.ToJson())));

    protected override IEnumerable<YamlPlace> Children() => Entries.Select((entry, index) => new YamlPlace(
        entry.Key,
        entry.Value,
        changed => new YamlMap([.. Entries.Take(index), new(entry.Key, changed), .. Entries.Skip(index + 1)])));
}

internal sealed record YamlList(IReadOnlyList<YamlTree> Items) : YamlTree
{
    public override string ToYaml() => "[" + string.Join(", ", Items.Select(item => item.ToYaml())) + "]";

    public override JsonNode ToJson() => new JsonArray([.. Items.Select(item => item.ToJson())]);

    protected override IEnumerable<YamlPlace> Children() => Items.Select((item, index) => new YamlPlace(
        index.ToString(CultureInfo.InvariantCulture),
        item,
        changed => new YamlList([.. Items.Take(index), changed, .. Items.Skip(index + 1)])));
}

internal sealed partial record YamlText(string Value, bool Plain) : YamlTree
{
    /// <summary>A plain scalar stays plain where the core schema makes something else than a string of it; elsewhere quotes change nothing.</summary>
    public override string ToYaml() => !Plain || ToJson() is { } json && json.GetValueKind() == System.Text.Json.JsonValueKind.String ? Quote(Value) : Value.Length == 0 ? "null" : Value;

    public override JsonNode? ToJson()
    {
        if (!Plain)
        {
            return JsonValue.Create(Value);
        }

        return Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when Integer().IsMatch(Value) => JsonNode.Parse(Value.TrimStart('+').TrimStart('0') is "" ? "0" : Value.TrimStart('+').TrimStart('0')),
            _ when Hexadecimal().IsMatch(Value) => JsonNode.Parse(Convert.ToUInt64(Value, 16).ToString(CultureInfo.InvariantCulture)),
            _ when Octal().IsMatch(Value) => JsonNode.Parse(Convert.ToUInt64(Value[2..], 8).ToString(CultureInfo.InvariantCulture)),
            _ when Float().IsMatch(Value) => JsonValue.Create(double.Parse(Value, CultureInfo.InvariantCulture)),
            _ => JsonValue.Create(Value),
        };
    }

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c is '"' or '\\' ? $"\\{c}" : c < ' ' ? $"\\x{(int)c:x2}" : $"{c}");
        }

        return quoted.Append('"').ToString();
    }

    protected override IEnumerable<YamlPlace> Children() => [];

    [GeneratedRegex("^[-+]?[0-9]+$")]
    private static partial Regex Integer();

    [GeneratedRegex("^0x[0-9a-fA-F]{1,16}$")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex("^0o[0-7]{1,21}$")]
    private static partial Regex Octal();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?$")]
    private static partial Regex Float();
}
