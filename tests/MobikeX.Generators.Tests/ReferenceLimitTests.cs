using System.Globalization;
using System.Text.RegularExpressions;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>The limits that the language reference states: what is at one is taken, and what is beyond is a diagnostic.</summary>
public partial class ReferenceLimitTests
{
    private const string Header = "spec: limits\ntitle: Limits\ndocument: reference\nnamespace: Limits\n";

    /// <summary>A spec that has so many, or so much, of what the reference names.</summary>
    private static readonly Dictionary<string, Func<ulong, string>> Specs = new()
    {
        ["bits of a number or a constant, or reserved"] = static n => Struct($"a: {{ bits: {n} }}", $"b: {{ bits: {n}, const: 1 }}", $"reserved: {n}", $"rest: {{ bits: {8 - (n * 3 % 8)} }}"),
        ["`width` of a registry"] = static n => $"{Header}registries:\n  R: {{ doc: Numbers., width: {n}, values: {{ ONE: 1 }} }}\n",
        ["`width` of the registry of the types of notifies"] = static n => Notifies(n),
        ["`octets`, where they are a number"] = static n => Struct($"a: {{ octets: {n} }}"),
        ["`min` or `max` of octets"] = static n => Struct($"a: {{ octets: rest, min: {n} }}") + Field($"a: {{ octets: rest, max: {n} }}"),
        ["`multiple` of octets"] = static n => Struct($"a: {{ octets: rest, multiple: {n} }}"),
        ["`min` or `max` of a list"] = static n => Struct($"a: {{ list: {{ bits: 8 }}, count: rest, min: {n} }}") + Field($"a: {{ list: {{ bits: 8 }}, count: rest, max: {n} }}"),
        ["`IPv4` or `IPv6` of `by-length`"] = static n => n <= IpLengths ? Struct($"a: {{ address: {{ by-length: {{ IPv4: {n}, IPv6: 16 }} }} }}") : Struct($"a: {{ address: {{ by-length: {{ IPv4: {n - 12}, IPv6: {n} }} }} }}", $"b: {{ octets: {n - 16} }}"),
        ["`to` of padding"] = static n => Struct("a: { bits: 8 }", $"padding: {{ to: {n} }}"),
        ["octets of a struct, those of open length aside"] = static n => n <= 1 ? Struct("a: { bits: 8 }") : Struct($"a: {{ octets: {n - 1} }}", "b: { bits: 8 }"),
        ["fields of a struct, with those of the structs in it"] = static n => Struct([.. Names("f", n).Select(static name => $"{name}: {{ bits: 8 }}")]),
        ["structs in each other"] = static n => Nested(n),
        ["states of a machine"] = static n => Machine(states: n),
        ["events of a machine"] = static n => Machine(events: n),
        ["alternatives of an event in a state"] = static n => Machine(alternatives: n),
        ["`seconds` or `milliseconds` of a timer"] = static n => Machine(timer: n),
        ["`value` of a constant"] = static n => $"{Header}constants:\n  C: {{ value: {n}, doc: A number. }}\n",
        ["characters of a file"] = static n => n < (ulong)Header.Length ? Header : Header + new string('#', (int)n - Header.Length),
        ["mappings and lists in each other"] = static n => $"{Header}unknown: {string.Concat(Enumerable.Repeat("[", (int)n - 1))}{string.Concat(Enumerable.Repeat("]", (int)n - 1))}\n",
    };

    /// <summary>Below so many octets there is no room for a second family.</summary>
    private const ulong IpLengths = 8;

    public static TheoryData<string, ulong, ulong> Limits
    {
        get
        {
            string reference = SpecSources.ReadText("spec", "README.md");
            string section = reference[reference.IndexOf("\n## Limits\n", StringComparison.Ordinal)..reference.IndexOf("\n## A whole spec\n", StringComparison.Ordinal)];
            var data = new TheoryData<string, ulong, ulong>();
            foreach (Match row in Row().Matches(section))
            {
                data.Add(row.Groups[1].Value, Number(row.Groups[2].Value), Number(row.Groups[3].Value));
            }

            return data;
        }
    }

