using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using MobikeX.Analyzers;

namespace MobikeX.CodeFixes;

/// <summary>Puts the name that the spec has in the place of its number.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NumberCodeFix))]
public sealed class NumberCodeFix : CodeFixProvider
{
    private const string Title = "Use the name of the spec";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UsageRules.NumberForName.Id);

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax written)
            {
                // Written whole, and shortened to what the place needs.
                ExpressionSyntax name = SyntaxFactory.ParseExpression(diagnostic.Properties[NumberAnalyzer.NameProperty]!).WithAdditionalAnnotations(Simplifier.Annotation);
                ExpressionSyntax named = diagnostic.Properties[NumberAnalyzer.CastProperty] is { } cast
                    ? SyntaxFactory.CastExpression(SyntaxFactory.ParseTypeName(cast), name)
                    : name;
                context.RegisterCodeFix(
                    CodeAction.Create(Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(written, named.WithTriviaFrom(written)))), equivalenceKey: Title),
                    diagnostic);
            }
        }
    }
}
