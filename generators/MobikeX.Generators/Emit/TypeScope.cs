using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>What a generated file calls the types it mentions, and the using directives that this needs.</summary>
internal sealed class TypeScope(string @namespace)
{
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _usings = new(StringComparer.Ordinal) { "System.CodeDom.Compiler" };

    public string Namespace { get; } = @namespace;

    public IReadOnlyList<string> Usings =>
        _usings.OrderBy(name => !(name == "System" || name.StartsWith("System.", StringComparison.Ordinal))).ThenBy(name => name, StringComparer.Ordinal).ToArray();

    public TypeScope Import(params string[] namespaces)
    {
        foreach (string name in namespaces)
        {
            if (name != Namespace && !Namespace.StartsWith(name + ".", StringComparison.Ordinal))
            {
                _usings.Add(name);
            }
        }

        return this;
    }

    /// <summary>Says that a name is one of a member where types are mentioned, so that a type of this name is told in full.</summary>
    public void Hide(string name) => _hidden.Add(name);

    public string Use(TypeRef type)
    {
        if (_hidden.Contains(type.ClrName))
        {
            return type.FullName;
        }

        Import(type.Namespace);
        return type.ClrName;
    }

    /// <summary>The class of a registry's names, beside the registry: its extension methods need the using only.</summary>
    public string NamesOf(TypeRef registry) => Use(registry) + "Names";

    /// <summary>A member of a type by its full name, shortened to type and member.</summary>
    public string Literal(string expression)
    {
        const string Global = "global::";
        if (!expression.StartsWith(Global, StringComparison.Ordinal))
        {
            return expression;
        }

        string[] parts = expression.Substring(Global.Length).Split('.');
        if (parts.Length < 3)
        {
            return expression;
        }

        Import(string.Join(".", parts, 0, parts.Length - 2));
        return parts[parts.Length - 2] + "." + CSharpText.Identifier(parts[parts.Length - 1].TrimStart('@'));
    }
}
