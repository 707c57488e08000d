using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MobikeX.Generators.Binding;

namespace MobikeX.Generators.Tests;

/// <summary>A field, a role or a parameter may have the name of any local or parameter in generated code, or one that generated code makes of another's.</summary>
public partial class EmitLocalsTests
{
    /// <summary>Fields, of which each has a name that no generated code has; <c>?</c> stands for it, <c>#</c> for its number.</summary>
    private static readonly string[] Kinds =
    [
        "?: { bits: 8, max: 9 }",
        "?: { bits: 24, values: [1, 2] }",
        "?: { registry: KIND }",
        "?: { octets: 4 }",
        "?: { octets: 40 }",
        "?: { address: IPv4 }",
        "?: { struct: INNER }",
        "?: { struct: VIEW }",
        "?: { flag: true };f#: { flag: true };g#: { flag: true };reserved: 5",
        "?: { flag: true };reserved: 7;x#: { struct: INNER, when: ? }",
        "x#: { flag: true };reserved: 7;?: { struct: INNER, when: x# }",
        "?: { bits: 8 };x#: { octets: { size: ? }, max: 16 }",
        "x#: { bits: 8 };?: { octets: { size: x#, sizes: [4, 8] } }",
        "x#: { bits: 32 };?: { octets: { size: x# }, min: 1 }",
        "x#: { bits: 8 };?: { list: { bits: 16 }, count: x#, min: 1 }",
        "x#: { bits: 8 };?: { list: { registry: STRICT }, count: x# }",
        "?: { bits: 8 };x#: { list: { struct: INNER }, size: ? }",
        "x#: { bits: 8 };?: { list: { struct: INNER }, count: x# }",
        "x#: { bits: 8 };?: { list: { struct: VIEW }, size: x#, min: 1 }",
        "?: { registry: FAMILY };x#: { address: { by: ?, IPv4: four, IPv6: six } }",
        "x#: { registry: FAMILY };?: { address: { by: x#, IPv4: four, IPv6: six } }",
    ];

    /// <summary>A name stands as one of so many kinds of field: as all of them it would take the compiler a minute.</summary>
    private const int KindsApart = 7;

    [Fact]
    public void No_local_of_generated_code_stands_in_the_way_of_a_name()
    {
        // What is declared where all names are known: locals of the code itself, and what it puts behind a name.
        string[] locals = [.. EmittedCode.AssertCompiles(Spec(["zzq"])).SyntaxTrees.SelectMany(Declared).Distinct().Where(name => !Numbered().IsMatch(name)).Order(StringComparer.Ordinal)];
        string[] own = [.. locals.Where(name => !name.Contains("zzq", StringComparison.OrdinalIgnoreCase))];
        string[] endings = [.. locals.Where(name => name.StartsWith("zzq", StringComparison.Ordinal)).Select(name => name["zzq".Length..])];
        Assert.Superset(new HashSet<string> { "source", "failure", "offset", "element" }, own.ToHashSet());
        Assert.Superset(new HashSet<string> { "", "Length", "Octets", "Reader" }, endings.ToHashSet());

        HashSet<string> reserved = [.. NamesInCode.OfStruct, .. NamesInCode.OfNotify, .. NamesInCode.OfUnion, "Host"];
        string[] names =
        [
            .. own.Concat(["bits0", "bits1", "padding0", "padding1"])
                .Concat(endings.Select(ending => "before" + ending)).Reverse()
                .Concat(endings.Select(ending => "after" + ending))
                .DistinctBy(name => ClrNames.From(name), StringComparer.OrdinalIgnoreCase)
                .Where(name => ClrNames.From(name) is { } clrName && !reserved.Contains(clrName) && !name.StartsWith("reserved", StringComparison.Ordinal)),
        ];

        // Methods of very many locals take the compiler more than their share.
        Assert.All(names.Chunk(30), some => EmittedCode.AssertCompiles(Spec(some)));
    }

