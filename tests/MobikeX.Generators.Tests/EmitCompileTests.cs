using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MobikeX.Generators.Syntax;
using MobikeX.Runtime;

namespace MobikeX.Generators.Tests;

/// <summary>What is generated compiles without a warning, by the oldest C# that it is for, and by the newest.</summary>
public class EmitCompileTests
{
    private static readonly string OldReferences = Path.Combine(AppContext.BaseDirectory, "netstandard2.0");

    /// <summary>What a project may ask of all that is in it.</summary>
    private const string Assembly = "[assembly: System.CLSCompliant(true)]";

    [Theory]
    [InlineData(LanguageVersion.CSharp8)]
    [InlineData(LanguageVersion.Latest)]
    public void For_net10(LanguageVersion language) => AssertCompiles(
        language,
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(IpAddress).Assembly.Location)]);

    [Fact]
    public void For_netstandard20_by_CSharp8() => AssertCompiles(
        LanguageVersion.CSharp8,
        Directory.EnumerateFiles(OldReferences, "*.dll").Select(file => MetadataReference.CreateFromFile(file)));

    private static void AssertCompiles(LanguageVersion language, IEnumerable<MetadataReference> references)
    {
        CSharpParseOptions options = new(language, DocumentationMode.Diagnose);
        IEnumerable<SpecFile> files = SpecSources.Repository.Append(SnapshotSpec.File);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Generated",
            SpecCompiler.Compile([.. files]).Files.Select(file => CSharpSyntaxTree.ParseText(file.Text, options, file.HintName)).Append(CSharpSyntaxTree.ParseText(Assembly, options)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999, nullableContextOptions: NullableContextOptions.Enable));

        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }
}
