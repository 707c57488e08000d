using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>Types of imports that are called as something else where they are used: the code means the right one.</summary>
public class EmitImportTests
{
    /// <summary>A struct and a registry, of which each spec may have one of the name.</summary>
    private const string Declared = """
        registries:
          NAME_KIND: { doc: A kind., width: 8, values: { ONE: 1 }, unnamed: not-understood }
        structs:
          NAME: { doc: A struct., fields: [ { kind: { registry: NAME_KIND } }, { size: { bits: 8 } }, { data: { octets: { size: size } } } ] }

        """;

    private const string Box = """
          BOX:
            doc: What holds some of each.
            fields:
              - kind: { registry: FROM.NAME_KIND }
              - count: { bits: 8 }
              - kinds: { list: { registry: FROM.NAME_KIND }, count: count }
              - only: { struct: FROM.NAME }
              - size: { bits: 8 }
              - some: { list: { struct: FROM.NAME }, size: size }
              - family: { bits: 8, const: FROM.NAME_KIND.ONE }
        unions:
          EITHER: { doc: One of two., members: [ONE], otherwise: FROM.NAME }

        """;

    [Theory]
    [InlineData("COLOUR", "first", true)]
    [InlineData("COLOUR", "first", false)]
    [InlineData("COLOUR", "demo", true)]
    [InlineData("VERSION", "first", false)]
    [InlineData("VERSION", "second", true)]
    [InlineData("DEMO", "first", false)]
    [InlineData("OUTER", "first", true)]
    [InlineData("DEEP", "first", false)]
    [InlineData("SOME_LIST", "first", true)]
    [InlineData("SOME_LIST", "demo", true)]
    public void A_type_of_an_import_is_told_from_what_else_has_the_name(string name, string from, bool isOwn)
    {
        string own = isOwn ? Declared : "structs:\n";
        CSharpCompilation compilation = EmittedCode.AssertCompiles(
        [
            Spec("first", "First", name, Declared),
            Spec("second", "Second", name, Declared),
            Spec("deep", "Outer.Demo.Deep", name, ""),
            Spec("demo", "Outer.Demo", name, "imports: [first.yaml, second.yaml]\n" + own + "  ONE: { doc: One., fields: [ { type: { bits: 8, const: 9 } } ] }\n" + Box.Replace("FROM", from, StringComparison.Ordinal)),
        ]);

        string @namespace = from switch { "first" => "First", "second" => "Second", _ => "Outer.Demo" };
        INamedTypeSymbol box = compilation.GetTypeByMetadataName("Outer.Demo.Box")!;
        Assert.Equal(
            [@namespace, @namespace],
            new[] { "Kind", "Only" }.Select(property => box.GetMembers(property).OfType<IPropertySymbol>().Single().Type.ContainingNamespace.ToDisplayString()));
    }

    /// <summary>An enclosing namespace is of another spec, which is not imported.</summary>
    [Fact]
    public void A_type_of_an_import_is_told_from_one_of_an_outer_namespace() => EmittedCode.AssertCompiles(
    [
        Spec("first", "First", "COLOUR", Declared),
        Spec("outer", "Outer", "COLOUR", Declared),
        Spec("demo", "Outer.Demo", "COLOUR", "imports: [first.yaml]\nstructs:\n  ONE: { doc: One., fields: [ { type: { bits: 8, const: 9 } } ] }\n" + Box.Replace("FROM", "first", StringComparison.Ordinal)),
    ]);

    [Fact]
    public void A_notify_means_the_parameters_and_traits_that_it_names() => EmittedCode.AssertCompiles(
    [
        SpecSources.Carrier,
        new SpecFile("base.yaml", """
            spec: base
            title: Base
            document: RFC 9999
            namespace: Base
            imports: [carrier.yaml]
            registries:
              carrier.PARAMETER: { values: { PORT: 2 } }
            traits:
              notify-type: { doc: A trait., values: { good: Good. } }
            parameters:
              PORT: { doc: A port., fields: [ { type: { bits: 8, const: PARAMETER.PORT } }, { port: { bits: 16 } } ] }
            """),
        .. SpecSources.Demo("""
            imports: [base.yaml]
            structs:
              PORT_PARAMETER: { doc: Another., fields: [ { x: { bits: 8 } } ] }
              NOTIFY_PAYLOAD: { doc: Another., fields: [ { x: { bits: 8 } } ] }
            registries:
              NOTIFY_TYPE: { doc: Another., width: 8, values: { PING: 1 } }
              PARAMETER: { doc: Another., width: 8, values: { PORT: 1 } }
              ENUM: { doc: Another., width: 8, name: NotifyTypeTrait }
            notifies:
              PONG: { doc: Answers., code: 20000, traits: { notify-type: good }, parameters: { port: { parameter: PORT, count: 1 }, port-parameter: { parameter: HOST, count: 0..1 } } }
              PANG: { doc: Answers., code: 20001, parameters: { host-parameter: { parameter: HOST, count: 1 }, notify-type: { parameter: PORT, count: 0..* } } }
            reactions:
              answer: { answer: PONG, doc: Answers. }
            """).Take(1),
    ]);

    private static SpecFile Spec(string name, string @namespace, string type, string sections) => new(
        name + ".yaml",
        $"spec: {name}\ntitle: {name}\ndocument: RFC 9999\nnamespace: {@namespace}\n{sections.Replace("NAME", type, StringComparison.Ordinal)}");
}
