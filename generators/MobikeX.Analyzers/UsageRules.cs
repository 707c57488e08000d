using Microsoft.CodeAnalysis;
using MobikeX.Generators.Diagnostics;

namespace MobikeX.Analyzers;

/// <summary>C# that uses what a spec generates no longer says what the spec says.</summary>
internal static class UsageRules
{
    private const string Category = "MobikeX.Usage";

    public static readonly DiagnosticDescriptor MissingMembers = new(
        "MBX5001",
        "A switch misses members that the spec has",
        "The switch over '{0}' misses {1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX5001.md");

    public static readonly DiagnosticDescriptor HiddenMembers = new(
        "MBX5002",
        "A switch takes members of the spec for the rest",
        "The switch over '{0}' takes {1} for the rest",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX5002.md");

    public static readonly DiagnosticDescriptor NotifyGone = new(
        "MBX5003",
        "A handler of a notify that the spec does not have",
        "'{0}' implements nothing: '{1}' has no method for such a notify{2}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX5003.md");

    public static readonly DiagnosticDescriptor StepGone = new(
        "MBX5004",
        "A guard or an action that the machine does not have",
        "'{0}' implements nothing and nothing calls it: '{1}' has no such guard or action{2}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX5004.md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor NumberForName = new(
        "MBX5005",
        "A number where the spec has a name",
        "{0} is '{1}' in the spec",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX5005.md");
}
