using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>Runs the generator as a compiler does.</summary>
internal static class TestHost
{
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Host", [CSharpSyntaxTree.ParseText("class Host { }")]);

    /// <summary>The generated files by hint name; a second run over the same files must take every output of every step from the first.</summary>
    public static IReadOnlyDictionary<string, string> GenerateTwice(IEnumerable<SpecFile> files)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new MobikeXGenerator().AsSourceGenerator()],
            files.Select(file => new SpecText(file)),
            CSharpParseOptions.Default,
            new SpecOptions("true"),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

        GeneratorDriver first = driver.RunGenerators(Empty);
        GeneratorRunResult again = first.RunGenerators(Empty.Clone()).GetRunResult().Results[0];

        Assert.Empty(again.Diagnostics);
        Assert.All(
            again.TrackedSteps.Where(step => GeneratorStepNames.All.Contains(step.Key)).SelectMany(step => step.Value).SelectMany(step => step.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        return first.GetRunResult().Results[0].GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
    }
}
