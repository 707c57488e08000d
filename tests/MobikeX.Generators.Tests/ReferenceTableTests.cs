using System.Reflection;
using System.Text.RegularExpressions;
using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>The tables of octets in the language reference: each example is generated, and does with each row what the row says.</summary>
public partial class ReferenceTableTests
{
    /// <summary>What the examples refer to and do not declare.</summary>
    private const string Others = """
        part-of: reading
        registries:
          CLASS: { doc: Classes., width: 8, values: { NONE: 0, HoA: 1, CoA: 2 } }
          VERSION: { name: MobikeVersion, doc: Versions., width: 8, values: { MOBIKE: 1, MOBIKE-X: 2 } }
          NOTIFY_PARAMETER: { doc: Types., width: 8, values: { IP: 3 } }
        structs:
          HOST: { doc: A host., fields: [ { address: { address: IPv4, doc: Its address. } } ] }
        """;

    /// <summary>Reads octets as one of the examples, and tells the value, how many octets it had, and what is written for it.</summary>
    private const string Probe = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using MobikeX.Runtime;

        public static class Probe
        {
            public static (string? Told, int Consumed, string Written) Read(string example, byte[] octets) => example switch
            {
                CASES
                _ => throw new ArgumentException(example),
            };

            READERS
        }

        public sealed class Telling : INotationWriter
        {
            private readonly List<string> _told = new();

            public override string ToString() => string.Join(", ", _told);

            public void Begin(string name, int offset) { }

            public void End() { }

            public void Flag(string field, bool value) => Tell(field, value ? "true" : "false");

            public void Number(string field, ulong value, string? unit) => Tell(field, value.ToString());

            public void Registry(string field, ulong value, string? name) => Tell(field, name ?? value.ToString());

            public void Address(string field, IpAddress value) => Tell(field, value.ToString());

            public void Octets(string field, ReadOnlySpan<byte> value) => Tell(field, Convert.ToHexString(value).ToLowerInvariant());

            public void BeginList(string field) => _told.Add(field);

            public void EndList() { }

