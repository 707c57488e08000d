using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MobikeX.Analyzers;

/// <summary>Tells what the generator made from what else there is, in a compilation and in those it references. Each type is looked at once.</summary>
/// <remarks>By the attribute that each generated type carries: it stays in metadata, whatever the namespace and the names are.</remarks>
internal sealed class GeneratedTypes
{
    /// <summary>The tool that <c>[GeneratedCode]</c> names.</summary>
    private const string Tool = "MobikeX.Generators";

    private const string Attribute = "System.CodeDom.Compiler.GeneratedCodeAttribute";

    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    public bool Contains(INamedTypeSymbol type) => _known.GetOrAdd(type, IsGenerated);

    /// <summary>The generated enum that a type is, or is the nullable of; null where it is none.</summary>
    public INamedTypeSymbol? EnumOf(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        return type is INamedTypeSymbol { TypeKind: TypeKind.Enum } named && Contains(named) ? named : null;
    }

    /// <summary>The generated interfaces that a type implements.</summary>
    public ImmutableArray<INamedTypeSymbol> HandlersOf(INamedTypeSymbol type) =>
        type.AllInterfaces.Any(Contains) ? type.AllInterfaces.Where(Contains).ToImmutableArray() : ImmutableArray<INamedTypeSymbol>.Empty;

    /// <summary>The name of a member with its type and namespace, for code that is shortened afterwards.</summary>
    public static string WholeNameOf(IFieldSymbol member) =>
        member.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType));

    private bool IsGenerated(INamedTypeSymbol type) => type.GetAttributes().Any(attribute =>
        attribute.ConstructorArguments.Length > 0
        && attribute.ConstructorArguments[0].Value is Tool
        && attribute.AttributeClass?.ToDisplayString() == Attribute);
}
