using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>YAML to nodes with places.</summary>
public class SyntaxReaderTests
{
    [Fact]
    public void Places_count_from_0_and_print_from_1()
    {
        YamlMapping root = Read("first: 1\nsecond:\n  third: three\n");

        YamlEntry third = ((YamlMapping)root.Find("second")!.Value).Find("third")!;

        Assert.Equal(new SpecSpan("a.yaml", 19, 5, 2, 2, 2, 7), third.Key.Span);
        Assert.Equal(new SpecSpan("a.yaml", 26, 5, 2, 9, 2, 14), third.Value.Span);
        Assert.Equal("a.yaml:3:10", third.Value.Span.ToString());
    }

    [Fact]
    public void Paths_are_the_keys_that_lead_there()
    {
        YamlMapping root = Read("parameters: { IP: { fields: [ { version: { bits: 2 } } ], errata: [E01, E03] } }");

        var ip = (YamlMapping)((YamlMapping)root.Find("parameters")!.Value).Find("IP")!.Value;
        var fields = (YamlSequence)ip.Find("fields")!.Value;
        var errata = (YamlSequence)ip.Find("errata")!.Value;

        Assert.Equal("parameters.IP.fields.version", ((YamlMapping)fields.Items[0]).Entries[0].Key.Path);
        Assert.Equal("parameters.IP.errata[1]", errata.Items[1].Path);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("~", true)]
    [InlineData("null", true)]
    [InlineData("NULL", false)]
    [InlineData("'null'", false)]
    [InlineData("\"\"", false)]
    public void Null_is_nothing_but_NULL_is_a_name(string text, bool isNull) =>
        Assert.Equal(isNull, ((YamlScalar)Read($"a: {text}\n").Find("a")!.Value).IsNull);

    [Fact]
    public void Line_ends_change_no_value()
    {
        const string text = "doc: >\n  one\n  two\n\n  three\nlist:\n  - a\n  - |\n    b\n    c\n";

        Assert.Equal(Values(Read(text)), Values(Read(text.Replace("\n", "\r\n", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_broken_file_keeps_what_was_read_before()
    {
        YamlDocument document = YamlReader.Read(new SpecFile("a.yaml", "first: { a: 1 }\nsecond: { b: [1, 2\nthird: 3\n"));

        Assert.True(document.Truncated);
        Assert.Single(document.Diagnostics);
        var root = (YamlMapping)document.Root!;
        Assert.False(root.Find("first")!.Value.Truncated);
        Assert.True(root.Find("second")!.Value.Truncated);
    }

    [Fact]
    public void A_file_above_the_largest_is_not_read()
    {
        YamlDocument document = YamlReader.Read(new SpecFile("a.yaml", new string('#', YamlReader.MaximumLength + 1)));

        Assert.Null(document.Root);
        Assert.Equal("a.yaml:1:1: error MBX0002: A spec file has at most 1048576 characters: split it and name the parts under \"includes\"", Assert.Single(document.Diagnostics).ToString());
    }

    private static YamlMapping Read(string text)
    {
        YamlDocument document = YamlReader.Read(new SpecFile("a.yaml", text));
        Assert.Empty(document.Diagnostics);
        return Assert.IsType<YamlMapping>(document.Root);
    }

    private static IEnumerable<string> Values(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar.Value],
        YamlSequence sequence => sequence.Items.SelectMany(Values),
        YamlMapping mapping => mapping.Entries.SelectMany(e => Values(e.Value).Prepend(e.Key.Value)),
        _ => throw new InvalidOperationException(),
    };
}
