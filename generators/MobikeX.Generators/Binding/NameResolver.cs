using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>Finds what a name means in a spec: its own elements first, then those of its imports; <c>spec.NAME</c> where that is not enough.</summary>
internal sealed class NameResolver(DiagnosticBag diagnostics)
{
    /// <summary>Null where there is no such element, which is reported unless it may stand in what could not be read.</summary>
    public Declaration? Resolve(SpecScope scope, Section section, YamlScalar reference, Microsoft.CodeAnalysis.DiagnosticDescriptor? rule = null)
    {
        IReadOnlyList<Declaration> found = Find(scope, section, reference.Value);
        if (found.Count == 1)
        {
            return found[0].Usable ? found[0] : null;
        }

        if (found.Count > 1)
        {
            string candidates = string.Join(" or ", found.Select(d => $"'{d.Owner.Name}.{d.Name}'").OrderBy(s => s, StringComparer.Ordinal));
            diagnostics.Report(WireRules.Ambiguous, reference, reference.Value, candidates);
        }
        else if (!scope.Closure.Any(s => s.Incomplete) && !reference.Truncated)
        {
            IEnumerable<string> names = scope.Closure.SelectMany(s => s.All(section)).Select(d => d.Name);
            diagnostics.Report(rule ?? WireRules.Unresolved, reference, Word(section), reference.Value, Suggestion.For(reference.Value, names));
        }

        return null;
    }

    public static IReadOnlyList<Declaration> Find(SpecScope scope, Section section, string name)
    {
        if (scope.Find(section, name) is { } own)
        {
            return [own];
        }

        List<Declaration> all = [.. scope.Closure.Select(s => s.Find(section, name)).OfType<Declaration>()];

        // What a nearer spec declares anew hides what it imports.
        List<Declaration> found = [.. all.Where(far => !all.Any(near => near.IsNearerThan(far)))];
        if (found.Count > 0)
        {
            return found;
        }

        int dot = name.IndexOf('.');
        string specName = dot < 0 ? "" : name.Substring(0, dot);
        return scope.Closure.FirstOrDefault(s => s.Name == specName)?.Find(section, name.Substring(dot + 1)) is { } qualified ? [qualified] : [];
    }

    private static string Word(Section section) => section switch
    {
        Section.Registries => "registry",
        Section.Structs => "struct",
        Section.Unions => "union",
        Section.Parameters => "parameter",
        Section.Notifies => "notify",
        Section.Reactions => "reaction",
        Section.Constants => "constant",
        Section.Traits => "trait",
        Section.Errata => "erratum",
        _ => "machine",
    };
}
