using System.Text.Json;
using System.Text.RegularExpressions;

namespace MobikeX.Generators.Tests.Schema;

/// <summary>The JSON schema of the language is sound, explains every key in the words of the reference, and takes every spec there is.</summary>
public partial class SchemaTests
{
    private const string Header = "spec: demo\ntitle: Demo\ndocument: RFC 9999\nnamespace: Demo\n";

    public static TheoryData<string> SpecFiles => [.. SpecSources.Repository.Select(file => file.Path)];

    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "docs"), "MBX*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static TheoryData<int> Examples => [.. Enumerable.Range(0, ReferenceExamples().Count)];

    [Theory]
    [MemberData(nameof(SpecFiles))]
    public void It_takes_every_spec_file(string path)
    {
        string text = SpecSources.Repository.Single(file => file.Path == path).Text;

        Assert.True(SpecSchema.Takes(text));
        string folders = string.Concat(Enumerable.Repeat("../", path.Count(c => c == '/')));
        Assert.StartsWith($"# yaml-language-server: $schema={folders}schema/mobikex.schema.json\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_takes_the_specs_of_the_tests()
    {
        Assert.True(SpecSchema.Takes(SpecSources.Carrier.Text));
        Assert.True(SpecSchema.Takes(SnapshotSpec.File.Text));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void It_takes_every_example_of_the_reference(int index) => Assert.True(SpecSchema.Takes(ReferenceExamples()[index]), ReferenceExamples()[index]);

    [Theory]
    [MemberData(nameof(Pages))]
    public void It_takes_what_the_reader_takes_on_the_pages_of_the_diagnostics(string page)
    {
        foreach (string text in YamlBlocks(SpecSources.ReadText("docs", page)).Where(text => SpecSchema.Read(text).Count == 0))
        {
            Assert.True(SpecSchema.Takes(text), text);
        }
    }

    [Theory]
    [InlineData("MBX1001")]
    [InlineData("MBX1002")]
    [InlineData("MBX1003")]
    [InlineData("MBX1004")]
    [InlineData("MBX1011")]
    [InlineData("MBX1012")]
    public void It_refuses_the_wrong_example_of_a_fault_of_shape(string id)
    {
        string page = SpecSources.ReadText("docs", id + ".md");
        string wrong = page[..page.IndexOf("\n## Right\n", StringComparison.Ordinal)];

        Assert.False(SpecSchema.Takes(Assert.Single(YamlBlocks(wrong))));
    }

    [Fact]
    public void Every_property_has_a_description()
    {
        JsonElement definitions = SpecSchema.Json.GetProperty("definitions");
        foreach (JsonProperty property in SpecSchema.Properties())
        {
            JsonElement described = !property.Value.TryGetProperty("description", out _) && property.Value.TryGetProperty("$ref", out JsonElement reference)
                ? definitions.GetProperty(reference.GetString()!["#/definitions/".Length..])
                : property.Value;

            Assert.True(described.TryGetProperty("description", out _), property.Name);
        }
    }

    [Fact]
    public void Every_description_stands_in_the_reference()
    {
        string reference = Words(SpecSources.ReadText("spec", "README.md"));

        Assert.All(SpecSchema.Descriptions(), description => Assert.Contains(Words(description), reference, StringComparison.Ordinal));
    }

    /// <summary>Each block of the reference as a file: fragments get what stands around them in a spec.</summary>
    private static List<string> ReferenceExamples() =>
    [
        .. YamlBlocks(SpecSources.ReadText("spec", "README.md"))
            .Where(block => !block.StartsWith("sections:", StringComparison.Ordinal) && !block.StartsWith("# yaml-language-server", StringComparison.Ordinal))
            .Select(block => block.StartsWith("- ", StringComparison.Ordinal)
                ? $"{Header}structs:\n  DEMO:\n    fields:\n{Regex.Replace(block, "^", "      ", RegexOptions.Multiline)}"
                : block.StartsWith("spec:", StringComparison.Ordinal) ? block : Header + block),
    ];

    private static IEnumerable<string> YamlBlocks(string markdown) => Block().Matches(markdown).Select(match => match.Groups[1].Value);

    /// <summary>Text without its markup and its line breaks.</summary>
    private static string Words(string markdown) => Space().Replace(Link().Replace(markdown, "$1").Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal), " ");

    [GeneratedRegex("^```yaml\\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
