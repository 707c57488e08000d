using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>What a generated file calls the types it mentions, and the using directives that this needs.</summary>
internal sealed class TypeScope(string @namespace)
{
    private const string Global = "global::";

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
            return $"{Global}{type.Namespace}.{CSharpText.Identifier(type.ClrName)}";
        }

        Import(type.Namespace);
        return CSharpText.Identifier(type.ClrName);
    }

    /// <summary>The class of a registry's names, beside the registry: its extension methods need the using only.</summary>
    public string NamesOf(TypeRef registry) => Use(registry) + "Names";

    /// <summary>A number as it is, or a value of an enum by its full name as it is said here.</summary>
    public string Literal(string expression)
    {
        if (!expression.StartsWith(Global, StringComparison.Ordinal))
        {
            return expression;
        }

        int value = expression.LastIndexOf('.');
        int type = expression.LastIndexOf('.', value - 1);
        return Use(new TypeRef(expression.Substring(Global.Length, type - Global.Length), expression.Substring(type + 1, value - type - 1)))
            + "." + CSharpText.Identifier(expression.Substring(value + 1));
    }
}
