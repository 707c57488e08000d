using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>What the pipeline does anew, and what it does not, after an edit.</summary>
public class CachingTests
{
    private const IncrementalStepRunReason Cached = IncrementalStepRunReason.Cached;
    private const IncrementalStepRunReason Unchanged = IncrementalStepRunReason.Unchanged;
    private const IncrementalStepRunReason Modified = IncrementalStepRunReason.Modified;

    /// <summary>By edit and step, the reasons that outputs of the step may have. A step that is not named here is <see cref="Cached"/>.</summary>
    private static readonly Dictionary<string, Dictionary<string, IncrementalStepRunReason[]>> ExpectedReasons = new()
    {
        ["nothing"] = [],
        ["C#"] = [],
        ["comment"] = new()
        {
            [GeneratorStepNames.Files] = [Cached, Modified],
            [GeneratorStepNames.Parse] = [Cached, Modified],
            [GeneratorStepNames.Bind] = [Unchanged],
        },
        ["comment above a fault"] = new()
        {
            [GeneratorStepNames.Files] = [Cached, Modified],
            [GeneratorStepNames.Parse] = [Cached, Modified],
            [GeneratorStepNames.Bind] = [Modified],
            [GeneratorStepNames.Diagnostics] = [Modified],
            [GeneratorStepNames.Models] = [Unchanged],
        },
        ["doc of a notify"] = new()
        {
            [GeneratorStepNames.Files] = [Cached, Modified],
            [GeneratorStepNames.Parse] = [Cached, Modified],
            [GeneratorStepNames.Bind] = [Modified],
            [GeneratorStepNames.Models] = [Modified],
            [GeneratorStepNames.Plan] = [Unchanged, Modified],
            [GeneratorStepNames.Render] = [Cached, Unchanged, Modified],
            [GeneratorStepNames.Language] = [Unchanged],
        },
    };

    [Fact]
    public void Nothing_is_done_anew_when_nothing_changed() => AssertReasons("nothing", SpecSources.Repository, SpecSources.Repository);

    [Fact]
    public void A_C_sharp_edit_leaves_every_step_cached() => AssertReasons("C#", SpecSources.Repository, SpecSources.Repository, "class Edited { }");

    [Fact]
    public void A_comment_ends_at_the_models() => AssertReasons(
        "comment",
        SpecSources.Repository,
        SpecSources.RepositoryWith("mobike.yaml", "constants:", "# a comment\nconstants:"));

    [Fact]
    public void A_comment_that_moves_a_fault_moves_the_fault_alone()
    {
        const string fault = "constants:\n  LIMIT: { value: 8, unt: octets, doc: A limit. }\n";

        AssertReasons("comment above a fault", SpecSources.Demo(fault), SpecSources.Demo("# a comment\n" + fault));
    }

    [Fact]
    public void An_edit_of_a_notify_renders_only_what_it_changes()
    {
        const string doc = "Selects SAs for the actions that follow it in the message.";
        GeneratorRunResult before = Run(CreateDriver(SpecSources.Repository), "").GetRunResult().Results[0];

        GeneratorRunResult after = AssertReasons(
            "doc of a notify",
            SpecSources.Repository,
            SpecSources.RepositoryWith("mobikex.yaml", doc, "Selects SAs for what follows."));

        Dictionary<string, string> old = before.GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString());
        string[] changed = [.. after.GeneratedSources.Where(s => s.SourceText.ToString() != old[s.HintName]).Select(s => s.HintName).Order(StringComparer.Ordinal)];
        string[] rendered = [.. Outputs(after, GeneratorStepNames.Render).Where(o => o.Reason == Modified).Select(o => ((RenderedFile)o.Value).File!.HintName).Order(StringComparer.Ordinal)];
        string[] renderedAgain = [.. Outputs(after, GeneratorStepNames.Render).Where(o => o.Reason != Cached).Select(o => ((RenderedFile)o.Value).File!.HintName).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(changed);
        Assert.Equal(changed, rendered);

        // The notify, and what speaks of all notifies.
        Assert.Equal(
            [
                "MobikeX.Protocol.INotifyHandler.g.cs",
                "MobikeX.Protocol.Ikev2.NotifyPayload.g.cs",
                "MobikeX.Protocol.Ikev2.NotifyType.g.cs",
                "MobikeX.Protocol.Ikev2.NotifyTypeNames.g.cs",
                "MobikeX.Protocol.SelectorNotify.g.cs",
            ],
            renderedAgain);
    }

    [Fact]
    public void No_step_holds_anything_of_a_compilation()
    {
        GeneratorRunResult result = Run(CreateDriver([.. SpecSources.Repository, .. SpecSources.Demo("constants:\n  LIMIT: { doc: A limit. }\n")]), "class A { }").GetRunResult().Results[0];

        Assert.All(GeneratorStepNames.All, step => Assert.NotEmpty(Outputs(result, step)));
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (string step in GeneratorStepNames.All)
        {
            foreach ((object value, _) in Outputs(result, step))
            {
                AssertPlain(value, step, seen);
            }
        }
    }

