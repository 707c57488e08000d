using System.Collections.Immutable;
using System.Globalization;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MobikeX.CodeFixes;
using MobikeX.Generators;
using MobikeX.Generators.Syntax;
using MobikeX.Runtime;

namespace MobikeX.Analyzers.Tests;

/// <summary>C# beside what the generator makes of <c>lamp.yaml</c>, under the analyzers, as a project has them.</summary>
internal static class UsageHost
{
    private static readonly AdhocWorkspace Workspace = new();

    /// <summary>A project of what is generated, compiled once: those with a file more share what is known of its references.</summary>
    private static readonly Project Generated = Generate();

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new SwitchAnalyzer(), new HandlerAnalyzer(), new NumberAnalyzer()];

    private static readonly CodeFixProvider[] Fixes = [new SwitchCodeFix(), new HandlerCodeFix(), new NumberCodeFix()];

    /// <summary>What the analyzers say of a file, as <c>path:line:col: severity id: message</c>, in the order of places.</summary>
    public static async Task<IReadOnlyList<string>> Analyze(string source) => [.. (await Analyze(With(Generated, source))).Select(Text)];

    /// <summary>As where the generated code is in another assembly.</summary>
    public static async Task<IReadOnlyList<string>> AnalyzeReferencing(string source)
    {
        using var image = new MemoryStream();
        Assert.True((await Generated.GetCompilationAsync())!.Emit(image).Success);
        Project user = Empty("User").AddMetadataReference(MetadataReference.CreateFromImage(image.ToArray()));
        return [.. (await Analyze(With(user, source))).Select(Text)];
    }

    /// <summary>The file after the fix of one finding after another, until none has one.</summary>
    public static async Task<string> Fix(string source)
    {
        Project project = With(Generated, source);
        for (int left = 20; ; left--)
        {
            Assert.True(left > 0, "a fix leaves what it fixes");
            if (await FirstFix(project) is not { } action)
            {
                break;
            }

            ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
            project = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
        }

        return (await Document(project).GetTextAsync()).ToString();
    }

    private static async Task<CodeAction?> FirstFix(Project project)
    {
        foreach (Diagnostic diagnostic in await Analyze(project))
        {
            CodeAction? found = null;
            CodeFixProvider provider = Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id));
            await provider.RegisterCodeFixesAsync(new CodeFixContext(Document(project), diagnostic, (action, _) => found ??= action, CancellationToken.None));
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static Document Document(Project project) => project.Documents.Single(document => document.Name == "demo.cs");

    private static async Task<IReadOnlyList<Diagnostic>> Analyze(Project project)
    {
        CompilationWithAnalyzers compilation = (await project.GetCompilationAsync())!.WithAnalyzers(Analyzers);
        ImmutableArray<Diagnostic> found = await compilation.GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id.StartsWith("AD", StringComparison.Ordinal));
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static Project With(Project project, string source) => project.AddDocument("demo.cs", source, filePath: "demo.cs").Project;

    private static Project Empty(string name) => Workspace.AddProject(ProjectInfo.Create(
        ProjectId.CreateNewId(),
        VersionStamp.Default,
        name,
        name,
        LanguageNames.CSharp,
        compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
        metadataReferences: [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(IpAddress).Assembly.Location)]));

    private static string Text(Diagnostic diagnostic)
    {
        Microsoft.CodeAnalysis.Text.LinePosition place = diagnostic.Location.GetLineSpan().StartLinePosition;
        string severity = diagnostic.Severity.ToString().ToLowerInvariant();
        return $"demo.cs:{place.Line + 1}:{place.Character + 1}: {severity} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
    }

    private static Project Generate()
    {
        SpecCompilation compilation = SpecCompiler.Compile(
            [.. new[] { "carrier.yaml", "lamp.yaml" }.Select(name => new SpecFile(name, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", name))))]);
        Assert.Empty(compilation.Diagnostics);
        Project project = compilation.Files.Aggregate(Empty("Lamps"), (project, file) => project.AddDocument(file.HintName, file.Text, filePath: file.HintName).Project);
        Assert.NotNull(project.GetCompilationAsync().Result);
        return project;
    }
}
