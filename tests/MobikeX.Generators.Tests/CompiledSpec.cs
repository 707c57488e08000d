using System.Collections.Concurrent;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MobikeX.Runtime;

namespace MobikeX.Generators.Tests;

/// <summary>What is generated from a spec, compiled: an assembly image.</summary>
internal static class CompiledSpec
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, preprocessorSymbols: ["NET"]);

    /// <summary>What is looked up in the references is looked up once for all that is compiled here.</summary>
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Generated",
        references: [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(IpAddress).Assembly.Location)],
        // The engine has a line of unsafe code; what is generated has none, which EmitCompileTests show.
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Files that are the same in several compilations are parsed once.</summary>
    private static readonly ConcurrentDictionary<string, SyntaxTree> Trees = new(StringComparer.Ordinal);

    /// <param name="sources">C# that uses what is generated.</param>
    public static byte[] Emit(SpecCompilation specs, params string[] sources)
    {
        Assert.Empty(specs.Diagnostics);
        CSharpCompilation compilation = Empty.AddSyntaxTrees(
            specs.Files.Select(file => file.Text).Concat(sources).Select(static text => Trees.GetOrAdd(text, static text => CSharpSyntaxTree.ParseText(text, Parsing))));
        using var image = new MemoryStream();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return image.ToArray();
    }
}