    [Fact]
    public void The_driver_adds_what_the_compiler_gives()
    {
        GeneratorDriverRunResult result = Run(CreateDriver(SpecSources.Repository), "").GetRunResult();

        Assert.Empty(result.Diagnostics);
        Assert.Equal(
            SpecCompiler.Compile(SpecSources.Repository).Files.Select(f => (f.HintName, f.Text)).Order(),
            result.Results[0].GeneratedSources.Select(s => (s.HintName, s.SourceText.ToString())).Order());
    }

    [Fact]
    public void A_fault_is_at_its_place_in_the_YAML()
    {
        Diagnostic fault = Assert.Single(Run(CreateDriver(SpecSources.Demo("constants:\n  LIMIT: { value: x, doc: A limit. }\n")), "").GetRunResult().Diagnostics);

        FileLinePositionSpan span = fault.Location.GetLineSpan();
        Assert.Equal("demo.yaml", span.Path);
        Assert.Equal((new LinePosition(5, 18), new LinePosition(5, 19)), (span.StartLinePosition, span.EndLinePosition));
        Assert.Equal("constants.LIMIT.value: 'x' is not an unsigned number", fault.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, true, new[] { "MBX4009" })]
    [InlineData(LanguageVersion.CSharp7_3, false, new string[0])]
    [InlineData(LanguageVersion.CSharp8, true, new string[0])]
    public void A_C_sharp_below_8_is_one_diagnostic(LanguageVersion version, bool anySpec, string[] expected)
    {
        GeneratorDriver driver = CreateDriver(anySpec ? [SpecSources.Carrier] : [], version);

        Assert.Equal(expected, Run(driver, "", version).GetRunResult().Diagnostics.Select(d => d.Id));
    }

    [Theory]
    [InlineData("carrier.mobikex.yaml", null, true)]
    [InlineData("carrier.yaml", "true", true)]
    [InlineData("carrier.yaml", "false", false)]
    [InlineData("carrier.yaml", null, false)]
    public void A_file_is_a_spec_by_its_name_or_its_metadata(string path, string? metadata, bool isSpec)
    {
        var driver = CSharpGeneratorDriver.Create(
            [new MobikeXGenerator().AsSourceGenerator()],
            [new SpecText(SpecSources.Carrier with { Path = path })],
            optionsProvider: new SpecOptions(metadata));

        Assert.Equal(isSpec, Run(driver, "").GetRunResult().GeneratedTrees.Length > 0);
    }

    private static GeneratorRunResult AssertReasons(string edit, IReadOnlyList<SpecFile> before, IReadOnlyList<SpecFile> after, string code = "")
    {
        SpecText[] texts = [.. before.Select(f => new SpecText(f))];
        GeneratorDriver driver = Run(CreateDriver(texts), "");
        for (int i = 0; i < after.Count; i++)
        {
            if (after[i] != before[i])
            {
                driver = driver.ReplaceAdditionalText(texts[i], new SpecText(after[i]));
            }
        }

        GeneratorRunResult result = Run(driver, code).GetRunResult().Results[0];
        foreach (string step in GeneratorStepNames.All)
        {
            IncrementalStepRunReason[] expected = ExpectedReasons[edit].GetValueOrDefault(step, [Cached]);
            IncrementalStepRunReason[] actual = [.. Outputs(result, step).Select(o => o.Reason).Distinct().Order()];
            Assert.True(actual.All(expected.Contains), $"{edit}, {step}: {string.Join(", ", actual)}");
            Assert.True(actual.Contains(expected[^1]) || (step == GeneratorStepNames.Diagnostics && actual.Length == 0), $"{edit}, {step}: no {expected[^1]}");
        }

        return result;
    }

    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> Outputs(GeneratorRunResult result, string step) =>
        result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs) ? runs.SelectMany(r => r.Outputs) : [];

    private static GeneratorDriver CreateDriver(IReadOnlyList<SpecFile> files, LanguageVersion version = LanguageVersion.Latest) =>
        CreateDriver([.. files.Select(f => new SpecText(f))], version);

    private static GeneratorDriver CreateDriver(SpecText[] texts, LanguageVersion version = LanguageVersion.Latest) => CSharpGeneratorDriver.Create(
        [new MobikeXGenerator().AsSourceGenerator()],
        texts,
        new CSharpParseOptions(version),
        new SpecOptions("true"),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static GeneratorDriver Run(GeneratorDriver driver, string code, LanguageVersion version = LanguageVersion.Latest) => driver.RunGenerators(
        CSharpCompilation.Create("Test", [CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(version))], Net100.References.All));

    /// <summary>Walks what a step gave, and finds nothing in it that would keep a compilation alive.</summary>
    private static void AssertPlain(object? value, string step, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || (!value.GetType().IsValueType && !seen.Add(value)))
        {
            return;
        }

        Assert.False(value is ISymbol or Compilation or SyntaxTree or SyntaxNode or SemanticModel or Location or AdditionalText or SourceText or ParseOptions, $"{step} holds a {value.GetType()}");
        if (value is DiagnosticDescriptor or Type)
        {
            return;
        }

        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                AssertPlain(item, step, seen);
            }
        }

        for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPointer && !field.FieldType.IsByRefLike)
                {
                    AssertPlain(field.GetValue(value), step, seen);
                }
            }
        }
    }

}
