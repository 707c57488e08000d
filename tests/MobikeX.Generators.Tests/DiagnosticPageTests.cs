using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using MobikeX.Analyzers;
using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>Each diagnostic has a page, and the page's examples are its test: id, file, line, column and text.</summary>
public partial class DiagnosticPageTests
{
    /// <summary>What no YAML of a page can show, and the test that shows it.</summary>
    private static readonly Dictionary<string, string> WithoutExample = new()
    {
        ["MBX0002"] = nameof(SyntaxReaderTests.A_file_above_the_largest_is_not_read),
        ["MBX4009"] = nameof(CachingTests.A_C_sharp_below_8_is_one_diagnostic),
        ["MBX4010"] = nameof(SpecItemTests.Metadata_that_means_nothing_is_a_diagnostic),
        ["MBX4011"] = nameof(SpecItemTests.A_public_spec_does_not_import_an_internal_one),
        ["MBX4012"] = nameof(SpecItemTests.The_build_files_refuse_an_old_compiler_in_the_words_of_the_rule),
        ["MBX9001"] = nameof(DiagnosticInternalTests.An_exception_of_the_emitter_is_a_diagnostic),
    };

    private static readonly IReadOnlyList<DiagnosticDescriptor> Rules =
    [
        .. typeof(YamlRules).Assembly.GetTypes().Concat(typeof(UsageRules).Assembly.GetTypes())
            .SelectMany(t => t.GetFields())
            .Where(f => f.IsStatic && f.FieldType == typeof(DiagnosticDescriptor))
            .Select(f => (DiagnosticDescriptor)f.GetValue(null)!)
            .OrderBy(r => r.Id, StringComparer.Ordinal),
    ];

    /// <summary>Rules of specs; the pages of those of C# are run where the analyzers are.</summary>
    public static TheoryData<string> WithExample => [.. Rules.Where(r => r.Category != "MobikeX.Usage").Select(r => r.Id).Except(WithoutExample.Keys)];

    [Theory]
    [MemberData(nameof(WithExample))]
    public void The_wrong_example_gives_the_message_of_the_page(string id)
    {
        (string wrong, _) = Examples(id);

        string expected = Message().Match(wrong).Groups[1].Value.TrimEnd('\n');

        Assert.Equal([expected], SpecCompiler.Compile(Files(wrong)).Diagnostics.Select(d => d.ToString()));
        Assert.Contains($" {id}: ", expected, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WithExample))]
    public void The_right_example_gives_none(string id)
    {
        (_, string right) = Examples(id);

        SpecCompilation compilation = SpecCompiler.Compile(Files(right));

        Assert.Empty(compilation.Diagnostics);
        Assert.Contains(compilation.Specs, s => s.Name == "demo");
    }

    [Fact]
    public void Pages_rules_and_tracked_releases_are_the_same()
    {
        string[] pages = [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "docs"), "MBX*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];
        string[] tracked =
        [
            .. new[] { "MobikeX.Generators", "MobikeX.Analyzers" }
                .SelectMany(project => TrackedRule().Matches(SpecSources.ReadText("docs", project, "AnalyzerReleases.Unshipped.md") + SpecSources.ReadText("docs", project, "AnalyzerReleases.Shipped.md")))
                .Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value} {m.Groups[3].Value} {m.Groups[4].Value}")
                .Order(StringComparer.Ordinal),
        ];

        Assert.Equal(Rules.Select(r => r.Id), pages);
        Assert.Equal(Rules.Select(r => $"{r.Id} {r.Category} {r.DefaultSeverity} {r.Title}"), tracked);
        Assert.Equal(Rules.Count, Rules.Select(r => r.Id).Distinct().Count());
    }

    /// <summary>The rule is the source: a page repeats it in its first lines, and adds prose and examples.</summary>
    [Fact]
    public void A_page_begins_with_its_rule_and_the_rule_links_to_it() => Assert.All(Rules, rule =>
    {
        Assert.StartsWith(
            $"# {rule.Id}: {rule.Title}\n\n{rule.DefaultSeverity}, `{rule.Category}`: `{rule.MessageFormat}`\n\n",
            SpecSources.ReadText("docs", rule.Id + ".md"),
            StringComparison.Ordinal);
        Assert.Equal($"https://github.com/mobikex/toolkit/blob/main/generators/MobikeX.Generators/docs/{rule.Id}.md", rule.HelpLinkUri);
    });

    [Fact]
    public void The_index_is_the_table_of_the_rules() => Assert.EndsWith(
        "| --- | --- | --- |\n" + string.Concat(Rules.Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {rule.DefaultSeverity} | {rule.Title} |\n")),
        SpecSources.ReadText("docs", "README.md"),
        StringComparison.Ordinal);

    [Fact]
    public void A_rule_is_in_the_range_of_its_category() => Assert.All(Rules, rule => Assert.Equal(
        rule.Category,
        rule.Id[3] switch
        {
            '0' => "MobikeX.Yaml",
            '1' => "MobikeX.Shape",
            '2' => "MobikeX.Wire",
            '3' => "MobikeX.Machine",
            '4' => "MobikeX.Project",
            '5' => "MobikeX.Usage",
            _ => "MobikeX.Internal",
        }));

    private static (string Wrong, string Right) Examples(string id)
    {
        string page = SpecSources.ReadText("docs", id + ".md");
        int wrong = page.IndexOf("\n## Wrong\n", StringComparison.Ordinal);
        int right = page.IndexOf("\n## Right\n", StringComparison.Ordinal);
        Assert.True(wrong > 0 && right > wrong, "a page has the sections Wrong and Right");
        return (page[wrong..right], page[right..]);
    }

    /// <summary>Each YAML block is a file; the first line of a block may name it.</summary>
    private static List<SpecFile> Files(string section)
    {
        List<SpecFile> files = [SpecSources.Carrier];
        foreach (Match block in YamlBlock().Matches(section))
        {
            string text = block.Groups[1].Value;
            Match name = FileName().Match(text);
            files.Add(new SpecFile(name.Success ? name.Groups[1].Value : "demo.yaml", text));
        }

        return files;
    }

    [GeneratedRegex("^```yaml\\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex("^# (\\w+\\.yaml)\\n")]
    private static partial Regex FileName();

    [GeneratedRegex("^```text\\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Message();

    [GeneratedRegex("^(MBX\\d{4}) \\| (\\S+) \\| (\\S+) \\| (.*)$", RegexOptions.Multiline)]
    private static partial Regex TrackedRule();
}
