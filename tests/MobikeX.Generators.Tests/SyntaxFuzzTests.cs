using CsCheck;
using MobikeX.Generators.Binding;
using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Emit;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>Whatever stands in the files, compiling ends, throws nothing, and says what it left out.</summary>
public class SyntaxFuzzTests
{
    /// <summary>Characters and pieces that mean something in YAML or in the language.</summary>
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ":", ": ", "- ", "\n", "\r\n", "\n  ", "\t", "\"", "'", "#", "&a ", "*a", "!t ", "|", ">", "%", "@", "---\n", "...\n", "? ", "\0", "é", "\ud800", ",",
        "spec", "part-of", "fields", "bits", "when", "to", "null", "0", "-1", "18446744073709551616", "99999999999999999999", "0x", "1..*", "not ", "self.self", "type",
    ];

    private static readonly Gen<(int Place, int Length, string Text)> Edit =
        Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Int[0, 12], Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]));

    /// <summary>The specs that are edited, as they are read before.</summary>
    private static readonly Dictionary<SpecFile, YamlDocument> Whole = SpecSources.Repository.Append(SpecSources.Carrier).ToDictionary(file => file, file => CompilationStages.Read(file));

    /// <summary>What is generated from them, by the names of the files.</summary>
    private static readonly Dictionary<string, OutputUnit> Rendered = RenderWhole();

    [Fact]
    public void Every_prefix_of_a_small_spec_is_survived()
    {
        string text = SpecSources.Carrier.Text;
        for (int length = 0; length <= text.Length; length++)
        {
            Survive([new SpecFile("carrier.yaml", text[..length])]);
        }
    }

    [Fact]
    public void Every_prefix_of_a_spec_with_imports_is_survived()
    {
        SpecFile mobike = SpecSources.Repository.Single(f => f.Path == "mobike.yaml");
        for (int length = 0; length <= mobike.Text.Length; length++)
        {
            Survive([mobike with { Text = mobike.Text[..length] }]);
        }
    }

    [Fact]
    public void Every_spec_file_broken_off_at_any_character_is_read()
    {
        // Each time with no more than the last lines before the place: what the parser sees at the end of a text
        // depends on the lines that are open there, and whole files would take minutes.
        foreach (SpecFile file in SpecSources.Repository)
        {
            int start = 0;
            for (int length = 0; length <= file.Text.Length; length++)
            {
                if (length - start > 300 && file.Text[length - 1] == '\n')
                {
                    start = length;
                }

                Assert.NotNull(YamlReader.Read(file with { Text = file.Text[start..length] }));
            }
        }
    }

    [Fact]
    public void A_spec_broken_off_at_any_line_is_survived_beside_whole_ones()
    {
        foreach (SpecFile file in SpecSources.Repository)
        {
            for (int end = file.Text.IndexOf('\n'); end >= 0; end = end + 397 < file.Text.Length ? file.Text.IndexOf('\n', end + 397) : -1)
            {
                Survive([.. SpecSources.Repository.Select(f => f == file ? f with { Text = f.Text[..end] } : f)]);
            }
        }
    }

    [Fact]
    public void Random_edits_of_a_small_spec_are_survived() => Edit.Array[1, 6].Sample(
        edits => Survive([new SpecFile("carrier.yaml", Apply(SpecSources.Carrier.Text, edits))]),
        iter: 1_000);

    [Fact]
    public void Random_edits_of_the_specs_are_survived() => Gen.Select(Gen.Int[0, 100], Edit.Array[1, 4]).Sample(
        (which, edits) =>
        {
            SpecFile file = SpecSources.Repository[which % SpecSources.Repository.Count];
            Survive([.. SpecSources.Repository.Select(f => f == file ? f with { Text = Apply(f.Text, edits) } : f)]);
        },
        iter: 60);

    [Fact]
    public void Random_text_is_survived() => Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 60].Sample(
        pieces => Survive([new SpecFile("a.yaml", string.Concat(pieces))]),
        iter: 1_000);

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a:\n ")]
    public void Deep_nesting_ends(string opening) =>
        Survive([new SpecFile("a.yaml", string.Concat(Enumerable.Repeat(opening, 100_000)))]);

    /// <summary>What <see cref="SpecCompiler"/> does, but for what an edit leaves as it is: that was read, and rendered, once.</summary>
    private static void Survive(IReadOnlyList<SpecFile> files)
    {
        BindResult bound = SpecBinder.Bind(files.Select(Read));
        SpecDiagnostic[] faults =
        [
            .. bound.Diagnostics,
            .. CompilationStages.Plan(bound.Specs).Where(IsChanged).Select(planned => CompilationStages.Render(planned).Fault).OfType<SpecDiagnostic>(),
        ];

        Assert.DoesNotContain(faults, d => d.Id == "MBX9001");
        Assert.All(faults, fault => Assert.NotNull(fault.ToDiagnostic()));
        if (!faults.Any(d => d.IsError))
        {
            // What is left out without an error would be missed only when the generated code is used.
            Assert.Equal(files.Sum(CountElements), bound.Specs.Sum(s => s.Registries.Count + s.Structs.Count + s.Reactions.Count + s.Constants.Count + s.Traits.Count + s.Errata.Count + s.Machines.Count + (s.NotifySet?.Notifies.Count(n => n.Own) ?? 0)));
        }
    }

    private static YamlDocument Read(SpecFile file) => Whole.TryGetValue(file, out YamlDocument? read) ? read : CompilationStages.Read(file);

    private static bool IsChanged(PlannedFile planned) => planned.Unit is not { } unit || !Rendered.TryGetValue(unit.HintName, out OutputUnit? rendered) || rendered != unit;

    private static Dictionary<string, OutputUnit> RenderWhole()
    {
        PlannedFile[] planned = [.. CompilationStages.Plan(SpecBinder.Bind(Whole.Values).Specs)];
        Assert.All(planned, file => Assert.NotNull(CompilationStages.Render(file).File));
        return planned.Select(file => file.Unit!).ToDictionary(unit => unit.HintName, StringComparer.Ordinal);
    }

    private static int CountElements(SpecFile file)
    {
        string[] sections = ["registries", "structs", "unions", "parameters", "notifies", "reactions", "constants", "traits", "errata", "machines"];
        return Read(file).Root is YamlMapping root
            ? root.Entries.Where(e => sections.Contains(e.Key.Value)).Sum(e => e.Value is YamlMapping elements ? elements.Entries.Count(x => !x.Key.Value.Contains('.')) : 0)
            : 0;
    }

    private static string Apply(string text, IEnumerable<(int Place, int Length, string Text)> edits)
    {
        foreach ((int place, int length, string inserted) in edits)
        {
            int start = place % (text.Length + 1);
            text = text[..start] + inserted + text[Math.Min(text.Length, start + length)..];
        }

        return text;
    }
}
