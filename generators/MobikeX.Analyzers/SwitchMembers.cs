using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MobikeX.Analyzers;

/// <summary>Which members of an enum a switch names. Two names of one number are one member.</summary>
internal sealed class SwitchMembers
{
    private readonly HashSet<object> _named = [];

    private SwitchMembers(INamedTypeSymbol type) => Type = type;

    public INamedTypeSymbol Type { get; }

    /// <summary>True where a default or a discard takes what is not named.</summary>
    public bool HasRest { get; private set; }

    /// <summary>True where a pattern takes members without naming them: nothing can be said.</summary>
    public bool IsOpaque { get; private set; }

    /// <summary>How many members are named, with a condition or without.</summary>
    public int Named => Members().Count(member => _named.Contains(member.ConstantValue!));

    /// <summary>Members that are not named, one for each number, in the order of the enum.</summary>
    public ImmutableArray<IFieldSymbol> Missing => Members().Where(member => !_named.Contains(member.ConstantValue!)).ToImmutableArray();

    /// <param name="operation">Over an enum, or the nullable of one.</param>
    public static SwitchMembers Of(ISwitchOperation operation)
    {
        var members = new SwitchMembers(EnumOf(operation.Value.Type!));
        foreach (ICaseClauseOperation clause in operation.Cases.SelectMany(section => section.Clauses))
        {
            members.Take(clause);
        }

        return members;
    }

    /// <param name="operation">Over an enum, or the nullable of one.</param>
    public static SwitchMembers Of(ISwitchExpressionOperation operation)
    {
        var members = new SwitchMembers(EnumOf(operation.Value.Type!));
        foreach (ISwitchExpressionArmOperation arm in operation.Arms)
        {
            members.Take(arm.Pattern, arm.Guard is not null);
        }

        return members;
    }

    private static INamedTypeSymbol EnumOf(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol underlying] } ? underlying : (INamedTypeSymbol)type;

    private void Take(ICaseClauseOperation clause)
    {
        switch (clause)
        {
            case IDefaultCaseClauseOperation:
                HasRest = true;
                break;
            case ISingleValueCaseClauseOperation single:
                TakeConstant(single.Value);
                break;
            case IPatternCaseClauseOperation pattern:
                Take(pattern.Pattern, pattern.Guard is not null);
                break;
            default:
                IsOpaque = true;
                break;
        }
    }

    /// <param name="conditional">True where a <c>when</c> follows: a member is named all the same, but a discard takes not all.</param>
    private void Take(IPatternOperation pattern, bool conditional)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                TakeConstant(constant.Value);
                break;
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either:
                Take(either.LeftPattern, conditional);
                Take(either.RightPattern, conditional);
                break;
            case IDiscardPatternOperation:
            case IDeclarationPatternOperation { MatchesNull: true }:
                HasRest |= !conditional;
                IsOpaque |= conditional;
                break;
            default:
                IsOpaque = true;
                break;
        }
    }

    private void TakeConstant(IOperation value)
    {
        if (value.ConstantValue is { HasValue: true, Value: { } number })
        {
            _named.Add(number);
        }
    }

    private IEnumerable<IFieldSymbol> Members()
    {
        var seen = new HashSet<object>();
        return Type.GetMembers().OfType<IFieldSymbol>().Where(member => member.HasConstantValue && seen.Add(member.ConstantValue!));
    }
}
