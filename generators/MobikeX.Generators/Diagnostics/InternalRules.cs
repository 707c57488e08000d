using Microsoft.CodeAnalysis;

namespace MobikeX.Generators.Diagnostics;

/// <summary>The generator itself is at fault.</summary>
internal static class InternalRules
{
    private const string Category = "MobikeX.Internal";

    public static readonly DiagnosticDescriptor Failure = new(
        "MBX9001",
        "The generator failed",
        "The generator failed on {0}, which is a fault of its own: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX9001.md");
}
