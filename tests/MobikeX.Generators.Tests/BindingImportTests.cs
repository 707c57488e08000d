using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>A spec with two imports that do not know each other: what both bring in is told apart, or is a fault of the spec that has both.</summary>
public class BindingImportTests
{
    private const string Notify = "notifies:\n  PAINT: { doc: Paints., code: 20000 }\n";

    [Theory]
    [InlineData(
        "registries: { carrier.PARAMETER: { values: { A: 2 } } }\nparameters:\n  SIZE: { doc: A size., fields: [ { type: { bits: 8, const: PARAMETER.A } } ] }\n",
        "registries: { carrier.PARAMETER: { values: { B: 3 } } }\nparameters:\n  SIZE: { doc: A size., fields: [ { type: { bits: 8, const: PARAMETER.B } } ] }\n",
        "'second.SIZE' and 'first.SIZE' come from imports that do not know each other, and are both 'SizeParameter' in C#")]
    [InlineData(
        "registries: { carrier.PARAMETER: { values: { A: 2 } } }\nparameters:\n  SIZE: { doc: A size., fields: [ { type: { bits: 8, const: PARAMETER.A } } ] }\n",
        "registries: { carrier.PARAMETER: { values: { B: 2 } } }\nparameters:\n  WEIGHT: { doc: A weight., fields: [ { type: { bits: 8, const: PARAMETER.B } } ] }\n",
        "'second.WEIGHT' and 'first.SIZE' come from imports that do not know each other, and are both the type 2")]
    [InlineData(
        "notifies:\n  PONG: { doc: Answers., code: 20001 }\n",
        "notifies:\n  PONG: { doc: Answers otherwise., code: 20001 }\n",
        "'second.PONG' and 'first.PONG' come from imports that do not know each other, and are both the code 20001")]
    [InlineData(
        "notifies:\n  PONG: { doc: Answers., redefines: PING }\n",
        "notifies:\n  PONG: { doc: Answers otherwise., redefines: PING }\n",
        "'second.PONG' and 'first.PONG' come from imports that do not know each other, and are both the code 16384")]
    [InlineData(
        "traits: { mood: { doc: A mood., values: { good: Good. } } }\nnotifies:\n  PONG: { doc: Answers., code: 20001, traits: { mood: good } }\n",
        "traits: { mood: { doc: A mood., values: { good: Good. } } }\nnotifies:\n  PANG: { doc: Answers., code: 20002, traits: { mood: good } }\n",
        "'second.mood' and 'first.mood' come from imports that do not know each other, and are both 'MoodTrait' in C#")]
    public void What_two_imports_bring_in_alike_is_a_fault_at_the_second(string first, string second, string fault) =>
        Assert.Equal([$"demo.yaml:5:23: error MBX4013: imports[1]: {fault}"], Faults(first, second, Notify));

    /// <summary>No code of the spec knows both, or one that is nearer stands for both.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("notifies:\n  PENG: { doc: Answers., redefines: first.PONG }\n")]
    public void What_two_imports_bring_in_alike_may_be_passed_over(string own) => Assert.Empty(Faults(
        "notifies:\n  PONG: { doc: Answers., code: 20001 }\n",
        "notifies:\n  PONG: { doc: Answers otherwise., code: 20001 }\n",
        own));

    [Fact]
    public void A_clash_of_imports_is_told_once() => Assert.Equal(
        ["demo.yaml:5:23: error MBX4013: imports[1]: 'second.PONG' and 'first.PONG' come from imports that do not know each other, and are both the code 20001"],
        Faults("notifies:\n  PONG: { doc: Answers., code: 20001 }\n", "notifies:\n  PONG: { doc: Answers., code: 20001 }\n", Notify, Spec("further", "demo.yaml", "notifies:\n  PUNG: { doc: Answers., code: 20003 }\n")));

    [Fact]
    public void A_trait_is_not_called_as_one_of_an_import() => Assert.Equal(
        ["demo.yaml:6:11: error MBX1008: traits.mood: 'mood' and 'mood' are both 'Mood' in C# (case does not count); give one a name of its own with \"name:\""],
        Faults(
            "traits: { mood: { doc: A mood., values: { good: Good. } } }\nnotifies:\n  PONG: { doc: Answers., code: 20001, traits: { mood: good } }\n",
            "",
            "traits: { mood: { doc: A mood., values: { good: Good. } } }\n" + Notify));

    [Fact]
    public void Two_notifies_of_a_spec_do_not_redefine_the_same() => Assert.Equal(
        ["demo.yaml:8:37: error MBX2003: notifies.PUNG.redefines: 16384 is already 'demo.PENG'; a second name for a number says \"alias: true\", a notify that reads it anew says \"redefines\""],
        Faults("", "", "notifies:\n  PENG: { doc: Answers., redefines: PING }\n  PUNG: { doc: Answers., redefines: PING }\n"));

    private static IEnumerable<string> Faults(string first, string second, string own, params SpecFile[] more) =>
        SpecCompiler
            .Compile([Spec("first", "carrier.yaml", first), Spec("second", "carrier.yaml", second), Spec("demo", "first.yaml, second.yaml", own), .. more, SpecSources.Carrier])
            .Diagnostics.Select(fault => fault.ToString());

    private static SpecFile Spec(string name, string imports, string sections) =>
        new(name + ".yaml", $"spec: {name}\ntitle: {name}\ndocument: RFC 9999\nnamespace: Of{name}\nimports: [{imports}]\n{sections}");
}
