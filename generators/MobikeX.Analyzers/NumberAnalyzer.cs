using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MobikeX.Analyzers;

/// <summary>A number written for a value of a generated enum that has a name (MBX5005): in a cast, in a comparison, as a case.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NumberAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The whole name of the member.</summary>
    internal const string NameProperty = "Name";

    /// <summary>The type of the number that the name is to be converted to; null where an enum is wanted.</summary>
    internal const string CastProperty = "Cast";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageRules.NumberForName);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var types = new GeneratedTypes();
            start.RegisterOperationAction(operation => AnalyzeConversion(operation, types), OperationKind.Conversion);
            start.RegisterOperationAction(operation => AnalyzeComparison(operation, types), OperationKind.Binary);
            start.RegisterOperationAction(operation => AnalyzeCase(operation, types), OperationKind.CaseClause);
            start.RegisterOperationAction(operation => AnalyzePattern(operation, types), OperationKind.ConstantPattern, OperationKind.RelationalPattern);
        });
    }

    /// <summary><c>(NotifyType)16400</c>, and the 0 that C# converts by itself.</summary>
    private static void AnalyzeConversion(OperationAnalysisContext context, GeneratedTypes types)
    {
        var conversion = (IConversionOperation)context.Operation;
        if (conversion.Operand is ILiteralOperation literal && types.EnumOf(conversion.Type) is { } type)
        {
            Report(context, type, literal, conversion.IsImplicit ? literal.Syntax : conversion.Syntax, cast: null);
        }
    }

    /// <summary><c>(ushort)type == 16400</c>, and the other comparisons.</summary>
    private static void AnalyzeComparison(OperationAnalysisContext context, GeneratedTypes types)
    {
        var comparison = (IBinaryOperation)context.Operation;
        if (comparison.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
            or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual))
        {
            return;
        }

        AnalyzeSides(context, types, comparison.LeftOperand, comparison.RightOperand);
        AnalyzeSides(context, types, comparison.RightOperand, comparison.LeftOperand);
    }

    /// <summary><c>switch ((int)type) { case 16400: … }</c>.</summary>
    private static void AnalyzeCase(OperationAnalysisContext context, GeneratedTypes types)
    {
        if (context.Operation is ISingleValueCaseClauseOperation { Parent.Parent: ISwitchOperation over } clause)
        {
            AnalyzeSides(context, types, over.Value, clause.Value);
        }
    }

    /// <summary><c>(int)type is 16400 or > 16403</c>, and the patterns of a switch.</summary>
    private static void AnalyzePattern(OperationAnalysisContext context, GeneratedTypes types)
    {
        IOperation number = context.Operation is IRelationalPatternOperation relational ? relational.Value : ((IConstantPatternOperation)context.Operation).Value;
        IOperation? outer = context.Operation.Parent;
        while (outer is IBinaryPatternOperation or INegatedPatternOperation or IPatternCaseClauseOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation)
        {
            outer = outer.Parent;
        }

        IOperation? value = outer switch
        {
            IIsPatternOperation test => test.Value,
            ISwitchOperation statement => statement.Value,
            ISwitchExpressionOperation expression => expression.Value,
            _ => null,
        };
        if (value is not null)
        {
            AnalyzeSides(context, types, value, number);
        }
    }

    private static void AnalyzeSides(OperationAnalysisContext context, GeneratedTypes types, IOperation value, IOperation number)
    {
        if (LiteralOf(number) is { } literal && NumberOf(value, types) is { } cast)
        {
            Report(context, types.EnumOf(cast.Operand.Type)!, literal, literal.Syntax, cast.Type);
        }
    }

    /// <summary>The cast by which an operation is the number of a generated enum: <c>(int)type</c>.</summary>
    private static IConversionOperation? NumberOf(IOperation operation, GeneratedTypes types)
    {
        // A cast to ushort that is compared to an int is converted once more.
        while (operation is IConversionOperation { IsImplicit: true, Operand: IConversionOperation inner })
        {
            operation = inner;
        }

        return operation is IConversionOperation { IsImplicit: false, Type.TypeKind: not TypeKind.Enum } cast && types.EnumOf(cast.Operand.Type) is not null ? cast : null;
    }

    private static ILiteralOperation? LiteralOf(IOperation operation) => operation switch
    {
        ILiteralOperation literal => literal,
        IConversionOperation { IsImplicit: true, Operand: ILiteralOperation literal } => literal,
        _ => null,
    };

    private static void Report(OperationAnalysisContext context, INamedTypeSymbol type, ILiteralOperation literal, SyntaxNode at, ITypeSymbol? cast)
    {
        if (!literal.ConstantValue.HasValue || literal.ConstantValue.Value is not { } written || NameOf(type, written) is not { } member)
        {
            return;
        }

        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
            .Add(NameProperty, GeneratedTypes.WholeNameOf(member))
            .Add(CastProperty, cast?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        context.ReportDiagnostic(Diagnostic.Create(UsageRules.NumberForName, at.GetLocation(), properties, literal.Syntax.ToString(), $"{type.Name}.{member.Name}"));
    }

    /// <summary>The first member with a number; the types of the two may differ.</summary>
    internal static IFieldSymbol? NameOf(INamedTypeSymbol type, object number) =>
        number is char or string or bool || Text(number) is not { } text
            ? null
            : type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(member => member.HasConstantValue && Text(member.ConstantValue!) == text);

    private static string? Text(object number) => (number as IFormattable)?.ToString(null, CultureInfo.InvariantCulture);
}
