using MobikeX.Generators.Model;

namespace MobikeX.Generators.Tests;

/// <summary>A fault is told once, where it is, and costs the element it is in; the others are bound.</summary>
public class DiagnosticIsolationTests
{
    [Fact]
    public void Faults_in_several_elements_are_told_together()
    {
        SpecCompilation compilation = SpecCompiler.Compile(SpecSources.Demo("""
            registries:
              FIRST: { width: 80, doc: Too wide. }
              SECOND: { width: 8, doc: Sound., values: { A: 1 } }
            structs:
              BROKEN: { doc: Of three bits., fields: [ { a: { bits: 3 } } ] }
              WHOLE: { doc: Sound., fields: [ { a: { bits: 8 } } ] }
            constants:
              LIMIT: { value: many, doc: No number. }
            """));

        Assert.Equal(["MBX2007", "MBX2001", "MBX1005"], compilation.Diagnostics.Select(d => d.Id));
        SpecModel demo = compilation.Specs.Single(s => s.Name == "demo");
        Assert.Equal(["SECOND"], demo.Registries.Select(r => r.Info.Name));
        Assert.Equal(["WHOLE"], demo.Structs.Select(s => s.Info.Name));
    }

    [Fact]
    public void What_refers_to_an_element_at_fault_is_left_out_without_a_word()
    {
        SpecCompilation compilation = SpecCompiler.Compile(SpecSources.Demo("""
            registries:
              COLOUR: { width: 80, doc: Too wide. }
            structs:
              PAINT: { doc: Of a colour., fields: [ { colour: { registry: COLOUR } } ] }
              WALL: { doc: Has paint., fields: [ { paint: { struct: PAINT } } ] }
            """));

        Assert.Equal(["MBX2007"], compilation.Diagnostics.Select(d => d.Id));
        Assert.Empty(compilation.Specs.Single(s => s.Name == "demo").Structs);
    }

    [Fact]
    public void A_file_that_breaks_off_is_one_fault_and_what_was_whole_is_bound()
    {
        SpecCompilation compilation = SpecCompiler.Compile(SpecSources.Demo("""
            structs:
              WALL: { doc: Sound., fields: [ { a: { bits: 8 } } ] }
              HOUSE: { doc: Of walls., fields: [ { wall: { struct: WALL } }, { roof: { struct: ROOF } } ] }
              GARDEN: { doc: Half, fields: [ { a: {
            """));

        Assert.Equal(["MBX0001"], compilation.Diagnostics.Select(d => d.Id));
        Assert.Equal(["WALL"], compilation.Specs.Single(s => s.Name == "demo").Structs.Select(s => s.Info.Name));
    }

    [Fact]
    public void An_import_that_is_missing_is_one_fault()
    {
        SpecCompilation compilation = SpecCompiler.Compile(SpecSources.Demo("""
            imports: [colours.yaml]
            structs:
              PAINT: { doc: Of a colour., fields: [ { colour: { registry: COLOUR } } ] }
            """));

        Assert.Equal(["MBX4001"], compilation.Diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void A_spec_at_fault_leaves_the_others_whole()
    {
        var files = SpecSources.RepositoryWith("mobike.yaml", "code: 16401", "code: 70000");

        SpecCompilation compilation = SpecCompiler.Compile(files);

        Assert.Equal(["MBX2002"], compilation.Diagnostics.Select(d => d.Id));
        Assert.Equal("mobike.yaml", compilation.Diagnostics[0].Span.Path);
        SpecModel mobikex = compilation.Specs.Single(s => s.Name == "mobikex");
        Assert.DoesNotContain(mobikex.NotifySet!.Notifies, n => n.Info.Name == "COOKIE2");
        Assert.Contains(mobikex.NotifySet.Notifies, n => n.Info.Name == "UPDATE_SA_ADDRESSES");
    }

    [Fact]
    public void A_misspelt_event_is_not_also_an_event_left_out()
    {
        SpecCompilation compilation = SpecCompiler.Compile(SpecSources.Demo("""
            machines:
              DOOR:
                doc: A door.
                initial: SHUT
                events: { Open: Opened., Close: Closed. }
                states:
                  SHUT: { on: { Opne: { to: AJAR }, Close: ignore } }
                  AJAR: { on: { Open: ignore, Close: { to: SHUT } } }
            """));

        Assert.Equal(["MBX3007"], compilation.Diagnostics.Select(d => d.Id));
        Assert.EndsWith("did you mean 'Open'?", compilation.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_a_machine_is_told()
    {
        SpecCompilation compilation = SpecCompiler.Compile(SpecSources.Demo("""
            machines:
              DOOR:
                doc: A door.
                initial: SHUT
                events: { Open: Opened., Close: Closed. }
                states:
                  SHUT: { on: { Open: { to: AJAR } } }
                  AJAR: { on: { Open: ignore, Close: { do: [slam] } } }
                  GONE: { otherwise: { to: NOWHERE } }
            """));

        Assert.Equal(["MBX3001", "MBX3007", "MBX3007"], compilation.Diagnostics.Select(d => d.Id));
        Assert.Empty(compilation.Specs.Single(s => s.Name == "demo").Machines);
    }
}
