using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Diagnostics;

/// <summary>Makes a diagnostic of an exception, so that it never leaves the generator.</summary>
internal static class InternalFault
{
    /// <param name="what">What was worked on: a file, a spec, a generated file.</param>
    public static SpecDiagnostic Of(string what, SpecSpan span, Exception exception) =>
        SpecDiagnostic.Create(InternalRules.Failure, span.Path is null ? SpecSpan.Top("") : span, what, $"{exception.GetType().Name}: {exception.Message.Replace('\r', ' ').Replace('\n', ' ')}");
}