    [Fact]
    public void Every_limit_that_is_stated_is_tried() =>
        Assert.Equal(Specs.Keys.Order(StringComparer.Ordinal), Limits.Select(static row => (string)row[0]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Limits))]
    public void What_is_at_a_limit_is_taken_and_what_is_beyond_is_not(string what, ulong least, ulong most)
    {
        Func<ulong, string> spec = Specs[what];

        Assert.Empty(Faults(what, spec(Math.Max(least, 1))));
        Assert.Empty(Faults(what, spec(most)));
        Assert.NotEmpty(Faults(what, spec(most + 1)));
        Assert.True(least == 0 || Faults(what, spec(least - 1)).Count > 0);
    }

    /// <summary>A struct that stands before those in it is as deep as one that stands behind them.</summary>
    [Fact]
    public void Structs_are_as_deep_in_any_order()
    {
        string Outer(int depth) =>
            $"{Header}structs:\n" + string.Concat(Enumerable.Range(1, depth).Reverse().Select(static level => $"  S{level}: {{ doc: A struct., fields: [ {{ a: {{ struct: S{level - 1} }} }} ] }}\n"))
            + "  S0: { doc: A struct., fields: [ { a: { bits: 8 } } ] }\n";

        Assert.Empty(Faults(string.Empty, Outer(32)));
        Assert.NotEmpty(Faults(string.Empty, Outer(33)));
    }

    /// <summary>Nothing means that much: only that it is not too deep is asked.</summary>
    private static IReadOnlyList<string> Faults(string what, string spec) =>
    [
        .. SpecCompiler.Compile([new SpecFile("limits.yaml", spec)]).Diagnostics.Select(static fault => fault.ToString())
            .Where(fault => !what.StartsWith("mappings", StringComparison.Ordinal) || fault.Contains("MBX00", StringComparison.Ordinal)),
    ];

    private static string Struct(params string[] fields) => $"{Header}structs:\n" + Field(fields).Replace("  T:", "  S:", StringComparison.Ordinal);

    /// <summary>One more struct.</summary>
    private static string Field(params string[] fields) => $"  T:\n    doc: A struct.\n    fields:\n{string.Concat(fields.Select(static field => $"      - {field}\n"))}";

    private static string Nested(ulong depth) =>
        $"{Header}structs:\n  S0: {{ doc: A struct., fields: [ {{ a: {{ bits: 8 }} }} ] }}\n"
        + string.Concat(Enumerable.Range(1, (int)depth).Select(static level => $"  S{level}: {{ doc: A struct., fields: [ {{ a: {{ struct: S{level - 1} }} }} ] }}\n"));

    private static string Notifies(ulong width) => $$"""
        {{Header}}
        registries:
          TYPE: { doc: Types., width: {{width}}, values: { PING: 1 } }
        structs:
          CARRIER:
            doc: What carries a notify.
            fields:
              - length: { bits: 16, measures: struct }
              - type: { bits: {{width}}, registry: TYPE }
              - reserved: {{8 + ((8 - (width % 8)) % 8)}}
              - spiSize: { bits: 8 }
              - spi: { octets: { size: spiSize } }
              - data: { octets: rest }
        notify-payload: { struct: CARRIER, type: type, spi: spi, data: data, registry: TYPE }
        notifies:
          PING: { doc: Asks. }
        """;

    private static string Machine(ulong states = 1, ulong events = 1, ulong alternatives = 1, ulong timer = 1)
    {
        ulong asked = alternatives > 0 ? alternatives - 1 : 0;
        string leaves = alternatives == 0 ? "[]" : $"[ {string.Concat(Names("G", asked).Select(static guard => $"{{ when: [{guard}] }}, "))}{{ to: S0 }} ]";
        return $$"""
            {{Header}}
            machines:
              M:
                doc: A machine.
                role: peer
                initial: S0
                events: { {{Documented("E", events)}} }
                {{(asked > 0 ? $"guards: {{ {Documented("G", asked)} }}" : string.Empty)}}
                timers: { T: { milliseconds: {{timer}}, raises: E0 }, U: { seconds: {{timer}}, raises: E0 } }
                states:
                  {{string.Concat(Names("S", states).Select((name, index) => $"{name}: {{ doc: A state., on: {{ {string.Join(", ", Names("E", events).Select(raised => $"{raised}: {(index + 1 < (int)states ? $"[ {{ to: S{index + 1} }} ]" : leaves)}"))} }}{(states == 1 ? ", final: true" : string.Empty)} }}\n      "))}}
            """;
    }

    private static string Documented(string stem, ulong count) => string.Join(", ", Names(stem, count).Select(static name => $"{name}: One of them."));

    private static IEnumerable<string> Names(string stem, ulong count) => Enumerable.Range(0, (int)count).Select(index => $"{stem}{index}");

    private static ulong Number(string text) => ulong.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| ([^|]*) \| ([0-9,]+) \| ([0-9,]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
