using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MobikeX.Runtime;

namespace MobikeX.Generators.Tests;

/// <summary>What is generated from a spec, compiled: an assembly image.</summary>
internal static class CompiledSpec
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, preprocessorSymbols: ["NET"]);

    /// <param name="sources">C# that uses what is generated.</param>
    public static byte[] Emit(SpecCompilation specs, params string[] sources)
    {
        Assert.Empty(specs.Diagnostics);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Generated",
            specs.Files.Select(file => file.Text).Concat(sources).Select(static text => CSharpSyntaxTree.ParseText(text, Parsing)),
            [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(IpAddress).Assembly.Location)],
            // The engine has a line of unsafe code; what is generated has none, which EmitCompileTests show.
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return image.ToArray();
    }
}
