using Microsoft.CodeAnalysis;

namespace MobikeX.Generators.Diagnostics;

/// <summary>The spec says something that cannot be read from octets or written to them, or that contradicts itself.</summary>
internal static class WireRules
{
    private const string Category = "MobikeX.Wire";

    public static readonly DiagnosticDescriptor NotWholeOctets = new(
        "MBX2001",
        "Fields do not end on an octet",
        "{0}: only {1} of the 8 bits of an octet are used where {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2001.md");

    public static readonly DiagnosticDescriptor DoesNotFit = new(
        "MBX2002",
        "A number does not fit its width",
        "{0}: {1} does not fit {2} bits, which hold at most {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2002.md");

    public static readonly DiagnosticDescriptor DuplicateNumber = new(
        "MBX2003",
        "A number is named twice",
        "{0}: {1} is already '{2}'; a second name for a number says \"alias: true\", a notify that reads it anew says \"redefines\"",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2003.md");

    public static readonly DiagnosticDescriptor Unresolved = new(
        "MBX2004",
        "A name that is declared nowhere",
        "{0}: there is no {1} named '{2}'{3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2004.md");

    public static readonly DiagnosticDescriptor Ambiguous = new(
        "MBX2005",
        "A name that could be two things",
        "{0}: '{1}' could be {2}; write the name of the spec before it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2005.md");

    public static readonly DiagnosticDescriptor RangeConflict = new(
        "MBX2006",
        "Ranges or values overlap",
        "{0}: {1} lies in the {2} numbers {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2006.md");

    public static readonly DiagnosticDescriptor BadWidth = new(
        "MBX2007",
        "A width that a field cannot have",
        "{0}: {1} bits is no width that {2} can have; it has {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2007.md");

    public static readonly DiagnosticDescriptor FieldReference = new(
        "MBX2008",
        "A field refers to a field that cannot serve it",
        "{0}: '{1}' is not {2} before this one{3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2008.md");

    public static readonly DiagnosticDescriptor DerivedTwice = new(
        "MBX2009",
        "A field is derived from two others",
        "{0}: '{1}' is derived already from '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2009.md");

    public static readonly DiagnosticDescriptor RestNotLast = new(
        "MBX2010",
        "A field of open length is not the last",
        "{0}: it takes the rest of the input, so '{1}' after it could never be read",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2010.md");

    public static readonly DiagnosticDescriptor EmptyBounds = new(
        "MBX2011",
        "Bounds that nothing meets",
        "{0}: no value is possible: the minimum {1} is above the maximum {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2011.md");

    public static readonly DiagnosticDescriptor ParameterType = new(
        "MBX2012",
        "A parameter does not begin with its type",
        "{0}: the first field of a parameter is a \"const\" of the registry {1}{2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2012.md");

    public static readonly DiagnosticDescriptor DuplicateParameter = new(
        "MBX2013",
        "Two parameters of one type",
        "{0}: the type {1} is already that of '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2013.md");

    public static readonly DiagnosticDescriptor NotifyClass = new(
        "MBX2014",
        "The class and the code of a notify disagree",
        "{0}: the code {1} is that of a {2} notify, the class says {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2014.md");

    public static readonly DiagnosticDescriptor NotifyCode = new(
        "MBX2015",
        "A notify without a code",
        "{0}: there is no \"code\", and the registry {1} has no '{2}'{3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2015.md");

    public static readonly DiagnosticDescriptor Redefines = new(
        "MBX2016",
        "A notify redefines what it cannot",
        "{0}: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2016.md");

    public static readonly DiagnosticDescriptor NotifyData = new(
        "MBX2017",
        "The data of a notify are said twice",
        "{0}: a notify has one of \"parameters\", \"fields\" and \"data\", not {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2017.md");

    public static readonly DiagnosticDescriptor RolesAlike = new(
        "MBX2018",
        "Two roles cannot be told apart",
        "{0}: a parameter that plays '{1}' could play '{2}' as well; tell them apart with \"where\"",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2018.md");

    public static readonly DiagnosticDescriptor Rule = new(
        "MBX2019",
        "A rule that says nothing",
        "{0}: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2019.md");

    public static readonly DiagnosticDescriptor Recursive = new(
        "MBX2020",
        "A struct contains itself",
        "{0}: the struct '{1}' contains itself, so it has no length",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2020.md");

    public static readonly DiagnosticDescriptor OptionalView = new(
        "MBX2021",
        "An optional struct that is a view",
        "{0}: '{1}' holds a view on the message, so it cannot be optional",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2021.md");

    public static readonly DiagnosticDescriptor ByLength = new(
        "MBX2022",
        "Lengths that do not tell the address family",
        "{0}: with {1} the struct has {2} octets, not {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2022.md");

    public static readonly DiagnosticDescriptor BadCount = new(
        "MBX2023",
        "Not a count",
        "{0}: '{1}' is no count; a count is 1, 0..1, 0..*, 1..* or n..m",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2023.md");

    public static readonly DiagnosticDescriptor TooLong = new(
        "MBX2024",
        "A struct is too large",
        "{0}: the struct has more than {1} {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2024.md");

    public static readonly DiagnosticDescriptor LittleEndianBits = new(
        "MBX2025",
        "Bits in little-endian order",
        "{0}: in a little-endian struct a number of {1} bits that is not whole octets has no place",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2025.md");

    public static readonly DiagnosticDescriptor NoNotifyPayload = new(
        "MBX2026",
        "Notifies without a carrier",
        "{0}: neither the spec nor its imports say with \"notify-payload\" what carries a notify",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2026.md");

    public static readonly DiagnosticDescriptor NotFlag = new(
        "MBX2027",
        "A condition on what is no flag",
        "{0}: '{1}' is not a flag of the parameter {2} that a sender gives{3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2027.md");

    public static readonly DiagnosticDescriptor UnionMember = new(
        "MBX2028",
        "Members of a union that cannot be told apart",
        "{0}: the constants of '{1}' do not tell it from {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2028.md");

    public static readonly DiagnosticDescriptor ListElement = new(
        "MBX2029",
        "Elements of a list that have no end",
        "{0}: '{1}' {2}, so a list of it has no end of its own",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Base + "MBX2029.md");
}
