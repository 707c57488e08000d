using Microsoft.CodeAnalysis;

namespace MobikeX.Generators.Diagnostics;

/// <summary>The files of a project do not make a whole.</summary>
internal static class ProjectRules
{
    private const string Category = "MobikeX.Project";

    public static readonly DiagnosticDescriptor FileNotFound = new(
        "MBX4001",
        "A file is not among the spec files",
        "{0}: the file '{1}' is not among the spec files of the project{2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4001.md");

    public static readonly DiagnosticDescriptor ImportCycle = new(
        "MBX4002",
        "Specs import each other",
        "{0}: the import closes a circle: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4002.md");

    public static readonly DiagnosticDescriptor DuplicateSpec = new(
        "MBX4003",
        "Two specs of one name",
        "{0}: the spec '{1}' is already that of {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4003.md");

    public static readonly DiagnosticDescriptor ImportsPart = new(
        "MBX4004",
        "An import is not a spec",
        "{0}: '{1}' is not a spec, but {2}; only specs are imported",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4004.md");

    public static readonly DiagnosticDescriptor IncludesOther = new(
        "MBX4005",
        "An included file is not a part of this spec",
        "{0}: '{1}' is not a part of '{2}': it says {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4005.md");

    public static readonly DiagnosticDescriptor NotIncluded = new(
        "MBX4006",
        "A part that its spec does not include",
        "{0}: the spec '{1}' does not include this file, so nothing in it counts",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4006.md");

    public static readonly DiagnosticDescriptor SharedNamespace = new(
        "MBX4007",
        "Two specs of one namespace",
        "{0}: the namespace '{1}' is already that of the spec '{2}' (case does not count); their generated types would clash",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4007.md");

    public static readonly DiagnosticDescriptor UnknownTrait = new(
        "MBX4008",
        "A trait or trait value that is declared nowhere",
        "{0}: there is no {1} named '{2}'{3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4008.md");

    public static readonly DiagnosticDescriptor LanguageVersion = new(
        "MBX4009",
        "The C# version is too old",
        "The generated code needs C# 8 or later; set <LangVersion> to 8.0 or above",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4009.md");

    public static readonly DiagnosticDescriptor ItemMetadata = new(
        "MBX4010",
        "Metadata of a spec item that means nothing",
        "{0} of the MobikeXSpec item is '{1}', which is not {2}{3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4010.md");

    public static readonly DiagnosticDescriptor LessVisible = new(
        "MBX4011",
        "A public spec imports an internal one",
        "{0}: the types of '{1}' are internal, and those of this spec, which show them, are public",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4011.md");

    /// <summary>Reported by the build files of the package: a compiler that is too old does not load the generator.</summary>
    public static readonly DiagnosticDescriptor CompilerVersion = new(
        "MBX4012",
        "The compiler is too old",
        "MobikeX.Toolkit needs the C# compiler of .NET SDK 8 or Visual Studio 2022 17.8, or later (Roslyn 4.8); this build uses '{0}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4012.md");

    public static readonly DiagnosticDescriptor ImportClash = new(
        "MBX4013",
        "Two imports that do not go together",
        "{0}: '{1}' and '{2}' come from imports that do not know each other, and {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX4013.md");
}
