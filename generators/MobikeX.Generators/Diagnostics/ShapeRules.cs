using Microsoft.CodeAnalysis;

namespace MobikeX.Generators.Diagnostics;

/// <summary>The YAML is sound, but not of the shape that the spec language has.</summary>
internal static class ShapeRules
{
    private const string Category = "MobikeX.Shape";

    public static readonly DiagnosticDescriptor UnknownKey = new(
        "MBX1001",
        "Unknown key",
        "{0}: the key '{1}' means nothing here{2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX1001.md");

    public static readonly DiagnosticDescriptor MissingKey = new(
        "MBX1002",
        "Missing key",
        "{0}: the key '{1}' is missing",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX1002.md");

    public static readonly DiagnosticDescriptor WrongShape = new(
        "MBX1003",
        "Wrong kind of value",
        "{0}: {1} is expected here, not {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX1003.md");

    public static readonly DiagnosticDescriptor WrongWord = new(
        "MBX1004",
        "Unknown word",
        "{0}: '{1}' is none of {2}{3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX1004.md");

    public static readonly DiagnosticDescriptor NotNumber = new(
        "MBX1005",
        "Not a number or a range",
        "{0}: '{1}' is not {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX1005.md");

    public static readonly DiagnosticDescriptor BadName = new(
        "MBX1006",
        "A name that C# cannot have",
        "{0}: '{1}' is not {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX1006.md");

    public static readonly DiagnosticDescriptor DuplicateElement = new(
        "MBX1007",
        "An element is declared twice",
        "{0}: '{1}' is declared already in {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX1007.md");

    public static readonly DiagnosticDescriptor ClrNameClash = new(
        "MBX1008",
        "Two names become one in C#",
        "{0}: '{1}' and '{2}' are both '{3}' in C# (case does not count); give one a name of its own with \"name:\"",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX1008.md");

    public static readonly DiagnosticDescriptor ClrNameTaken = new(
        "MBX1009",
        "A name that generated code uses",
        "{0}: '{1}' is '{2}' in C#, a name that generated code has for something else; give another with \"name:\"",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX1009.md");

    public static readonly DiagnosticDescriptor MissingDoc = new(
        "MBX1010",
        "An element without a description",
        "{0}: there is no \"doc\", so the generated code has no documentation for it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX1010.md");

    public static readonly DiagnosticDescriptor NoSpec = new(
        "MBX1011",
        "Neither a spec nor a part of one",
        "The file has neither \"spec\" nor \"part-of\", so it belongs to no spec",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX1011.md");

    public static readonly DiagnosticDescriptor FieldKind = new(
        "MBX1012",
        "A field of no kind, or of two",
        "{0}: a field has exactly one of {1}; here is {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX1012.md");
}
