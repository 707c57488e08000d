using System.Text.Json;
using Json.Schema;
using MobikeX.Generators.Binding;
using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests.Schema;

/// <summary>The two that have to agree on what a spec file is: the schema that editors load, and the reader.</summary>
internal static class SpecSchema
{
    /// <summary>Faults of shape that a schema can say: keys, kinds of values, words, numbers, files that are no spec, kinds of fields.</summary>
    private static readonly HashSet<string> Sayable =
    [
        ShapeRules.UnknownKey.Id, ShapeRules.MissingKey.Id, ShapeRules.WrongShape.Id, ShapeRules.WrongWord.Id,
        ShapeRules.NotNumber.Id, ShapeRules.NoSpec.Id, ShapeRules.FieldKind.Id,
    ];

    private static readonly string Text = SpecSources.ReadText("spec", "schema", "mobikex.schema.json");

    private static readonly JsonSchema Schema = JsonSchema.FromText(Text);

    private static readonly YamlDocument Carrier = YamlReader.Read(SpecSources.Carrier);

    public static JsonElement Json { get; } = JsonDocument.Parse(Text).RootElement;

    /// <summary>Every property of every definition, as often as it stands there.</summary>
    public static IEnumerable<JsonProperty> Properties() => Nested(Json)
        .SelectMany(property => property.Name == "properties" ? property.Value.EnumerateObject() : Enumerable.Empty<JsonProperty>());

    public static IEnumerable<string> Descriptions() => Nested(Json)
        .Where(property => property.Name == "description" && property.Value.ValueKind == JsonValueKind.String)
        .Select(property => property.Value.GetString()!);

    public static bool Takes(YamlTree file)
    {
        using JsonDocument json = JsonDocument.Parse(file.ToJson()?.ToJsonString() ?? "null");
        return Schema.Evaluate(json.RootElement).IsValid;
    }

    /// <summary>The places of what the schema refuses, each as its keys with <c>/</c> before them.</summary>
    public static IReadOnlySet<string> Refused(YamlTree file)
    {
        using JsonDocument json = JsonDocument.Parse(file.ToJson()!.ToJsonString());
        EvaluationResults results = Schema.Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.Details!.Where(detail => detail.Errors is { Count: > 0 }).Select(detail => detail.InstanceLocation.ToString()).ToHashSet(StringComparer.Ordinal);
    }

    public static bool Takes(string yaml) => Takes(YamlTree.Parse(yaml));

    /// <summary>What the reader says of a file that stands beside the carrier of the diagnostics' pages.</summary>
    public static IReadOnlyList<SpecDiagnostic> Read(YamlTree file) => Read(file.ToYaml());

    public static IReadOnlyList<SpecDiagnostic> Read(string yaml) =>
        [.. SpecBinder.Bind([YamlReader.Read(new SpecFile("demo.yaml", yaml)), Carrier]).Diagnostics.Where(d => d.IsError)];

    public static bool IsSayable(SpecDiagnostic diagnostic) =>
        Sayable.Contains(diagnostic.Id) && !diagnostic.Message.Contains("the key 'parameter-registry' is missing", StringComparison.Ordinal);

    private static IEnumerable<JsonProperty> Nested(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Nested(property.Value).Prepend(property)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Nested),
        _ => [],
    };
}
