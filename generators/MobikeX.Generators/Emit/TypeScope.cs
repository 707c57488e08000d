using MobikeX.Generators.Model;

namespace MobikeX.Generators.Emit;

/// <summary>What a generated file calls the types it mentions, and the using directives that this needs.</summary>
/// <param name="sharedNames">Names of types of other specs that mean something else as well where the file stands.</param>
internal sealed class TypeScope(string @namespace, EquatableArray<string> sharedNames = default)
{
    private const string Global = "global::";

    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _usings = new(StringComparer.Ordinal) { "System.CodeDom.Compiler" };
    private readonly SortedSet<string> _specUsings = new(StringComparer.Ordinal);

    public string Namespace { get; } = @namespace;

    public IReadOnlyList<string> Usings =>
        _usings.OrderBy(name => !(name == "System" || name.StartsWith("System.", StringComparison.Ordinal))).ThenBy(name => name, StringComparer.Ordinal).ToArray();

    /// <summary>The namespaces of other specs. They stand in the file's own namespace, where types of .NET of the same names are further away.</summary>
    public IEnumerable<string> SpecUsings => _specUsings;

    public TypeScope Import(params string[] namespaces)
    {
        _usings.UnionWith(namespaces.Where(name => !IsAround(name)));
        return this;
    }

    /// <summary>Says that a name is one of a member where types are mentioned, so that a type of this name is told in full.</summary>
    public void Hide(string name) => _hidden.Add(name);

    public string Use(TypeRef type)
    {
        // Of a type that is told in full the extension methods are still asked for.
        if (!IsAround(type.Namespace))
        {
            _specUsings.Add(type.Namespace);
        }

        string name = CSharpText.Identifier(type.ClrName);
        bool isToldInFull = _hidden.Contains(type.ClrName) || (type.Namespace != Namespace && sharedNames.Contains(type.ClrName));
        return isToldInFull ? $"{Global}{type.Namespace}.{name}" : name;
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

    /// <summary>True for the file's own namespace and those that it stands in.</summary>
    private bool IsAround(string name) => name == Namespace || Namespace.StartsWith(name + ".", StringComparison.Ordinal);
}
