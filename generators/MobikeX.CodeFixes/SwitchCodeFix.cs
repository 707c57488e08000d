using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;
using MobikeX.Analyzers;

namespace MobikeX.CodeFixes;

/// <summary>Names the members that a switch misses, and leaves what it does as it is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SwitchCodeFix))]
public sealed class SwitchCodeFix : CodeFixProvider
{
    private const string Title = "Name the missing members";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UsageRules.MissingMembers.Id, UsageRules.HiddenMembers.Id);

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<SyntaxNode>(node => node is SwitchStatementSyntax or SwitchExpressionSyntax) is not { } node)
        {
            return;
        }

        // Where "var other" takes the rest, no member can be named behind it, and none before it that does the same.
        if (RestOf(node) is null && context.Diagnostics.Any(diagnostic => diagnostic.Id == UsageRules.HiddenMembers.Id))
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(Title, cancellation => AddAsync(context.Document, root, node, cancellation), equivalenceKey: Title),
            context.Diagnostics);
    }

    private static async Task<Document> AddAsync(Document document, SyntaxNode root, SyntaxNode node, CancellationToken cancellation)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        SyntaxNode changed = model?.GetOperation(node, cancellation) switch
        {
            ISwitchOperation operation => AddSections((SwitchStatementSyntax)node, SwitchMembers.Of(operation)),
            ISwitchExpressionOperation operation => AddArms((SwitchExpressionSyntax)node, SwitchMembers.Of(operation)),
            _ => node,
        };
        return document.WithSyntaxRoot(root.ReplaceNode(node, changed));
    }

    /// <summary>The section or the arm of what is not named: a default, or a discard without a condition.</summary>
    private static SyntaxNode? RestOf(SyntaxNode node) => node switch
    {
        SwitchStatementSyntax statement => statement.Sections.FirstOrDefault(section => section.Labels.Any(SyntaxKind.DefaultSwitchLabel)),
        SwitchExpressionSyntax expression => expression.Arms.FirstOrDefault(arm => arm is { Pattern: DiscardPatternSyntax, WhenClause: null }),
        _ => null,
    };

    private static SwitchStatementSyntax AddSections(SwitchStatementSyntax statement, SwitchMembers members)
    {
        IEnumerable<SwitchLabelSyntax> labels = members.Missing.Select(member => SyntaxFactory.CaseSwitchLabel(NameOf(member)).WithAdditionalAnnotations(Formatter.Annotation));
        if (RestOf(statement) is SwitchSectionSyntax rest)
        {
            return statement.ReplaceNode(rest, rest.WithLabels(rest.Labels.InsertRange(rest.Labels.IndexOf(SyntaxKind.DefaultSwitchLabel), labels)));
        }

        IEnumerable<SwitchSectionSyntax> sections = labels.Select(label =>
            SyntaxFactory.SwitchSection(SyntaxFactory.SingletonList(label), SyntaxFactory.SingletonList<StatementSyntax>(SyntaxFactory.BreakStatement())).WithAdditionalAnnotations(Formatter.Annotation));
        return statement.AddSections(sections.ToArray());
    }

    private static SwitchExpressionSyntax AddArms(SwitchExpressionSyntax expression, SwitchMembers members)
    {
        var rest = (SwitchExpressionArmSyntax?)RestOf(expression);
        ExpressionSyntax answer = rest?.Expression ?? SyntaxFactory.ParseExpression("throw new System.NotImplementedException()").WithAdditionalAnnotations(Simplifier.Annotation);
        SwitchExpressionArmSyntax[] added = members.Missing
            .Select(member => SyntaxFactory.SwitchExpressionArm(SyntaxFactory.ConstantPattern(NameOf(member)), answer.WithoutTrivia()).WithAdditionalAnnotations(Formatter.Annotation))
            .ToArray();

        // An arm a line: new commas end theirs as the file does.
        SyntaxTrivia lineEnd = SyntaxFactory.ElasticEndOfLine(expression.SyntaxTree.GetText().ToString().Contains("\r\n") ? "\r\n" : "\n");
        List<SwitchExpressionArmSyntax> arms = expression.Arms.ToList();
        List<SyntaxToken> commas = expression.Arms.GetSeparators().ToList();
        int place = rest is null ? arms.Count : arms.IndexOf(rest);
        if (place > commas.Count)
        {
            // What stands behind the last arm, a comment, stands behind its comma then.
            SyntaxTriviaList behind = arms[place - 1].GetTrailingTrivia();
            arms[place - 1] = arms[place - 1].WithoutTrailingTrivia();
            commas.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(behind.Any(SyntaxKind.EndOfLineTrivia) ? behind : behind.Add(lineEnd)));
        }

        arms.InsertRange(place, added);
        commas.InsertRange(place, added.Select(_ => SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(lineEnd)));
        return expression.WithArms(SyntaxFactory.SeparatedList(arms, commas));
    }

    /// <summary>Written whole, and shortened to what the place needs.</summary>
    private static ExpressionSyntax NameOf(IFieldSymbol member) => SyntaxFactory
        .ParseExpression(GeneratedTypes.WholeNameOf(member))
        .WithAdditionalAnnotations(Simplifier.Annotation);
}
