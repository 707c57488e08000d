using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Binding;

/// <summary>From the files of a project to specs: which file is a spec, which a part of one, which imports which.</summary>
internal sealed class SpecFiles
{
    private static readonly string[] Visibilities = ["public", "internal"];

    private readonly DiagnosticBag _diagnostics;
    private readonly IReadOnlyList<YamlDocument> _documents;
    private readonly Dictionary<string, YamlDocument> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<YamlDocument, SpecScope> _specs = [];

    private SpecFiles(IReadOnlyList<YamlDocument> documents, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        foreach (YamlDocument document in documents)
        {
            _byPath[SpecPath.Normalize(document.Path)] = document;
        }

        // A project may name a file twice, by itself and by a pattern.
        _documents = [.. documents.Where(d => _byPath[SpecPath.Normalize(d.Path)] == d)];
    }

    /// <summary>The specs, imports before those that import them. Files come in the order of their paths, whatever the order they were given in.</summary>
    public static IReadOnlyList<SpecScope> Read(IEnumerable<YamlDocument> documents, DiagnosticBag diagnostics)
    {
        var files = new SpecFiles([.. documents.OrderBy(d => d.Path, StringComparer.Ordinal)], diagnostics);
        files.ReadHeads();
        var ordered = new List<SpecScope>();
        foreach (SpecScope spec in files._specs.Values)
        {
            files.ReadIncludes(spec);
            files.ReadImports(spec);
        }

        files.ReportStrayParts();
        foreach (SpecScope spec in files._specs.Values)
        {
            files.Order(spec, [], ordered);
        }

        return ordered;
    }

    private void ReadHeads()
    {
        var byName = new Dictionary<string, SpecScope>(StringComparer.Ordinal);

        // Files are named by namespace and type, and case tells no two of them apart.
        var byNamespace = new Dictionary<string, SpecScope>(StringComparer.OrdinalIgnoreCase);
        foreach (YamlDocument document in _documents)
        {
            if (document.Root is null && document.Diagnostics.Count == 0)
            {
                _diagnostics.Add(SpecDiagnostic.Create(ShapeRules.NoSpec, SpecSpan.Top(document.Path)));
            }

            if (document.Root is null || KeyReader.Expect<YamlMapping>(document.Root, "a mapping", _diagnostics) is not { } root)
            {
                continue;
            }

            if (root.Find("spec") is null)
            {
                if (root.Find("part-of") is { } owner)
                {
                    KeyReader.Expect<YamlScalar>(owner.Value, "a single value", _diagnostics);
                }
                else if (!document.Truncated)
                {
                    _diagnostics.Add(SpecDiagnostic.Create(ShapeRules.NoSpec, SpecSpan.Top(document.Path)));
                }

                continue;
            }

            if (ReadHead(document, root) is not { } spec)
            {
                continue;
            }

            if (byName.TryGetValue(spec.Name, out SpecScope? other))
            {
                _diagnostics.Report(ProjectRules.DuplicateSpec, spec.NameNode, spec.Name, SpecPath.NameOf(other.Main.Path));
            }
            else if (byNamespace.TryGetValue(spec.Namespace, out other))
            {
                _diagnostics.Report(ProjectRules.SharedNamespace, root.Find("namespace")!.Value, spec.Namespace, other.Name);
            }
            else
            {
                byName[spec.Name] = byNamespace[spec.Namespace] = _specs[document] = spec;
            }
        }
    }

