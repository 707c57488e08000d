using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MobikeX.Generators.Binding;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>Whatever a document calls things, what is generated compiles without a warning, or a diagnostic asks for another name.</summary>
public class EmitNamesTests
{
    /// <summary>Names that would end a text or a comment, words of C#, and names that generated members have for themselves.</summary>
    public static TheoryData<string> Names =>
    [
        "A\\\"B", "A<B>", "A&B", "A\\nB", "A\\u2028B", "A\\uFFFEB", "A*/B", "{0}", "straße", "日本", "3DES", "No Next",
        "class", "record", "value", "field", "hex", "array", "math", "nullable", "ip-address", "short-octets", "failure", "failure-of", "not-understood", "check",
        "flags", "bits", "padding", "source", "offset", "data-length", "IP_VERSION",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_compiles_in_every_place(string name) => EmittedCode.AssertCompiles(SpecSources.Demo($$"""
        imports: [carrier.yaml]
        registries:
          carrier.PARAMETER: { values: { OTHER: 2 } }
          "{{name}}": { doc: "{{name}}", width: 8, values: { "{{name}}": { value: 1, doc: "{{name}}" } }, name: Numbers }
        structs:
          "{{name}}":
            doc: "{{name}}"
            name: Structure
            fields:
              - "{{name}}": { bits: 24, unit: "{{name}}", doc: "{{name}}" }
              - wide: { bits: 24 }
              - kind: { registry: "{{name}}" }
              - host: { address: IPv4 }
              - key: { octets: 4 }
              - long: { octets: 40 }
              - again: { list: { bits: 16 }, count: rest }
        parameters:
          "{{name}}":
            doc: "{{name}}"
            name: Whole
            fields:
              - type: { bits: 8, const: PARAMETER.OTHER }
              - "{{name}}": { flag: true }
              - other: { flag: true }
              - reserved: 6
              - number: { registry: "{{name}}" }
        traits:
          "{{name}}": { doc: "{{name}}", values: { "{{name}}": "{{name}}" }, name: Mood }
        reactions:
          "{{name}}": { doc: "{{name}}", answer: PING }
        constants:
          "{{name}}": { doc: "{{name}}", value: 1, unit: "{{name}}" }
        notifies:
          "{{name}}":
            doc: "{{name}}"
            name: Told
            code: 20000
            parameters:
              "{{name}}": { parameter: "{{name}}", count: 1, where: { "{{name}}": true } }
              second: { parameter: "{{name}}", count: 0..1, where: { "{{name}}": false } }
            rules:
              - { same: ["{{name}}.other", second.other], reason: "{{name}}" }
            traits: { "{{name}}": "{{name}}" }
            malformed: "{{name}}"
          VIEW:
            doc: "{{name}}"
            code: 20001
            parameters:
              "{{name}}": { parameter: "{{name}}", count: 0..* }
        machines:
          MACHINE:
            doc: "{{name}}"
            initial: "{{name}}"
            events: { "{{name}}": { doc: "{{name}}", name: Happened } }
            guards: { "{{name}}": "{{name}}" }
            actions: { do: Acts. }
            timers: { "{{name}}": { seconds: 1, raises: "{{name}}" } }
            states:
              "{{name}}": { on: { "{{name}}": [ { when: ["{{name}}"], do: [do], react: "{{name}}" }, { to: END } ] } }
              END: { final: true }
        """));

    /// <summary>The length of the last is given to the writer that leaves it out; that of the other is its own.</summary>
    [Fact]
    public void Octets_may_be_called_as_the_last_with_something_before_it() => EmittedCode.AssertCompiles(SpecSources.Demo("""
        structs:
          FRAME: { doc: A frame., fields: [ { length: { bits: 16, measures: struct } }, { size: { bits: 8 } }, { own: { octets: { size: size }, name: my_data } }, { data: { octets: rest } } ] }
        """));

    [Theory]
    [InlineData("structs", "IP_ADDRESS")]
    [InlineData("structs", "ARRAY")]
    [InlineData("structs", "SYSTEM")]
    [InlineData("structs", "INNER")]
    [InlineData("structs", "EQUALS")]
    [InlineData("unions", "OCTETS")]
    [InlineData("registries", "Hex")]
    [InlineData("constants", "CONSTANTS")]
    [InlineData("constants", "TO_STRING")]
    [InlineData("events", "TRANSITIONS")]
    [InlineData("events", "ARRAY")]
    [InlineData("events by another name", "handler")]
    [InlineData("events by another name", "raised")]
    [InlineData("traits", "type")]
    [InlineData("traits", "wire-length")]
    public void A_name_that_generated_code_needs_is_refused(string section, string name)
    {
        string text = section switch
        {
            "structs" => $"structs:\n  {name}: {{ doc: A struct., fields: [ {{ x: {{ bits: 8 }} }} ] }}\n",
            "unions" => $"structs:\n  ONE: {{ doc: A struct., fields: [ {{ x: {{ bits: 8, const: 1 }} }} ] }}\nunions:\n  {name}: {{ doc: A union., members: [ONE] }}\n",
            "registries" => $"registries:\n  {name}: {{ doc: A registry., width: 8 }}\n",
            "constants" => $"constants:\n  {name}: {{ doc: A constant., value: 1 }}\n",
            "traits" => $"imports: [carrier.yaml]\ntraits:\n  {name}: {{ doc: A trait., values: {{ a: A. }} }}\nnotifies:\n  PONG: {{ doc: Answers., code: 20000, traits: {{ {name}: a }} }}\n",
            "events" => $"machines:\n  M: {{ doc: A machine., initial: A, events: {{ {name}: An event. }}, states: {{ A: {{ final: true }} }} }}\n",
            _ => $"machines:\n  M: {{ doc: A machine., initial: A, events: {{ Happened: {{ doc: An event., name: {name} }} }}, states: {{ A: {{ final: true }} }} }}\n",
        };
        SpecFile inner = new("inner.yaml", "spec: inner\ntitle: Inner\ndocument: RFC 9999\nnamespace: Demo.Inner\n");

        Assert.Equal(["MBX1009"], SpecCompiler.Compile([.. SpecSources.Demo(text), inner]).Diagnostics.Select(fault => fault.Id).Distinct());
    }

    [Theory]
    [InlineData("record")]
    [InlineData("value")]
    public void A_type_is_no_word_of_small_letters(string name) => Assert.Equal(
        ["demo.yaml:6:3: error MBX1006: structs.BOX: '" + name + "' is not a C# name for a type, which has a capital letter"],
        SpecCompiler.Compile(SpecSources.Demo($"structs:\n  BOX: {{ doc: A box., name: {name}, fields: [ {{ x: {{ bits: 8 }} }} ] }}\n")).Diagnostics.Select(fault => fault.ToString()));

    /// <summary>Types of other namespaces by their names alone: a type of a spec would be taken for them.</summary>
    [Fact]
    public void Every_type_that_generated_code_uses_is_one_that_a_spec_cannot_have()
    {
        CSharpCompilation compilation = EmittedCode.Compile([.. SpecSources.Repository, SnapshotSpec.File]);
        HashSet<string> used = [];
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (Microsoft.CodeAnalysis.CSharp.Syntax.SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.SimpleNameSyntax>()
                .Where(name => name.Parent is not (Microsoft.CodeAnalysis.CSharp.Syntax.QualifiedNameSyntax or Microsoft.CodeAnalysis.CSharp.Syntax.UsingDirectiveSyntax)))
            {
                ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
                INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType : null);
                if (type is not null && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly))
                {
                    used.Add(name.Identifier.ValueText);
                }
            }
        }

        Assert.Contains("IpAddress", used);
        Assert.Empty(used.Except(NamesInCode.Types).Except(["CLSCompliant"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_trait_and_a_parameter_of_an_import_are_found_there() => EmittedCode.AssertCompiles(
    [
        new SpecFile("base.yaml", """
            spec: base
            title: Base
            document: RFC 9999
            namespace: Base
            imports: [carrier.yaml]
            registries:
              carrier.PARAMETER: { values: { OTHER: 2 } }
            traits:
              mood: { doc: A mood., values: { good: Good. } }
            parameters:
              PORT: { doc: A port., fields: [ { type: { bits: 8, const: PARAMETER.OTHER } }, { port: { bits: 16 } } ] }
            """),
        .. SpecSources.Demo("""
            imports: [base.yaml]
            notifies:
              PONG: { doc: Answers., code: 20000, traits: { mood: good }, parameters: { port: { parameter: PORT, count: 1 } } }
            """),
    ]);

    [Fact]
    public void Paddings_and_numbers_of_odd_width_may_come_several_times() => EmittedCode.AssertCompiles(SpecSources.Demo("""
        structs:
          BOX:
            doc: A box.
            fields:
              - size: { bits: 8 }
              - name: { octets: { size: size } }
              - padding: { to: 4 }
              - first: { bits: 24 }
              - kind: { octets: 3 }
              - second: { bits: 40 }
              - padding: { to: 8 }
        """));

    [Fact]
    public void A_trait_is_stated_once() => Assert.Equal(
        ["MBX1008"],
        SpecCompiler.Compile(SpecSources.Demo("""
            imports: [carrier.yaml]
            traits:
              mood: { doc: A mood., values: { good: Good. } }
            notifies:
              PONG: { doc: Answers., code: 20000, traits: { mood: good, demo.mood: good } }
            """)).Diagnostics.Select(fault => fault.Id));
}
