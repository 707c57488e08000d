using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using MobikeX.Generators;
using MobikeX.Generators.Syntax;

namespace MobikeX.Benchmarks;

/// <summary>The generator over the specs of this repository: from nothing, after an edit of one notify, after an edit of C#.</summary>
[MemoryDiagnoser]
public partial class GeneratorBenchmarks
{
    private const string Edited = "mobikex.yaml";
    private const string EditedDoc = "doc: The selected CHILD_SAs get one more address.";
    private const int Copies = 10;

    private readonly CSharpCompilation _compilation = CSharpCompilation.Create("consumer");
    private SpecText[] _texts = [];
    private SpecText[] _tenfold = [];
    private GeneratorDriver _warm = null!;
    private int _edit;

    [GlobalSetup]
    public void Setup()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "spec");
        _texts = [.. Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith("requirements.yaml", StringComparison.Ordinal))
            .Select(path => new SpecText(path, File.ReadAllText(path)))];
        _tenfold = [.. Enumerable.Range(0, Copies).SelectMany(copy => _texts.Select(text => Renamed(text, folder, copy)))];
        _warm = Driver(_texts).RunGenerators(_compilation);
        int files = _warm.GetRunResult().GeneratedTrees.Length;
        if (files == 0 || Driver(_tenfold).RunGenerators(_compilation).GetRunResult().GeneratedTrees.Length != files * Copies)
        {
            throw new InvalidOperationException("not everything was generated");
        }
    }

    [Benchmark(Baseline = true)]
    public object Cold() => Driver(_texts).RunGenerators(_compilation);

    /// <summary>A spec ten times the size: the same one ten times, under ten names. Its ratio to the first says whether time grows as size does.</summary>
    [Benchmark]
    public object ColdOfTenTimesTheSize() => Driver(_tenfold).RunGenerators(_compilation);

    [Benchmark]
    public object EditOfOneNotify()
    {
        SpecText old = _texts.Single(text => Path.GetFileName(text.Path) == Edited);
        string edited = old.Content.Replace(EditedDoc, $"{EditedDoc} {_edit++}", StringComparison.Ordinal);
        if (edited.Length == old.Content.Length)
        {
            throw new InvalidOperationException("the notify that is edited is not there");
        }

        return _warm.ReplaceAdditionalText(old, new SpecText(old.Path, edited)).RunGenerators(_compilation);
    }

    [Benchmark]
    public object EditOfCSharp() =>
        _warm.RunGenerators(_compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText($"class C{_edit++} {{ }}")));

    /// <summary>The compiler alone, without Roslyn's driver.</summary>
    [Benchmark]
    public object AsALibrary() => SpecCompiler.Compile([.. _texts.Select(text => new SpecFile(text.Path, text.Content))]);

    private static CSharpGeneratorDriver Driver(SpecText[] texts) => CSharpGeneratorDriver.Create(
        [new MobikeXGenerator().AsSourceGenerator()],
        texts,
        optionsProvider: new AllAreSpecs());

    /// <summary>The same file in a folder of its own, with other names of specs and another namespace.</summary>
    private static SpecText Renamed(SpecText text, string folder, int copy) => new(
        Path.Combine(folder, $"copy{copy}", Path.GetRelativePath(folder, text.Path)),
        Namespace().Replace(Qualifier().Replace(Declaration().Replace(text.Content, $"${{1}}{copy}"), $"${{1}}{copy}."), $"$1.Copy{copy}"));

    [GeneratedRegex("^((?:spec|part-of): \\w+)$", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    /// <summary>The name of a spec before the dot of what it qualifies; not in the name of a file.</summary>
    [GeneratedRegex(@"\b(ikev2|mobikex|mobike)\.(?!yaml)")]
    private static partial Regex Qualifier();

    [GeneratedRegex("^(namespace: .*)$", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    private sealed class SpecText(string path, string content) : AdditionalText
    {
        public override string Path { get; } = path;

        internal string Content { get; } = content;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(Content, System.Text.Encoding.UTF8);
    }

    /// <summary>The metadata that the project file gives to spec files.</summary>
    private sealed class AllAreSpecs : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                bool isSpec = key == "build_metadata.AdditionalFiles.MobikeXSpec";
                value = isSpec ? "true" : string.Empty;
                return isSpec;
            }
        }
    }
}
