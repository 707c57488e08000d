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
public class GeneratorBenchmarks
{
    private const string Edited = "mobikex.yaml";

    private readonly CSharpCompilation _compilation = CSharpCompilation.Create("consumer");
    private SpecText[] _texts = [];
    private GeneratorDriver _warm = null!;
    private int _edit;

    [GlobalSetup]
    public void Setup()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "spec");
        _texts = [.. Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith("requirements.yaml", StringComparison.Ordinal))
            .Select(path => new SpecText(path, File.ReadAllText(path)))];
        _warm = Driver().RunGenerators(_compilation);
        if (_warm.GetRunResult().GeneratedTrees.IsEmpty)
        {
            throw new InvalidOperationException("nothing was generated");
        }
    }

    [Benchmark(Baseline = true)]
    public object Cold() => Driver().RunGenerators(_compilation);

    [Benchmark]
    public object EditOfOneNotify()
    {
        SpecText old = _texts.Single(text => Path.GetFileName(text.Path) == Edited);
        string edited = old.Content.Replace("doc: Gives an SA one more address.", $"doc: Gives an SA one more address {_edit++}.", StringComparison.Ordinal);
        return _warm.ReplaceAdditionalText(old, new SpecText(old.Path, edited)).RunGenerators(_compilation);
    }

    [Benchmark]
    public object EditOfCSharp() =>
        _warm.RunGenerators(_compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText($"class C{_edit++} {{ }}")));

    /// <summary>The compiler alone, without Roslyn's driver.</summary>
    [Benchmark]
    public object AsALibrary() => SpecCompiler.Compile([.. _texts.Select(text => new SpecFile(text.Path, text.Content))]);

    private CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new MobikeXGenerator().AsSourceGenerator()],
        _texts,
        optionsProvider: new AllAreSpecs());

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