            // An element of a list has no name.
            private void Tell(string field, string value)
            {
                if (field.Length > 0)
                {
                    _told.Add(field + " " + value);
                }
                else
                {
                    _told[^1] += " " + value;
                }
            }
        }
        """;

    private static readonly Lazy<Func<string, byte[], (string? Told, int Consumed, string Written)>> Read = new(Compile);

    public static TheoryData<string, string, string, string> Rows
    {
        get
        {
            var data = new TheoryData<string, string, string, string>();
            foreach (Example example in Examples())
            {
                foreach ((string octets, string read, string written) in example.Rows)
                {
                    data.Add(example.Type, octets, read, written);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Every_kind_of_field_has_its_octets()
    {
        string reference = SpecSources.ReadText("spec", "README.md");
        string kinds = reference[reference.IndexOf("### The kinds of field", StringComparison.Ordinal)..reference.IndexOf("## Parameters", StringComparison.Ordinal)];

        Assert.Equal(Tables().Count(kinds), Examples().Count);
        Assert.True(Examples().Count > 12);
        Assert.All(Examples(), static example => Assert.NotEmpty(example.Rows));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_is_so(string example, string octets, string read, string written)
    {
        byte[] input = Convert.FromHexString(octets.Replace(" ", string.Empty, StringComparison.Ordinal));

        (string? told, int consumed, string back) = Read.Value(example, input);

        if (read.StartsWith("refused", StringComparison.Ordinal))
        {
            Assert.Null(told);
            Assert.Equal("–", written);
            return;
        }

        // What a field holds stands behind its name; of a struct in it only what that holds.
        string[] values = [.. Value().Matches(read).Select(static match => $"{match.Groups[1].Value} {match.Groups[2].Value}")];
        Assert.Equal(values, told!.Split(", ", StringSplitOptions.RemoveEmptyEntries).Where(static each => each.Contains(' ')));
        Assert.Equal(Consumed().Match(read) is { Success: true } part ? int.Parse(part.Groups[1].Value) : input.Length, consumed);
        Assert.Equal(written.StartsWith("the same", StringComparison.Ordinal) ? octets : written.Trim('`'), back);
    }

    private static Func<string, byte[], (string? Told, int Consumed, string Written)> Compile()
    {
        List<Example> examples = Examples();
        string[] files = [Others, .. Context(), .. examples.Where(static example => example.Fields is not null).Select(static example =>
            $"part-of: reading\nstructs:\n  {example.Name}:\n    doc: An example.\n    fields:\n{example.Fields}")];
        string entry = $"""
            spec: reading
            title: The examples of the reference
            document: reference
            namespace: Reading
            includes: [{string.Join(", ", files.Select(static (_, index) => $"part{index}.yaml"))}]
            """;
        SpecCompilation compilation = SpecCompiler.Compile([new SpecFile("reading.yaml", entry), .. files.Select(static (text, index) => new SpecFile($"part{index}.yaml", text))]);
        string probe = Probe
            .Replace("CASES", string.Join("\n", examples.Select(static example => $"\"{example.Type}\" => {example.Type}(octets),")), StringComparison.Ordinal)
            .Replace("READERS", string.Join("\n", examples.Select(static example => $$"""
                private static (string? Told, int Consumed, string Written) {{example.Type}}(byte[] octets)
                {
                    if (!Reading.{{example.Type}}.TryRead(octets, out Reading.{{example.Type}} value, out int consumed, out _))
                    {
                        return (null, consumed, "");
                    }

                    var told = new Telling();
                    value.Describe(told);
                    byte[] destination = new byte[64];
                    Array.Fill(destination, (byte)0xEE);
                    return (told.ToString(), consumed, value.TryWrite(destination, out int written, out _)
                        ? BitConverter.ToString(destination, 0, written).Replace('-', ' ').ToLowerInvariant()
                        : "not written");
                }
                """)), StringComparison.Ordinal);
        MethodInfo method = Assembly.Load(CompiledSpec.Emit(compilation, probe)).GetType("Probe")!.GetMethod("Read")!;
        return (example, octets) => ((string?, int, string))method.Invoke(null, [example, octets])!;
    }

    /// <summary>The registry and the struct that the reference declares before it shows the kinds of field.</summary>
    private static IEnumerable<string> Context()
    {
        string reference = SpecSources.ReadText("spec", "README.md");
        string before = reference[..reference.IndexOf("### The kinds of field", StringComparison.Ordinal)];
        string unions = reference[reference.IndexOf("## Unions", StringComparison.Ordinal)..reference.IndexOf("## Parameters", StringComparison.Ordinal)];
        return YamlBlocks().Matches(before).Concat(YamlBlocks().Matches(unions))
            .Select(static match => match.Groups[1].Value)
            .Where(static block => !block.StartsWith("registries:\n  ikev2.", StringComparison.Ordinal))
            .Select(static block => "part-of: reading\n" + block);
    }

    private static List<Example> Examples()
    {
        List<Example> found = [];
        foreach (Match match in Tabled().Matches(SpecSources.ReadText("spec", "README.md")))
        {
            string block = match.Groups[1].Value;
            bool isUnion = !block.StartsWith("- ", StringComparison.Ordinal);
            found.Add(new Example(
                isUnion ? "MESSAGE" : $"EXAMPLE{found.Count}",
                isUnion ? "Message" : $"Example{found.Count}",
                isUnion ? null : LineStart().Replace(block, "      "),
                [.. Row().Matches(match.Groups[2].Value).Select(static row => (row.Groups[1].Value, row.Groups[2].Value.Trim(), row.Groups[3].Value.Trim()))]));
        }

        return found;
    }

    [GeneratedRegex(@"^\| octets \| read \|", RegexOptions.Multiline)]
    private static partial Regex Tables();

    [GeneratedRegex(@"^```yaml\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex YamlBlocks();

    /// <summary>A block of YAML and the table of octets behind it; between them may stand the table of keys of a union.</summary>
    [GeneratedRegex(@"^```yaml\n((?:(?!^```).)*)^```\n(?:\| key (?:(?!^```).)*?)?\| octets \| read [^\n]*\n\| ---[^\n]*\n((?:\|[^\n]*\n)+)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Tabled();

    [GeneratedRegex(@"^\| `([^`]*)` \| ([^|]*) \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+)` ([^`,]+?)(?=,|$)")]
    private static partial Regex Value();

    [GeneratedRegex("of which ([0-9]+) octets are consumed")]
    private static partial Regex Consumed();

    [GeneratedRegex("^", RegexOptions.Multiline)]
    private static partial Regex LineStart();

    /// <param name="Name">In the spec.</param>
    /// <param name="Type">In C#.</param>
    /// <param name="Fields">Null for a union, whose block is whole.</param>
    private sealed record Example(string Name, string Type, string? Fields, IReadOnlyList<(string Octets, string Read, string Written)> Rows);
}
