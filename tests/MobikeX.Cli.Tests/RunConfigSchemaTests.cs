using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using MobikeX.Cli.Commands;
using MobikeX.Cli.Run.Configuration;
using MobikeX.Cli.Yaml;

namespace MobikeX.Cli.Tests;

/// <summary>The schema of configuration files and their reader say the same of keys, kinds of values, words and numbers.</summary>
public sealed class RunConfigSchemaTests
{
    /// <summary>Has every key, but those of certificates.</summary>
    internal const string Full = """
        control-socket: none
        log: json
        log-level: debug
        keepalive: 10s
        fragment-size: 1400
        retransmission: { after: 500ms, factor: 1.5, tries: 4 }
        limits: { cookie-threshold: 8, half-open: 64, half-open-per-source: 4, per-identity: 3 }
        connections:
          road:
            start: true
            psk: a secret
            local: { addresses: [192.0.2.1, "2001:db8::1"], id: mn@example.org }
            remote: { addresses: [203.0.113.1], accepted-from: 203.0.113.0/24, port: 4500, id: gw.example.org }
            proposals: [aes256gcm16-prfsha384-ecp384]
            children:
              net:
                mode: transport
                local: dynamic[tcp/80]
                remote: [10.1.0.0/16, 10.2.0.1-10.2.0.9]
                proposals: [aes128gcm16-x25519-esn]
                rekey-time: 2s
                life-time: 1d
                rekey-bytes: 3
                life-bytes: 4000000000000
                rekey-packets: 2
                life-packets: 100000
                request-id: 7
            request-address: ipv4
            pools: [10.0.0.0/24]
            mobike:
              versions: [1]
              return-routability: after-moving
              prohibit-nats: true
              follow: false
              offer-addresses: false
              accepted-addresses: [198.51.100.0/24]
              responder-patience: 10m
            liveness: 0s
            rekey-time: 2s
            life-time: 1d
            fragmentation: false
            force-encapsulation: true
            unique: replace
        """;

    private static readonly JsonSchema Schema = JsonSchema.FromText(ConfigCommand.Schema());

    /// <summary>A value of each kind. Texts that say nothing are not among them: what an address or an algorithm is, the reader alone knows.</summary>
    private static readonly JsonNode?[] Values = [null, true, -1, 0, 3, 70_000, 2.5, new JsonArray(), new JsonArray(new JsonArray()), new JsonObject(), new JsonObject { ["x"] = 1 }];

    [Fact]
    public void The_file_with_every_key_is_right()
    {
        Assert.True(Takes(Full));
        Assert.True(Reads(Full));
        Assert.Equal(Keys(Json(Full)).Concat(["certificate", "key", "authorities", "crls", "psk-file", "net", "road"]).ToHashSet(), SchemaKeys().Concat(["net", "road"]).ToHashSet());
    }

    [Fact]
    public void A_value_of_another_kind_is_right_for_both_or_for_neither() => Assert.All(
        Places(Json(Full)!.AsObject()),
        path => Assert.All(Values, value => AssertAgreed(Changed(path, (parent, key) => parent[key] = value?.DeepClone()), path)));

    [Fact]
    public void A_key_that_is_missing_is_missed_by_both_or_by_neither() =>
        Assert.All(Places(Json(Full)!.AsObject()), path => AssertAgreed(Changed(path, (parent, key) => parent.Remove(key)), path));

    [Fact]
    public void A_key_that_is_not_known_is_refused_by_both() => Assert.All(
        Places(Json(Full)!.AsObject()),
        path =>
        {
            string text = Changed(path, (parent, _) => parent["unknown"] = 1).ToJsonString();
            Assert.False(Takes(text));
            Assert.False(Reads(text));
        });

    [Fact]
    public void Each_key_is_described() => Assert.Empty(Undescribed(JsonNode.Parse(ConfigCommand.Schema())));

    internal static bool Takes(string yaml)
    {
        using JsonDocument document = JsonDocument.Parse(Json(yaml)?.ToJsonString() ?? "null");
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    private static bool Reads(string yaml)
    {
        using DaemonConfig? config = ConfigReader.Read("mobikex.yaml", yaml, out _);
        return config is not null;
    }

    private static void AssertAgreed(JsonNode changed, string[] path)
    {
        string text = changed.ToJsonString();
        Assert.True(Takes(text) == Reads(text), $"{string.Join('/', path)}: {text}");
    }

    /// <summary>The way to each key of each mapping.</summary>
    private static IEnumerable<string[]> Places(JsonObject mapping) => mapping.SelectMany(entry =>
        (entry.Value is JsonObject inner ? Places(inner).Select(path => (string[])[entry.Key, .. path]) : []).Prepend([entry.Key]));

    private static JsonNode Changed(string[] path, Action<JsonObject, string> change)
    {
        JsonNode root = Json(Full)!;
        change(path[..^1].Aggregate(root.AsObject(), (mapping, key) => mapping[key]!.AsObject()), path[^1]);
        return root;
    }

    private static IEnumerable<string> Keys(JsonNode? node) => node is JsonObject mapping ? mapping.SelectMany(entry => Keys(entry.Value).Prepend(entry.Key)) : [];

    private static IEnumerable<string> SchemaKeys() => Properties(JsonNode.Parse(ConfigCommand.Schema()));

    private static IEnumerable<string> Properties(JsonNode? node) => node switch
    {
        JsonObject mapping => mapping.SelectMany(entry => Properties(entry.Value).Concat(entry is { Key: "properties", Value: JsonObject keys } ? keys.Select(each => each.Key) : [])),
        JsonArray list => list.SelectMany(Properties),
        _ => [],
    };

    /// <summary>What is asked only whether it is there is described elsewhere.</summary>
    private static IEnumerable<string> Undescribed(JsonNode? node) => node switch
    {
        JsonObject mapping => mapping.Where(static entry => entry.Key is not ("anyOf" or "allOf" or "oneOf" or "not" or "if" or "then" or "else")).SelectMany(entry => Undescribed(entry.Value)
            .Concat(entry is { Key: "properties", Value: JsonObject keys } ? keys.Where(static each => (each.Value!["description"] ?? Definition(each.Value)?["description"]) is null).Select(static each => each.Key) : [])),
        _ => [],
    };

    private static JsonNode? Definition(JsonNode key) =>
        (string?)key["$ref"] is { } name ? JsonNode.Parse(ConfigCommand.Schema())!["definitions"]![name[(name.LastIndexOf('/') + 1)..]] : null;

    /// <summary>What an editor makes of a YAML file.</summary>
    private static JsonNode? Json(string yaml)
    {
        var faults = new Faults("mobikex.yaml");
        YamlValue? root = YamlFile.Read(yaml, faults);
        Assert.False(faults.Any);
        return Json(root!);
    }

    private static JsonNode? Json(YamlValue value) => value switch
    {
        YamlMapping mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Json(entry.Value)))),
        YamlSequence list => new JsonArray([.. list.Items.Select(Json)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar { Quoted: true } quoted => JsonValue.Create(quoted.Text),
        YamlScalar { Text: "true" or "false" } flag => JsonValue.Create(flag.Text == "true"),
        YamlScalar scalar => long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? JsonValue.Create(whole)
            : double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? JsonValue.Create(number)
            : JsonValue.Create(scalar.Text),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
