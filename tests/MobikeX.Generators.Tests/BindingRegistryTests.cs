using MobikeX.Generators.Model;

namespace MobikeX.Generators.Tests;

/// <summary>Registries, with what importing specs add.</summary>
public class BindingRegistryTests
{
    [Fact]
    public void A_registry_has_its_values_by_number_and_its_ranges()
    {
        RegistryModel registry = Assert.Single(BindingOfSpecs.Demo("""
            registries:
              IP_VERSION:
                ref: ["3", "4.1", RFC 9000 2]
                doc: >
                  The family
                  of an address.
                width: 4
                values:
                  IPv4: { value: 4, doc: Version 4., ref: "5" }
                  IPv6: { value: 0x6, name: Six }
                  OLD: 4
                  ANY: 0
                reserved: [1-3]
                unassigned: [5, 7-14]
                private: ["15"]
                unnamed: malformed
            """.Replace("OLD: 4", "OLD: { value: 4, alias: true }", StringComparison.Ordinal)).Registries);

        Assert.Equal(("IpVersion", "RFC 9999, sections 3 and 4.1; RFC 9000 2", "The family of an address."), (registry.Info.ClrName, registry.Info.Reference, registry.Info.Doc));
        Assert.Equal([("Any", 0UL, false), ("IPv4", 4UL, false), ("Old", 4UL, true), ("Six", 6UL, false)], registry.Values.Select(v => (v.Info.ClrName, v.Value, v.Alias)));
        Assert.Equal("RFC 9999, section 5", registry.Values[1].Info.Reference);
        Assert.Equal(
            [(RangeKind.Reserved, 1UL, 3UL), (RangeKind.Unassigned, 5UL, 5UL), (RangeKind.Unassigned, 7UL, 14UL), (RangeKind.PrivateUse, 15UL, 15UL)],
            registry.Ranges.Select(r => (r.Kind, r.First, r.Last)));
        Assert.Equal(UnnamedValues.Malformed, registry.Unnamed);
    }

    [Fact]
    public void What_an_importing_spec_adds_is_in_the_registry_of_the_owner()
    {
        IReadOnlyList<SpecModel> specs = BindingOfSpecs.Specs("""
            imports: [carrier.yaml]
            registries:
              carrier.PARAMETER:
                values: { COLOUR: 2 }
            notifies:
              PONG: { code: 16385, doc: The answer to PING. }
            """);

        SpecModel carrier = specs.Single(s => s.Name == "carrier");
        SpecModel demo = specs.Single(s => s.Name == "demo");
        Assert.Equal(["HOST", "COLOUR"], carrier.Registries.Single(r => r.Info.Name == "PARAMETER").Values.Select(v => v.Info.Name));
        Assert.Equal(["PING", "PONG"], carrier.Registries.Single(r => r.Info.Name == "NOTIFY_TYPE").Values.Select(v => v.Info.Name));
        Assert.Empty(demo.Registries);
        Assert.Equal(["PING"], carrier.NotifySet!.RegistryDefinition.Values.Select(v => v.Info.Name));
        Assert.Equal(["PING", "PONG"], demo.NotifySet!.RegistryDefinition.Values.Select(v => v.Info.Name));
    }

    [Fact]
    public void Errata_stand_whole_in_the_elements_they_bear_on()
    {
        SpecModel demo = BindingOfSpecs.Demo("""
            errata:
              E01: { ref: ["1", "2"], conflict: Two numbers., readings: [One., Two.], choice: The table. }
            constants:
              LIMIT: { value: 8, doc: A limit., errata: [E01] }
            """);

        var erratum = new ErratumModel("E01", new EquatableArray<string>(["1", "2"]), "Two numbers.", new EquatableArray<string>(["One.", "Two."]), "The table.");
        Assert.Equal([erratum], demo.Errata);
        Assert.Equal([erratum], demo.Constants[0].Info.Errata);
    }
}
