using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>Namespaces are parts of the names of files, and of code.</summary>
public class NamespaceTests
{
    [Theory]
    [InlineData("Net", "Net")]
    [InlineData("Net", "NET")]
    public void Namespaces_that_differ_in_case_only_are_one(string first, string second)
    {
        GeneratorRunResult result = Run(Spec("one", first), Spec("two", second));

        Assert.Null(result.Exception);
        Assert.Equal(["MBX4007"], result.Diagnostics.Select(fault => fault.Id));
        Assert.Contains("Net.Ports.g.cs", result.GeneratedSources.Select(source => source.HintName));
        Assert.DoesNotContain(result.GeneratedSources, source => source.HintName.StartsWith("NET.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("class")]
    [InlineData("Net.int")]
    [InlineData("Net.")]
    [InlineData("Net.9")]
    public void A_namespace_that_needs_an_escape_is_refused(string name)
    {
        GeneratorRunResult result = Run(Spec("one", name));

        Assert.Equal(["MBX1006"], result.Diagnostics.Select(fault => fault.Id));
        Assert.Empty(result.GeneratedSources);
    }

    private static SpecFile Spec(string name, string space) => new(
        $"{name}.yaml",
        $"""
        spec: {name}
        title: Title
        document: RFC 9999
        namespace: {space}
        structs:
          PORTS:
            doc: Ports.
            fields:
              - low: {"{"} bits: 16, doc: The lowest. {"}"}
        """);

    private static GeneratorRunResult Run(params SpecFile[] files) =>
        CSharpGeneratorDriver.Create(
            [new MobikeXGenerator().AsSourceGenerator()],
            files.Select(file => new SpecText(file)),
            CSharpParseOptions.Default,
            new SpecOptions("true"))
            .RunGenerators(CSharpCompilation.Create("Host"))
            .GetRunResult().Results[0];
}
