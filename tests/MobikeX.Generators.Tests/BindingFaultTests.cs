using MobikeX.Generators.Diagnostics;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>Faults for which code would be generated that does not compile, or that refuses whatever it reads.</summary>
public class BindingFaultTests
{
    [Theory]
    [InlineData("{ size: { bits: 8 } }, { data: { octets: { size: size }, min: 300 } }", "the minimum 300 is above the maximum 255")]
    [InlineData("{ size: { bits: 8 } }, { data: { list: { struct: WORD }, size: size, min: 64 } }", "the minimum 64 is above the maximum 63")]
    [InlineData("{ reserved: 4 }, { size: { bits: 4 } }, { data: { list: { struct: WORD }, count: size, min: 16 } }", "the minimum 16 is above the maximum 15")]
    public void A_minimum_is_no_more_than_what_is_counted(string fields, string reason) => Assert.EndsWith(
        $" error MBX2011: structs.BOX.fields.data.min: no value is possible: {reason}",
        Assert.Single(Faults($$"""
            structs:
              WORD: { doc: A word., fields: [ { x: { bits: 32 } } ] }
              BOX: { doc: A box., fields: [ {{fields}} ] }
            """)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{ data: { octets: 20, min: 8 } }", "37", "min")]
    [InlineData("{ data: { octets: 20, max: 20 } }", "37", "max")]
    [InlineData("{ data: { octets: 20, multiple: 3 } }", "37", "multiple")]
    [InlineData("{ size: { bits: 8 } }, { data: { octets: { size: size, sizes: [4, 8] }, min: 6 } }", "87", "min")]
    public void Octets_of_a_fixed_number_have_no_bounds(string fields, string column, string key) => Assert.Equal(
        [$"demo.yaml:8:{column}: error MBX1001: structs.BOX.fields.data.{key}: the key '{key}' means nothing here"],
        Faults($"structs:\n  BOX:\n    doc: A box.\n    fields: [ {fields} ]\n"));

    [Theory]
    [InlineData("B: { doc: B., byte-order: big, fields: [ { type: { bits: 24, const: KIND.B } } ] }", "24 bits is no width that the type of a parameter can have; it has 8, 16 or 32")]
    [InlineData("B: { doc: B., fields: [ { type: { bits: 8, const: KIND.B } } ] }", "with as many bits and in the same order of octets as that of 'A'")]
    [InlineData("B: { doc: B., byte-order: little, fields: [ { type: { bits: 16, const: KIND.B } } ] }", "with as many bits and in the same order of octets as that of 'A'")]
    public void The_types_of_parameters_are_read_alike(string parameter, string reason) => Assert.EndsWith(
        reason,
        Assert.Single(Faults($$"""
            registries:
              KIND: { doc: A kind., width: 16, values: { A: 1, B: 2 } }
            parameter-registry: KIND
            parameters:
              A: { doc: A., fields: [ { type: { bits: 16, const: KIND.A } } ] }
              {{parameter}}
            """)),
        StringComparison.Ordinal);

    [Fact]
    public void A_parameter_is_not_called_as_one_of_an_import() => Assert.EndsWith(
        "error MBX1008: parameters.HOST: 'HOST' and 'HOST' are both 'HostParameter' in C# (case does not count); give one a name of its own with \"name:\"",
        Assert.Single(Faults("""
            imports: [carrier.yaml]
            registries:
              carrier.PARAMETER: { values: { OTHER: 2 } }
            parameters:
              HOST: { doc: Another., fields: [ { type: { bits: 8, const: PARAMETER.OTHER } } ] }
            """)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("type: other", "there is no field with the registry KIND of CARRIER named 'other'")]
    [InlineData("data: short", "there is no field of octets, of which there may be many, of CARRIER named 'short'")]
    public void A_carrier_has_a_type_of_the_registry_and_data_of_any_length(string key, string reason)
    {
        Dictionary<string, string> carrier = new() { ["struct"] = "CARRIER", ["type"] = "type", ["spi"] = "spi", ["data"] = "data", ["registry"] = "KIND" };
        carrier[key.Split(": ")[0]] = key.Split(": ")[1];

        Assert.EndsWith(
            reason,
            Assert.Single(Faults($$"""
                registries:
                  KIND: { doc: A kind., width: 16, values: { PING: 1 } }
                  OTHER: { doc: Another., width: 16 }
                structs:
                  CARRIER: { doc: A carrier., fields: [ { type: { registry: KIND } }, { other: { registry: OTHER } }, { short: { octets: 4 } }, { size: { bits: 8 } }, { spi: { octets: { size: size } } }, { data: { octets: rest } } ] }
                notify-payload: { {{string.Join(", ", carrier.Select(entry => $"{entry.Key}: {entry.Value}"))}} }
                notifies:
                  PING: { doc: Asks. }
                """)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("part-of: [demo]", true)]
    [InlineData("part-of: [demo]", false)]
    [InlineData("part-of:", true)]
    public void A_part_names_its_spec(string partOf, bool isIncluded) => Assert.Equal(
        ["part.yaml MBX1003"],
        SpecCompiler.Compile([.. SpecSources.Demo(isIncluded ? "includes: [part.yaml]\n" : ""), new SpecFile("part.yaml", partOf + "\n")]).Diagnostics.Select(fault => $"{fault.Span.Path} {fault.Id}"));

    [Fact]
    public void A_spec_has_a_name() => Assert.Equal(
        ["MBX1006"],
        SpecCompiler.Compile([new SpecFile("demo.yaml", "spec: ''\ntitle: Demo\ndocument: RFC 9999\nnamespace: Demo\n")]).Diagnostics.Select(fault => fault.Id));

    [Fact]
    public void A_duration_that_is_no_number_is_one_fault() => Assert.EndsWith(
        "'soon' is not an unsigned number",
        Assert.Single(Faults("machines:\n  M: { doc: A machine., initial: A, events: { Go: Begins. }, timers: { T: { seconds: soon, raises: Go } }, states: { A: { final: true } } }\n")),
        StringComparison.Ordinal);

    [Fact]
    public void Every_stage_ends_where_it_is_cancelled()
    {
        CancellationToken cancelled = new(canceled: true);

        Assert.Throws<OperationCanceledException>(() => CompilationStages.Read(SpecSources.Carrier, cancelled));
        Assert.Throws<OperationCanceledException>(() => CompilationStages.Render(new PlannedFile(null, null), cancelled));
        Assert.Throws<OperationCanceledException>(() => SpecCompiler.Compile(SpecSources.Demo(""), cancelled));
    }

    private static IEnumerable<string> Faults(string sections)
    {
        SpecCompilation compilation = SpecCompiler.Compile(SpecSources.Demo(sections));
        Assert.DoesNotContain(compilation.Diagnostics, fault => fault.Id == InternalRules.Failure.Id);
        return compilation.Diagnostics.Select(fault => fault.ToString());
    }
}
