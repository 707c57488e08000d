using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MobikeX.Generators.Syntax;
using MobikeX.Runtime;

namespace MobikeX.Generators.Tests;

/// <summary>What is generated from small specs, compiled by the oldest C# that it is for.</summary>
internal static class EmittedCode
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp8, DocumentationMode.Diagnose);

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Generated",
        [CSharpSyntaxTree.ParseText("[assembly: System.CLSCompliant(true)]", Options)],
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(IpAddress).Assembly.Location)],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpCompilation Compile(IReadOnlyList<SpecFile> files)
    {
        SpecCompilation specs = SpecCompiler.Compile(files);
        Assert.True(specs.Diagnostics.Count == 0, string.Join("\n", specs.Diagnostics.Select(fault => fault.ToString())));
        return Empty.AddSyntaxTrees(specs.Files.Select(file => CSharpSyntaxTree.ParseText(file.Text, Options, file.HintName)));
    }

    /// <summary>Neither a fault of a spec nor a warning of the compiler.</summary>
    public static CSharpCompilation AssertCompiles(IReadOnlyList<SpecFile> files)
    {
        CSharpCompilation compilation = Compile(files);
        string[] warnings = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString())];
        Assert.True(warnings.Length == 0, string.Join("\n", warnings.Take(20)));
        return compilation;
    }
}
