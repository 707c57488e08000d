using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MobikeX.Analyzers;

namespace MobikeX.CodeFixes;

/// <summary>Removes the method of what the spec no longer has, unless its body may belong to what took the place.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HandlerCodeFix))]
public sealed class HandlerCodeFix : CodeFixProvider
{
    private const string Title = "Remove the method";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UsageRules.NotifyGone.Id, UsageRules.StepGone.Id);

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics.Where(diagnostic => diagnostic.Properties.ContainsKey(HandlerAnalyzer.CompleteProperty)))
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.RemoveNode(method, SyntaxRemoveOptions.KeepUnbalancedDirectives)!)), equivalenceKey: Title),
                    diagnostic);
            }
        }
    }
}
