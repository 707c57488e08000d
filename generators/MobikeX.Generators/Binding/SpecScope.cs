using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>The sections of a spec whose elements have names.</summary>
internal enum Section
{
    Registries,
    Structs,
    Unions,
    Parameters,
    Notifies,
    Reactions,
    Constants,
    Traits,
    Errata,
    Machines,
}

/// <summary>An element as it stands in the YAML, under its name.</summary>
/// <param name="ClrName">Null where the name is at fault, which is reported: the element is not bound.</param>
internal sealed record Declaration(SpecScope Owner, Section Section, YamlScalar NameNode, YamlNode Body, string? ClrName)
{
    public string Name => NameNode.Value;

    /// <summary>False where the element is at fault or broken off in the file: who refers to it is dropped without a word.</summary>
    public bool Usable => ClrName is not null && !Body.Truncated;

    /// <summary>True where the spec of this one knows that of the other, and so hides what that says.</summary>
    public bool IsNearerThan(Declaration other) => Owner != other.Owner && Owner.Closure.Contains(other.Owner);

    public bool Equals(Declaration? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>A spec with its files, its imports and the names it declares, before anything is bound.</summary>
internal sealed class SpecScope(string name, string @namespace, string title, string document, YamlDocument main, YamlNode nameNode)
{
    private readonly Dictionary<(Section, string), Declaration> _declarations = [];
    private readonly Dictionary<Section, List<Declaration>> _sections = [];
    private IReadOnlyList<SpecScope>? _closure;

    public string Name { get; } = name;

    public string Namespace { get; } = @namespace;

    public string Title { get; } = title;

    public string Document { get; } = document;

    public YamlDocument Main { get; } = main;

    /// <summary>True where the project wants the types for itself alone.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Where faults of the spec as a whole are reported.</summary>
    public YamlNode NameNode { get; } = nameNode;

    /// <summary>The main file first, then its parts in the order of <c>includes</c>.</summary>
    public List<YamlDocument> Files { get; } = [main];

    public List<SpecScope> Imports { get; } = [];

    /// <summary>Where each import is said.</summary>
    public Dictionary<SpecScope, YamlScalar> ImportNodes { get; } = [];

    /// <summary>C# names of the types that are generated from the spec.</summary>
    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The next part of each namespace inside of the spec's: no type there can have that name.</summary>
    public IReadOnlyCollection<string> InnerNamespaces { get; set; } = [];

    /// <summary>True where an import or a part is missing or a file broke off: a name that is not found may be there.</summary>
    public bool Incomplete { get; set; }

    /// <summary>This spec, then its imports and theirs, nearest first. Imports have no circles by now.</summary>
    public IReadOnlyList<SpecScope> Closure
    {
        get
        {
            if (_closure is null)
            {
                var found = new List<SpecScope> { this };
                for (int i = 0; i < found.Count; i++)
                {
                    found.AddRange(found[i].Imports.Where(s => !found.Contains(s)));
                }

                _closure = found;
            }

            return _closure;
        }
    }

    /// <summary>Where the import stands that brings in a spec, and if there is a choice, not <paramref name="other"/> as well.</summary>
    public YamlScalar ImportOf(SpecScope spec, SpecScope other)
    {
        SpecScope[] bringing = [.. Imports.Where(import => import.Closure.Contains(spec))];
        return ImportNodes[bringing.FirstOrDefault(import => !import.Closure.Contains(other)) ?? bringing[0]];
    }

    /// <summary>C# names of types of imports that alone would mean another type here, or could mean two.</summary>
    public IEnumerable<string> SharedNames() =>
        Closure.Where(s => s != this)
            .SelectMany(s => s.Types)
            .GroupBy(name => name, StringComparer.Ordinal)
            .Where(name => name.Count() > 1 || Types.Contains(name.Key) || InnerNamespaces.Contains(name.Key))
            .Select(name => name.Key)
            .OrderBy(name => name, StringComparer.Ordinal);

    /// <summary>A key at the top of one of the files.</summary>
    public YamlEntry? TopLevel(string key) => Files.Select(f => (f.Root as YamlMapping)?.Find(key)).FirstOrDefault(e => e is not null);

    /// <summary>What a key at the top says, in this spec or in the nearest import that has it; read once for each.</summary>
    public T? Nearest<T>(string key, Dictionary<SpecScope, T?> known, Func<SpecScope, YamlEntry, T?> read)
        where T : class
    {
        if (Closure.FirstOrDefault(s => s.TopLevel(key) is not null) is not { } owner)
        {
            return null;
        }

        if (!known.TryGetValue(owner, out T? value))
        {
            known[owner] = value = read(owner, owner.TopLevel(key)!);
        }

        return value;
    }

    public IReadOnlyList<Declaration> All(Section section) => _sections.TryGetValue(section, out List<Declaration>? list) ? list : [];

    public Declaration? Find(Section section, string name) => _declarations.TryGetValue((section, name), out Declaration? found) ? found : null;

    public void Add(Declaration declaration)
    {
        _declarations[(declaration.Section, declaration.Name)] = declaration;
        if (!_sections.TryGetValue(declaration.Section, out List<Declaration>? list))
        {
            _sections[declaration.Section] = list = [];
        }

        list.Add(declaration);
    }
}
