using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MobikeX.Analyzers;

/// <summary>A switch over a generated enum names every member, or says with a default that it means the rest (MBX5001, MBX5002).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SwitchAnalyzer : DiagnosticAnalyzer
{
    /// <summary>More names than these would make the message unreadable.</summary>
    private const int NamesInMessage = 5;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageRules.MissingMembers, UsageRules.HiddenMembers);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var types = new GeneratedTypes();
            start.RegisterOperationAction(operation => AnalyzeStatement(operation, types), OperationKind.Switch);
            start.RegisterOperationAction(operation => AnalyzeExpression(operation, types), OperationKind.SwitchExpression);
        });
    }

    private static void AnalyzeStatement(OperationAnalysisContext context, GeneratedTypes types)
    {
        var operation = (ISwitchOperation)context.Operation;
        if (types.EnumOf(operation.Value.Type) is null)
        {
            return;
        }

        SwitchMembers members = SwitchMembers.Of(operation);

        // Without a default a statement is either meant to be whole or picks a few. One that was whole before the spec
        // gained a member names most of them; one that picks is left alone.
        Report(context, members, operation.Value, isWhole: members.Named > members.Missing.Length);
    }

    private static void AnalyzeExpression(OperationAnalysisContext context, GeneratedTypes types)
    {
        var operation = (ISwitchExpressionOperation)context.Operation;
        if (types.EnumOf(operation.Value.Type) is null)
        {
            return;
        }

        SwitchMembers members = SwitchMembers.Of(operation);

        // An expression without a discard throws for what it does not name, so it is always meant to be whole.
        Report(context, members, operation.Value, isWhole: !members.HasRest || members.Named > members.Missing.Length);
    }

    private static void Report(OperationAnalysisContext context, SwitchMembers members, IOperation value, bool isWhole)
    {
        if (members.IsOpaque || members.Missing.IsEmpty || !isWhole)
        {
            return;
        }

        IEnumerable<string> names = members.Missing.Take(NamesInMessage).Select(member => $"'{member.Name}'");
        string more = members.Missing.Length > NamesInMessage ? $" and {members.Missing.Length - NamesInMessage} more" : "";
        context.ReportDiagnostic(Diagnostic.Create(
            members.HasRest ? UsageRules.HiddenMembers : UsageRules.MissingMembers,
            value.Syntax.GetLocation(),
            members.Type.Name,
            string.Join(", ", names) + more));
    }
}