    /// <summary>Each name as some kinds of field, beside fields of other kinds that have the other names, so that each kind has some names; and notifies whose roles and parameters have the names.</summary>
    private static IReadOnlyList<Syntax.SpecFile> Spec(string[] names)
    {
        string structs = string.Concat(Enumerable.Range(0, Kinds.Length / KindsApart).Select(index =>
            $"  MIX{index}: {{ doc: All kinds., fields: [ {{ length0: {{ bits: 16, measures: struct }} }}, {Fields(names.Select((name, i) => (Kinds[(i + (index * KindsApart)) % Kinds.Length], name, i)))}, {{ rest0: {{ octets: rest }} }} ] }}\n"));
        string numbers = string.Join(", ", names.Select((name, i) => $"\"{name}\": {i + 2}"));
        string parameters = string.Concat(names.Select(name =>
            $"  \"{name}\": {{ doc: One., fields: [ {{ kind: {{ bits: 8, const: PARAMETER.{name} }} }}, {{ on: {{ flag: true }} }}, {{ off: {{ flag: true }} }}, {{ reserved: 6 }}, {{ what: {{ registry: KIND }} }} ] }}\n"));
        string Roles(string count) => string.Join(", ", names.Select(name => $"\"{name}\": {{ parameter: \"{name}\", count: {count}, where: {{ on: true }} }}, \"{name}-second1\": {{ parameter: \"{name}\", count: 0..1, where: {{ on: false }} }}"));
        string rules = $"rules: [ {{ some-present: [\"{names[0]}\", \"{names[0]}-second1\"], reason: None. }}, {{ same: [\"{names[0]}.off\", \"{names[0]}-second1.off\"], reason: Other. }} ]";
        return SpecSources.Demo($$"""
            imports: [carrier.yaml]
            registries:
              KIND: { doc: A kind., width: 8, values: { A: 1 } }
              STRICT: { doc: A kind., width: 8, values: { A: 1 }, unnamed: malformed }
              FAMILY: { doc: A family., width: 8, values: { four: 4, six: 6 }, unnamed: malformed }
              carrier.PARAMETER: { values: { {{numbers}} } }
            structs:
              INNER: { doc: Inner., fields: [ { kind: { registry: KIND } } ] }
              VIEW: { doc: A view., fields: [ { size: { bits: 8 } }, { what: { octets: { size: size } } }, { kind: { registry: KIND } } ] }
            {{structs}}
            parameters:
            {{parameters}}
            notifies:
              ONE: { doc: One., code: 20000, parameters: { {{Roles("1")}} } }
              SOME: { doc: Some., code: 20001, parameters: { {{Roles("0..1")}} }, {{rules}} }
              MANY: { doc: Many., code: 20002, parameters: { {{Roles("1..*")}} }, {{rules.Replace("off", "on", StringComparison.Ordinal)[..rules.IndexOf(", { same", StringComparison.Ordinal)]}} ] }
            """);
    }

    private static string Fields(IEnumerable<(string Kind, string Name, int Number)> fields) => string.Join(", ", fields
        .SelectMany(field => field.Kind.Replace("?", $"\"{field.Name}\"", StringComparison.Ordinal).Replace("#", $"q{field.Number}", StringComparison.Ordinal).Split(';'))
        .Select(field => $"{{ {field} }}"));

    private static IEnumerable<string> Declared(SyntaxTree tree) => tree.GetRoot().DescendantNodes().Select(node => node switch
    {
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        ForEachStatementSyntax loop => loop.Identifier.ValueText,
        VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax or ForStatementSyntax } local => local.Identifier.ValueText,
        _ => "",
    }).Where(name => name.Length > 0);

    /// <summary>Names of the spec's own fields, which have a number, and the locals made of them.</summary>
    [GeneratedRegex("^[a-z]q?[0-9]|[a-z][0-9]")]
    private static partial Regex Numbered();
}
