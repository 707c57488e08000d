using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MobikeX.Analyzers;

/// <summary>A handler that still has the method of a notify, a guard or an action that its interface no longer has (MBX5003, MBX5004).</summary>
/// <remarks>The compiler says nothing of such a method: it is an ordinary one, that nobody calls.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Set where the handler implements its interface whole, so that the method is no renamed one.</summary>
    internal const string CompleteProperty = "Complete";

    private const string NotifyHandler = "INotifyHandler";

    private const string NotifyPrefix = "On";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageRules.NotifyGone, UsageRules.StepGone);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var types = new GeneratedTypes();
            // A guard or an action has no mark of its own: what is used anywhere is none that was forgotten.
            var steps = new ConcurrentDictionary<IMethodSymbol, INamedTypeSymbol>(SymbolEqualityComparer.Default);
            var used = new ConcurrentDictionary<IMethodSymbol, bool>(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(symbol => AnalyzeMethod(symbol, types, steps), SymbolKind.Method);
            start.RegisterOperationAction(
                operation => used.TryAdd(((IInvocationOperation)operation.Operation).TargetMethod.OriginalDefinition, true),
                OperationKind.Invocation);
            start.RegisterOperationAction(
                operation => used.TryAdd(((IMethodReferenceOperation)operation.Operation).Method.OriginalDefinition, true),
                OperationKind.MethodReference);
            start.RegisterCompilationEndAction(end =>
            {
                foreach (KeyValuePair<IMethodSymbol, INamedTypeSymbol> step in steps.Where(step => !used.ContainsKey(step.Key)))
                {
                    end.ReportDiagnostic(DiagnosticOf(UsageRules.StepGone, step.Key, step.Value));
                }
            });
        });
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context, GeneratedTypes types, ConcurrentDictionary<IMethodSymbol, INamedTypeSymbol> steps)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method is not { MethodKind: MethodKind.Ordinary, IsStatic: false, IsOverride: false, IsVirtual: false, IsAbstract: false, IsGenericMethod: false, DeclaredAccessibility: Accessibility.Public }
            || method.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct } type
            || types.HandlersOf(type) is not { IsEmpty: false } handlers
            || Implements(method, type))
        {
            return;
        }

        if (handlers.FirstOrDefault(handler => handler.Name == NotifyHandler) is { } notifies && IsNotifyMethod(method, types))
        {
            context.ReportDiagnostic(DiagnosticOf(UsageRules.NotifyGone, method, notifies));
        }
        else if (handlers.FirstOrDefault(handler => handler.Name != NotifyHandler) is { } machine && IsStep(method) && !IsVisibleOutside(type))
        {
            steps.TryAdd(method, machine);
        }
    }

    /// <summary>The form of a generated method: <c>void OnCookie2(in Cookie2Notify notify)</c>. A notify that is gone has left a type that is not found.</summary>
    private static bool IsNotifyMethod(IMethodSymbol method, GeneratedTypes types) =>
        method.ReturnsVoid
        && method.Parameters.Length == 1
        && method.Name.Length > NotifyPrefix.Length
        && method.Name.StartsWith(NotifyPrefix, StringComparison.Ordinal)
        && method.Parameters[0].Type is INamedTypeSymbol notify
        && (notify.TypeKind == TypeKind.Error || types.Contains(notify))
        && notify.Name == method.Name.Substring(NotifyPrefix.Length) + "Notify";

    /// <summary>The form of a guard, <c>bool Matches()</c>, or of an action, <c>void MoveTraffic()</c>.</summary>
    private static bool IsStep(IMethodSymbol method) =>
        method.Parameters.IsEmpty && (method.ReturnsVoid || method.ReturnType.SpecialType == SpecialType.System_Boolean) && !method.IsAsync;

    private static bool IsVisibleOutside(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (type.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Implements(IMethodSymbol method, INamedTypeSymbol type) => type.AllInterfaces
        .SelectMany(contract => contract.GetMembers(method.Name))
        .Any(member => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method));

    private static Diagnostic DiagnosticOf(DiagnosticDescriptor rule, IMethodSymbol method, INamedTypeSymbol handler)
    {
        // A member that nothing implements yet is most likely what became of the method.
        IEnumerable<string> open = handler.GetMembers().OfType<IMethodSymbol>()
            .Where(member => method.ContainingType.FindImplementationForInterfaceMember(member) is null)
            .Select(member => $"'{member.Name}'");
        string near = string.Join(", ", open.Take(3));
        return near.Length == 0
            ? Diagnostic.Create(rule, method.Locations[0], ImmutableDictionary<string, string?>.Empty.Add(CompleteProperty, null), method.Name, handler.Name, "")
            : Diagnostic.Create(rule, method.Locations[0], method.Name, handler.Name, $"; not implemented yet: {near}");
    }
}
