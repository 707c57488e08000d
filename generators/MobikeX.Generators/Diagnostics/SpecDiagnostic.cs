using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MobikeX.Generators.Model;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Diagnostics;

/// <summary>A fault in a spec: which rule, where, and the words that complete its message. Compares by value, so that a pipeline step of it is cached.</summary>
public sealed record SpecDiagnostic
{
    private readonly DiagnosticDescriptor _rule;
    private readonly EquatableArray<string> _arguments;

    private SpecDiagnostic(DiagnosticDescriptor rule, SpecSpan span, EquatableArray<string> arguments)
    {
        _rule = rule;
        _arguments = arguments;
        Span = span;
    }

    public string Id => _rule.Id;

    public SpecSpan Span { get; }

    public bool IsError => _rule.DefaultSeverity == DiagnosticSeverity.Error;

    public string HelpLink => _rule.HelpLinkUri;

    public string Message => string.Format(CultureInfo.InvariantCulture, _rule.MessageFormat.ToString(CultureInfo.InvariantCulture), [.. _arguments]);

    /// <summary>As compilers print: <c>path:line:col: error MBX1001: message</c>.</summary>
    public override string ToString() => $"{Span}: {(IsError ? "error" : "warning")} {Id}: {Message}";

    internal static SpecDiagnostic Create(DiagnosticDescriptor rule, SpecSpan span, params object[] arguments) =>
        new(rule, span, arguments.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture) ?? "").ToEquatableArray());

    internal Diagnostic ToDiagnostic()
    {
        Location location = Span.Path.Length == 0
            ? Location.None
            : Location.Create(
                Span.Path,
                new TextSpan(Span.Start, Span.Length),
                new LinePositionSpan(new LinePosition(Span.StartLine, Span.StartColumn), new LinePosition(Span.EndLine, Span.EndColumn)));
        return Diagnostic.Create(_rule, location, [.. _arguments]);
    }
}
