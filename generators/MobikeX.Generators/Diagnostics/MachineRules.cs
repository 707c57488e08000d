using Microsoft.CodeAnalysis;

namespace MobikeX.Generators.Diagnostics;

/// <summary>A machine cannot be run: it does not say what happens, or says it twice.</summary>
internal static class MachineRules
{
    private const string Category = "MobikeX.Machine";

    public static readonly DiagnosticDescriptor Incomplete = new(
        "MBX3001",
        "A state does not say what an event does",
        "{0}: nothing is said about {1}; list every event or add \"otherwise\"",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX3001.md");

    public static readonly DiagnosticDescriptor NoFallback = new(
        "MBX3002",
        "The last alternative has a guard",
        "{0}: nothing is said for the case that no guard of {1} holds; end with an alternative that has no \"when\"",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX3002.md");

    public static readonly DiagnosticDescriptor Nondeterministic = new(
        "MBX3003",
        "Two alternatives with the same guards",
        "{0}: an alternative before this one has the same guards ({1})",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX3003.md");

    public static readonly DiagnosticDescriptor NeverTried = new(
        "MBX3004",
        "An alternative that is never tried",
        "{0}: an alternative before this one is taken whenever this one could be",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX3004.md");

    public static readonly DiagnosticDescriptor Unreachable = new(
        "MBX3005",
        "A state that is never reached",
        "{0}: no transition leads from '{1}' to this state",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX3005.md");

    public static readonly DiagnosticDescriptor DeadEnd = new(
        "MBX3006",
        "A state that cannot be left",
        "{0}: no transition leads out of this state; say \"final: true\" if that is meant",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX3006.md");

    public static readonly DiagnosticDescriptor Unknown = new(
        "MBX3007",
        "A machine uses what it does not declare",
        "{0}: the machine has no {1} named '{2}'{3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX3007.md");

    public static readonly DiagnosticDescriptor Contradiction = new(
        "MBX3008",
        "Guards that cannot hold together",
        "{0}: '{1}' and 'not {1}' never hold together",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX3008.md");

    public static readonly DiagnosticDescriptor FinalActs = new(
        "MBX3009",
        "A final state that is left",
        "{0}: the state is final, yet a transition leads out of it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX3009.md");

    public static readonly DiagnosticDescriptor Duration = new(
        "MBX3010",
        "A timer without a duration",
        "{0}: a timer has one of \"milliseconds\" and \"seconds\", above 0",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX3010.md");

    public static readonly DiagnosticDescriptor Step = new(
        "MBX3011",
        "A step that is none",
        "{0}: '{1}' is no step; a step is an action, \"start TIMER\" or \"stop TIMER\"",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX3011.md");
}
