using Microsoft.CodeAnalysis;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Diagnostics;

/// <summary>Collects what is wrong while a spec is bound. The first word of each message is the YAML path of the place.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<SpecDiagnostic> _items = [];

    /// <summary>In the order of files and places, each once.</summary>
    public IEnumerable<SpecDiagnostic> Items => _items
        .Distinct()
        .OrderBy(d => d.Span.Path, StringComparer.Ordinal)
        .ThenBy(d => d.Span.Start)
        .ThenBy(d => d.Id, StringComparer.Ordinal)
        .ThenBy(d => d.Message, StringComparer.Ordinal);

    public void Report(DiagnosticDescriptor rule, YamlNode at, params object[] arguments)
    {
        string path = at.Path;
        _items.Add(SpecDiagnostic.Create(rule, at.Span, [path.Length == 0 ? "top level" : path, .. arguments]));
    }

    public void Add(SpecDiagnostic diagnostic) => _items.Add(diagnostic);

    public void AddRange(IEnumerable<SpecDiagnostic> diagnostics) => _items.AddRange(diagnostics);
}
