using MobikeX.Generators.Model;

namespace MobikeX.Generators.Tests;

/// <summary>Notifies, reactions, traits, and the set that a dispatcher knows.</summary>
public class BindingNotifyTests
{
    [Fact]
    public void A_notify_has_roles_rules_traits_and_a_reaction()
    {
        NotifyModel pong = Notify("""
            PONG:
                code: 20000
                doc: The answer to PING.
                parameters:
                  old: { parameter: HOST, where: { old: true }, count: 1 }
                  new: { parameter: HOST, where: { old: false }, count: 0..1, doc: The new one. }
                rules:
                  - { same: [old.address, new.address], reason: they differ, ref: "3" }
                  - { some-set: [old.urgent], reason: not urgent }
                  - { some-present: [old, new], reason: none is there }
                traits: { direction: back }
                spi: none
                malformed: refuse
            """);

        Assert.Equal(("PongNotify", (ushort)20000, "global::Carrier.NotifyType.Pong", NotifyClass.Status, false, false), (pong.Info.ClrName, pong.Code, pong.TypeLiteral, pong.Class, pong.SpiAllowed, pong.IsView));
        Assert.Equal([("Old", 1, 1), ("New", 0, 1)], pong.Roles.Select(r => (r.Info.ClrName, r.Minimum, r.Maximum!.Value)));
        Assert.Equal([new FlagCondition("Old", true), new FlagCondition("Old", false)], pong.Roles.SelectMany(r => r.Conditions));
        Assert.Equal("global::Carrier.HostParameter", pong.Roles[0].ParameterType.FullName);
        Assert.Equal(
            [
                new RuleModel(RuleKind.Same, new EquatableArray<RuleTerm>([new("Old", "Address", "old.address"), new("New", "Address", "new.address")]), "they differ", "RFC 9999, section 3"),
                new RuleModel(RuleKind.SomeSet, new EquatableArray<RuleTerm>([new("Old", "Urgent", "old.urgent")]), "not urgent", ""),
                new RuleModel(RuleKind.SomePresent, new EquatableArray<RuleTerm>([new("Old", "", "old"), new("New", "", "new")]), "none is there", ""),
            ],
            pong.Rules);
        Assert.Equal([("Direction", "Back")], pong.Traits.Select(stated => (stated.Trait.ClrName, stated.Value.ClrName)));
        Assert.Equal(("Refuse", "REFUSED", "global::Carrier.NotifyType.Refused", (ushort)9, true), (pong.Malformed!.Info.ClrName, pong.Malformed.AnswerName, pong.Malformed.AnswerLiteral, pong.Malformed.AnswerCode, pong.Malformed.EchoesId));
    }

    [Theory]
    [InlineData("parameters: { host: { parameter: HOST, count: 1 } }", false)]
    [InlineData("parameters: { host: { parameter: HOST, count: 0..* } }", true)]
    [InlineData("parameters: { host: { parameter: HOST, count: 0..2 } }", true)]
    [InlineData("fields: [ { a: { bits: 32 } } ]", false)]
    [InlineData("fields: [ { a: { octets: rest } } ]", true)]
    [InlineData("data: ignored", false)]
    public void A_notify_is_a_view_where_its_data_has_no_bound(string data, bool isView) =>
        Assert.Equal(isView, Notify($"PONG: {{ code: 20000, doc: The answer to PING., {data} }}").IsView);

    [Fact]
    public void A_code_below_the_bound_of_errors_makes_an_error() => Assert.Equal(
        (NotifyClass.Error, NotifyClass.Status),
        (Notify("PONG: { code: 100, doc: An error. }").Class, Notify("PONG: { code: 20000, doc: A status. }").Class));

    [Fact]
    public void A_notify_of_an_import_is_read_anew_under_its_own_name_or_another()
    {
        IReadOnlyList<SpecModel> specs = BindingOfSpecs.Specs("""
            imports: [carrier.yaml]
            notifies:
              HELLO: { redefines: carrier.PING, doc: "PING, read anew.", data: ignored }
            """);

        NotifyModel hello = Assert.Single(specs.Single(s => s.Name == "demo").NotifySet!.Notifies);
        Assert.Equal(("HELLO", (ushort)16384, "global::Carrier.NotifyType.Hello", true), (hello.Info.Name, hello.Code, hello.TypeLiteral, hello.Own));
        NotifyModel ping = Assert.Single(specs.Single(s => s.Name == "carrier").NotifySet!.Notifies);
        Assert.Equal(("PING", "global::Carrier.NotifyType.Ping"), (ping.Info.Name, ping.TypeLiteral));
        Assert.Equal([("PING", false), ("HELLO", true)], specs.Single(s => s.Name == "carrier").Registries[0].Values.Select(v => (v.Info.Name, v.Alias)));
    }

    [Fact]
    public void A_set_has_the_notifies_of_the_spec_and_of_its_imports_by_code()
    {
        SpecModel demo = BindingOfSpecs.Demo("""
            imports: [carrier.yaml]
            notifies:
              PONG: { code: 16385, doc: The answer to PING. }
              REFUSED: { code: 9, doc: A refusal. }
            """);

        Assert.Equal([("REFUSED", true), ("PING", false), ("PONG", true)], demo.NotifySet!.Notifies.Select(n => (n.Info.Name, n.Own)));
        Assert.Equal(("Type", "Spi", "Data"), (demo.NotifySet.TypeField, demo.NotifySet.SpiField, demo.NotifySet.DataField));
        Assert.Equal(["HOST"], demo.NotifySet.Parameters.Select(p => p.Definition.Info.Name));
    }

    [Fact]
    public void Two_specs_that_do_not_know_each_other_may_read_one_code_point_their_own_way()
    {
        SpecCompilation compilation = SpecCompiler.Compile(
        [
            SpecSources.Carrier,
            new("one.yaml", "spec: one\ntitle: One\ndocument: RFC 1\nnamespace: One\nimports: [carrier.yaml]\nnotifies: { ONE: { code: 20000, doc: The one. } }\n"),
            new("two.yaml", "spec: two\ntitle: Two\ndocument: RFC 2\nnamespace: Two\nimports: [carrier.yaml]\nnotifies: { TWO: { code: 20000, doc: The other. } }\n"),
        ]);

        Assert.Empty(compilation.Diagnostics);
        Assert.Equal([("PING", false), ("ONE", false), ("TWO", true)], compilation.Specs[0].Registries[0].Values.Select(v => (v.Info.Name, v.Alias)));
        Assert.False(compilation.Specs[2].NotifySet!.RegistryDefinition.Values[1].Alias);
    }

    private static NotifyModel Notify(string notify) => BindingOfSpecs.Demo($$"""
        imports: [carrier.yaml]
        traits:
          direction: { doc: Which way., values: { there: The way., back: The way back. } }
        reactions:
          refuse: { answer: REFUSED, echo-id: true, doc: Refuses. }
        notifies:
          REFUSED: { code: 9, doc: A refusal. }
          {{notify}}
        """).NotifySet!.Notifies.Single(n => n.Info.Name == "PONG");
}