    private SpecScope? ReadHead(YamlDocument document, YamlMapping root)
    {
        YamlNode at = root.Find("spec")!.Key;
        KeyReader keys = KeyReader.Of(root, at, _diagnostics)!;
        YamlScalar? name = keys.RequireScalar("spec");
        YamlScalar? title = keys.RequireScalar("title");
        YamlScalar? source = keys.RequireScalar("document");
        YamlScalar? space = keys.RequireScalar("namespace");
        if (name is not null && (name.Value.Length == 0 || !name.Value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_')))
        {
            _diagnostics.Report(ShapeRules.BadName, name, name.Value, "the name of a spec: letters, digits, '-' and '_'");
            name = null;
        }

        if (space is not null && !ClrNames.IsNamespace(space.Value))
        {
            _diagnostics.Report(ShapeRules.BadName, space, space.Value, "a namespace: names with dots between them, none of which C# reserves");
            space = null;
        }

        return name is null || space is null
            ? null
            : new SpecScope(name.Value, NamespaceOf(document, space.Value), title?.Value ?? "", source?.Value ?? "", document, name)
            {
                Incomplete = document.Truncated,
                IsInternal = IsInternal(document),
            };
    }

    /// <summary>The namespace that the project asks for, or the spec's own.</summary>
    private string NamespaceOf(YamlDocument document, string own)
    {
        string wanted = document.File.Namespace;
        if (wanted.Length == 0 || ClrNames.IsNamespace(wanted))
        {
            return wanted.Length == 0 ? own : wanted;
        }

        ReportItem(document, "Namespace", wanted, "a namespace", "");
        return own;
    }

    private bool IsInternal(YamlDocument document)
    {
        string wanted = document.File.Visibility;
        if (!Visibilities.Contains(wanted, StringComparer.OrdinalIgnoreCase) && wanted.Length > 0)
        {
            ReportItem(document, "Visibility", wanted, "public or internal", Suggestion.For(wanted, Visibilities));
        }

        return string.Equals(wanted, "internal", StringComparison.OrdinalIgnoreCase);
    }

    private void ReportItem(YamlDocument document, string metadata, string value, string expected, string suggestion) =>
        _diagnostics.Add(SpecDiagnostic.Create(ProjectRules.ItemMetadata, SpecSpan.Top(document.Path), metadata, value, expected, suggestion));

    private void ReadIncludes(SpecScope spec)
    {
        foreach (YamlScalar path in References(spec, "includes"))
        {
            if (Locate(spec, path) is not { } part)
            {
                continue;
            }

            YamlNode? owner = (part.Root as YamlMapping)?.Find("part-of")?.Value;
            if (owner is YamlScalar { Value: var name } && name == spec.Name)
            {
                if (!spec.Files.Contains(part))
                {
                    spec.Files.Add(part);
                    spec.Incomplete |= part.Truncated;
                }

                continue;
            }

            // What broke off, or says "part-of" in another way than by a name, is reported as that.
            spec.Incomplete = true;
            if (owner is YamlScalar { IsNull: false } || (owner is null && part.Root is { Truncated: false }))
            {
                string says = owner is YamlScalar other ? $"\"part-of: {other.Value}\"" : "no \"part-of\"";
                _diagnostics.Report(ProjectRules.IncludesOther, path, path.Value, spec.Name, says);
            }
        }
    }

    private void ReadImports(SpecScope spec)
    {
        foreach (YamlScalar path in References(spec, "imports"))
        {
            if (Locate(spec, path) is not { } document)
            {
                continue;
            }

            if (_specs.TryGetValue(document, out SpecScope? imported))
            {
                if (imported.IsInternal && !spec.IsInternal)
                {
                    _diagnostics.Report(ProjectRules.LessVisible, path, path.Value);
                }

                if (!spec.Imports.Contains(imported))
                {
                    spec.Imports.Add(imported);
                    spec.ImportNodes[imported] = path;
                }

                continue;
            }

            spec.Incomplete = true;
            if ((document.Root as YamlMapping)?.Find("part-of")?.Value is YamlScalar owner)
            {
                _diagnostics.Report(ProjectRules.ImportsPart, path, path.Value, $"a part of '{owner.Value}'");
            }
        }
    }

    private IEnumerable<YamlScalar> References(SpecScope spec, string key) =>
        KeyReader.Of(spec.Main.Root!, spec.NameNode, _diagnostics)!.Scalars(key);

    private YamlDocument? Locate(SpecScope spec, YamlScalar path)
    {
        string folder = SpecPath.Normalize(spec.Main.Path);
        folder = folder.Contains('/') ? folder.Substring(0, folder.LastIndexOf('/') + 1) : "";
        if (_byPath.TryGetValue(SpecPath.Normalize(folder + path.Value), out YamlDocument? found))
        {
            return found;
        }

        spec.Incomplete = true;
        IEnumerable<string> near = _documents
            .Select(d => SpecPath.Normalize(d.Path))
            .Where(p => p.StartsWith(folder, StringComparison.Ordinal))
            .Select(p => p.Substring(folder.Length));
        _diagnostics.Report(ProjectRules.FileNotFound, path, path.Value, Suggestion.For(path.Value, near));
        return null;
    }

    private void ReportStrayParts()
    {
        foreach (YamlDocument document in _documents)
        {
            if ((document.Root as YamlMapping)?.Find("part-of")?.Value is YamlScalar { IsNull: false } owner
                && !_specs.Values.Any(s => s.Files.Contains(document) || (s.Name == owner.Value && s.Main.Truncated))
                && !_documents.Any(d => d.Root is null))
            {
                _diagnostics.Report(ProjectRules.NotIncluded, owner, owner.Value);
            }
        }
    }

    /// <summary>Depth first; an import that closes a circle is reported and cut.</summary>
    private void Order(SpecScope spec, List<SpecScope> path, List<SpecScope> ordered)
    {
        if (ordered.Contains(spec))
        {
            return;
        }

        path.Add(spec);
        foreach (SpecScope import in spec.Imports.ToList())
        {
            int start = path.IndexOf(import);
            if (start < 0)
            {
                Order(import, path, ordered);
                continue;
            }

            spec.Imports.Remove(import);
            spec.Incomplete = true;
            string circle = string.Join(" → ", path.Skip(start).Append(import).Select(s => s.Name));
            _diagnostics.Report(ProjectRules.ImportCycle, spec.ImportNodes[import], circle);
        }

        path.RemoveAt(path.Count - 1);
        ordered.Add(spec);
    }
}
