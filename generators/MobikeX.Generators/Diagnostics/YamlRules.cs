using Microsoft.CodeAnalysis;

namespace MobikeX.Generators.Diagnostics;

/// <summary>The text of a file is not YAML, or YAML that specs do not use.</summary>
internal static class YamlRules
{
    private const string Category = "MobikeX.Yaml";

    public static readonly DiagnosticDescriptor Syntax = new(
        "MBX0001",
        "The file is not well-formed YAML",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX0001.md");

    public static readonly DiagnosticDescriptor TooLarge = new(
        "MBX0002",
        "The file is too large",
        "A spec file has at most {0} characters: split it and name the parts under \"includes\"",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX0002.md");

    public static readonly DiagnosticDescriptor TooDeep = new(
        "MBX0003",
        "The YAML is nested too deeply",
        "A spec nests at most {0} levels deep; what follows is not read",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX0003.md");

    public static readonly DiagnosticDescriptor Alias = new(
        "MBX0004",
        "Anchors and aliases are not part of the spec language",
        "'{0}' is an anchor or an alias, which specs do not use: write the value out, or make it a struct of its own",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX0004.md");

    public static readonly DiagnosticDescriptor Tag = new(
        "MBX0005",
        "Tags are not part of the spec language",
        "'{0}' is a tag, which specs do not use: the place of a value says what it is",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX0005.md");

    public static readonly DiagnosticDescriptor ComplexKey = new(
        "MBX0006",
        "A key is a single value",
        "A key is a single value, not a list or a mapping",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX0006.md");

    public static readonly DiagnosticDescriptor DuplicateKey = new(
        "MBX0007",
        "A key stands twice",
        "The key '{0}' stands twice in this mapping; the first is kept",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX0007.md");

    public static readonly DiagnosticDescriptor SecondDocument = new(
        "MBX0008",
        "A file holds one document",
        "A spec file holds one YAML document: what follows \"---\" is not read",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX0008.md");
}
