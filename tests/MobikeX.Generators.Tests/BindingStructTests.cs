using MobikeX.Generators.Model;

namespace MobikeX.Generators.Tests;

/// <summary>Structs: fields, what is derived, lengths, figures.</summary>
public class BindingStructTests
{
    [Fact]
    public void Fields_that_serve_others_are_derived()
    {
        StructModel model = Struct("""
            - version: { registry: VERSION }
            - present: { flag: true }
            - given: { flag: true }
            - reserved: 4
            - count: { bits: 8 }
            - size: { bits: 8 }
            - length: { bits: 16, measures: struct }
            - items: { list: { bits: 16 }, count: count, min: 1, max: 3 }
            - name: { octets: { size: size, sizes: [8, 4] } }
            - inner: { struct: INNER, when: present }
            - address: { address: { by: version, IPv4: IPv4, IPv6: IPv6 } }
            - padding: { to: 4 }
            - body: { octets: rest, max: 64 }
            """);

        Assert.Equal(
            ["version", "present", "reserved", "count", "size", "length", "padding"],
            model.Fields.Where(f => f.Derived).Select(f => f.Info.Name));
        ListField items = model.Fields.OfType<ListField>().Single();
        Assert.Equal(("Count", 16, 1, 3), (items.CountField, items.ElementBits, items.Minimum, items.Maximum));
        OctetsField name = model.Fields.OfType<OctetsField>().First();
        Assert.Equal(("Size", 4, 8, true), (name.SizeField, name.Minimum, name.Maximum, name.Inline));
        Assert.Equal([4, 8], name.Sizes);
        NestedField inner = model.Fields.OfType<NestedField>().Single();
        Assert.Equal(("Present", "global::Demo.Inner"), (inner.PresenceField, inner.Struct.FullName));
        AddressField address = model.Fields.OfType<AddressField>().Single();
        Assert.Equal(("Version", "global::Demo.Version.IPv4", "global::Demo.Version.IPv6"), (address.FamilyField, address.IPv4, address.IPv6));
        Assert.Equal("struct", model.Fields.OfType<NumberField>().Single(f => f.Info.Name == "length").Measures);
        Assert.True(model.IsView);
    }

    [Theory]
    [InlineData("[ { a: { bits: 12 } }, { reserved: 4 } ]", 2, 2, false)]
    [InlineData("[ { a: { octets: 16 } } ]", 16, 16, false)]
    [InlineData("[ { a: { octets: 17 } } ]", 17, 17, true)]
    [InlineData("[ { a: { octets: rest, min: 8, max: 16 } } ]", 8, null, false)]
    [InlineData("[ { a: { octets: rest, min: 8, max: 17 } } ]", 8, null, true)]
    [InlineData("[ { n: { bits: 8 } }, { a: { octets: { size: n } } } ]", 1, null, true)]
    [InlineData("[ { a: { bits: 24 } }, { padding: { to: 4 } } ]", 4, 4, false)]
    [InlineData("[ { a: { bits: 32 } }, { padding: { to: 4 } } ]", 4, 4, false)]
    [InlineData("[ { n: { bits: 8 } }, { a: { list: { bits: 8 }, count: n, min: 1 } }, { padding: { to: 4 } } ]", 4, null, true)]
    [InlineData("[ { a: { list: { bits: 32 }, count: rest } } ]", 0, null, true)]
    [InlineData("[ { a: { address: IPv4 } }, { b: { address: IPv6 } } ]", 20, 20, false)]
    [InlineData("[ { a: { address: { by-length: { IPv4: 12, IPv6: 36 } } } }, { b: { address: { by-length: { IPv4: 12, IPv6: 36 } } } }, { c: { bits: 32 } } ]", 12, null, false)]
    [InlineData("[ { a: { struct: INNER } }, { b: { struct: INNER } } ]", 4, 4, false)]
    [InlineData("[ { on: { flag: true } }, { reserved: 7 }, { a: { struct: INNER, when: on } } ]", 1, null, false)]
    public void The_length_of_a_struct_follows_from_its_fields(string fields, int minimum, int? length, bool isView)
    {
        StructModel model = Struct(fields);

        Assert.Equal((minimum, length, isView), (model.MinimumLength, model.FixedLength, model.IsView));
    }

    [Fact]
    public void A_number_has_bounds_values_and_a_unit()
    {
        NumberField field = Assert.IsType<NumberField>(Struct("[ { a: { bits: 16, min: 1, max: 0x100, values: [3, 1], unit: seconds } } ]").Fields[0]);

        Assert.Equal((16, 1UL, 256UL, "seconds", false), (field.Bits, field.Minimum, field.Maximum, field.Unit, field.Derived));
        Assert.Equal([1UL, 3UL], field.Allowed);
    }

    [Fact]
    public void A_constant_is_a_value_of_a_registry_or_a_number()
    {
        StructModel model = Struct("[ { a: { bits: 8, const: VERSION.IPv6 } }, { b: { bits: 8, const: demo.VERSION.IPv4 } }, { c: { bits: 8, const: 7 } } ]");

        Assert.Equal(
            [("global::Demo.Version.IPv6", 1UL), ("global::Demo.Version.IPv4", 0UL), ("7", 7UL)],
            model.Fields.OfType<ConstantField>().Select(f => (f.Literal, f.Value)));
    }

    [Fact]
    public void The_figure_is_that_of_the_draft()
    {
        StructModel ip = Assert.Single(SpecCompiler.Compile(SpecSources.Repository).Specs.SelectMany(s => s.Structs), s => s.Info.Name == "IP");

        Assert.Equal(
            """
             0                   1                   2                   3
             0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
            +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
            |     type      |M| V |C|O|N|H|I|           reserved            |
            +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
            ~            information (where multihoming is set)             ~
            +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
            ~                   address (4 or 16 octets)                    ~
            +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
            """.ReplaceLineEndings("\n"),
            ip.BitDiagram);
    }

    [Fact]
    public void A_figure_has_rows_for_long_numbers_and_short_names_for_narrow_cells()
    {
        Assert.Equal(
            """
             0                   1                   2                   3
             0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
            +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
            |                            serial                             |
            +                                                               +
            |                                                               |
            +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
            | major | minor |R|  S  | kind  |
            +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
            """.ReplaceLineEndings("\n"),
            Struct("[ { serial: { bits: 64 } }, { majorVersion: { bits: 4 } }, { minorVersion: { bits: 4 } }, { response: { flag: true } }, { saturation: { bits: 3 } }, { kind: { bits: 4 } } ]").BitDiagram);
    }

    private static StructModel Struct(string fields)
    {
        string indented = fields.StartsWith('[') ? fields : string.Concat(fields.ReplaceLineEndings("\n").Split('\n').Select(l => "\n      " + l));
        return BindingOfSpecs.Demo($$"""
            registries:
              VERSION: { width: 2, doc: A version., values: { IPv4: 0, IPv6: 1 } }
            structs:
              OUTER:
                doc: The struct of the test.
                fields: {{indented}}
              INNER: { doc: Two octets., fields: [ { a: { bits: 16 } } ] }
            """).Structs.Single(s => s.Info.Name == "OUTER");
    }
}
