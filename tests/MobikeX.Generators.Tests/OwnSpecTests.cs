using System.Text.RegularExpressions;
using MobikeX.Generators.Model;

namespace MobikeX.Generators.Tests;

/// <summary>The specs of this repository: without a fault, and whole.</summary>
public partial class OwnSpecTests
{
    private static readonly SpecCompilation Compilation = SpecCompiler.Compile(SpecSources.Repository);

    private static SpecModel MobikeX => Compilation.Specs.Single(spec => spec.Name == "mobikex");

    [Fact]
    public void They_generate_without_a_diagnostic() => Assert.Empty(Compilation.Diagnostics);

    [Fact]
    public void Every_contradiction_of_the_draft_has_both_readings_and_a_choice()
    {
        Assert.Equal(Enumerable.Range(1, 58).Select(number => $"E{number:00}"), MobikeX.Errata.Select(erratum => erratum.Id));
        Assert.All(MobikeX.Errata, erratum =>
        {
            Assert.NotEmpty(erratum.Sections);
            Assert.NotEmpty(erratum.Conflict);
            Assert.True(erratum.Readings.Count >= 2, erratum.Id);
            Assert.NotEmpty(erratum.Choice);
        });
    }

    [Fact]
    public void Every_choice_is_named_where_it_decides_something()
    {
        HashSet<string> named = [.. SpecSources.Repository
            .SelectMany(file => NamedErrata().Matches(file.Text))
            .SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))];

        Assert.Empty(MobikeX.Errata.Select(erratum => erratum.Id).Except(named));
    }

    [Theory]
    [InlineData("MOBIKE_SUPPORTED", 16396)]
    [InlineData("ADDITIONAL_IP_ADDRESS", 16398)]
    [InlineData("NO_ADDITIONAL_ADDRESSES", 16399)]
    [InlineData("UPDATE_SA_ADDRESSES", 16400)]
    [InlineData("SELECTOR", 40961)]
    [InlineData("END_OF_SELECTOR", 40962)]
    [InlineData("ADD_SA_ADDRESS", 40963)]
    [InlineData("REMOVE_SA_ADDRESS", 40964)]
    [InlineData("CLOSING_SA", 40965)]
    [InlineData("MOBIKE_UNSUPPORTED_VERSION", 8192)]
    [InlineData("UNACCEPTABLE_ADDRESS", 40)]
    [InlineData("DOES_NOT_FIT_SPD", 8193)]
    [InlineData("UNACCEPTABLE_PARAMETER", 8194)]
    [InlineData("UNEXPECTED_PAYLOAD_AFTER_SELECTOR", 8195)]
    [InlineData("UNMATCHED_SELECTOR_SET", 8196)]
    public void Every_notify_of_the_draft_is_there_with_its_code(string name, int code)
    {
        NotifyModel notify = MobikeX.NotifySet!.Notifies.Single(notify => notify.Info.Name == name);

        Assert.Equal(code, notify.Code);
        Assert.True(notify.Own, $"{name} is read as an import has it");
        Assert.NotEmpty(notify.Info.Reference);
    }

    [Theory]
    [InlineData(1, "VERSION")]
    [InlineData(2, "SPI")]
    [InlineData(3, "IP")]
    [InlineData(4, "IPSEC_MODE")]
    [InlineData(5, "IPSEC_PROTO")]
    [InlineData(6, "SELECTOR_SPECIFIC_VALUE_PARAMETER")]
    [InlineData(7, "ID")]
    public void Every_parameter_of_the_draft_is_there_with_its_type(ulong type, string name)
    {
        StructModel parameter = MobikeX.Structs.Single(parameter => parameter.Kind == StructKind.Parameter && parameter.Info.Name == name);

        Assert.Equal(type, Assert.IsType<ConstantField>(parameter.Fields[0]).Value);
    }

    [Fact]
    public void Every_number_of_every_registry_is_named_or_told_reserved_unassigned_or_private()
    {
        foreach (RegistryModel registry in Compilation.Specs.SelectMany(spec => spec.Registries).Where(registry => registry.Width <= 16))
        {
            for (ulong number = 0; number < 1UL << registry.Width; number++)
            {
                Assert.True(
                    registry.Values.Any(value => value.Value == number) || registry.Ranges.Any(range => range.First <= number && number <= range.Last),
                    $"{registry.Info.Name} says nothing of {number}");
            }
        }
    }

    [GeneratedRegex("errata: \\[([^\\]]*)\\]")]
    private static partial Regex NamedErrata();
}
