using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using CsCheck;
using MobikeX.Generators.Diagnostics;

namespace MobikeX.Generators.Tests.Schema;

/// <summary>
/// The schema and the reader on changed specs: what the reader takes the schema takes, and where the reader names a fault of shape
/// the schema refuses.
/// </summary>
public partial class SchemaAgreementTests
{
    /// <summary>A value of every kind, of which each place of a spec wants one or another.</summary>
    private static readonly YamlTree[] Values =
    [
        new YamlText("", Plain: true), new YamlText("true", Plain: true), new YamlText("1", Plain: true), new YamlText("-1", Plain: true),
        new YamlText("7.10", Plain: true), new YamlText("some words", Plain: false), new YamlText("99", Plain: false), new YamlText("0..1", Plain: true),
        new YamlList([]), new YamlList([new YamlText("1", Plain: true)]), new YamlList([new YamlText("x", Plain: true), new YamlText("y", Plain: true)]),
        new YamlMap([]), new YamlMap([new("x", new YamlText("1", Plain: true))]), new YamlMap([new("doc", new YamlText("Words.", Plain: true))]),
    ];

    private static readonly IReadOnlyList<YamlPlace> Places = [.. SmallSpecs.All.SelectMany(spec => spec.Places()).DistinctBy(place => place.Path + place.Node.ToYaml())];

    private static readonly IReadOnlyList<YamlPlace> Mappings = [.. Places.Where(place => place.Node is YamlMap)];

    [Fact]
    public void The_specs_that_are_changed_are_sound() => Assert.All(SmallSpecs.All, spec =>
    {
        Assert.Empty(SpecSchema.Read(spec).Select(d => d.ToString()));
        Assert.True(SpecSchema.Takes(spec));
    });

    [Fact]
    public void On_a_value_of_another_kind_in_any_place() =>
        Assert.All(Places, place => Assert.All(Values, value => AssertAgreed(place.Replace(value), place.Path)));

    [Fact]
    public void On_a_key_that_is_missing_in_any_place() => Assert.All(
        Mappings,
        place => Assert.All(((YamlMap)place.Node).Entries, entry => AssertAgreed(place.Replace(((YamlMap)place.Node).Without(entry.Key)), $"{place.Path}/{entry.Key}")));

    [Fact]
    public void On_every_key_of_the_language_in_any_place()
    {
        YamlTree[] values = [new YamlText("true", Plain: true), new YamlText("1", Plain: true), new YamlText("x", Plain: true), new YamlMap([])];
        foreach (YamlPlace place in Mappings)
        {
            var mapping = (YamlMap)place.Node;
            List<string> keys = [.. KeysOfTheSchema().Where(key => mapping.Entries.All(entry => entry.Key != key))];

            // All at once, for what means nothing here whatever stands beside it. Where every key means something they are names.
            YamlTree all = place.Replace(keys.Aggregate(mapping, (changed, key) => changed.With(key, new YamlText("", Plain: true))));
            IReadOnlyList<SpecDiagnostic> faults = SpecSchema.Read(all);
            HashSet<string> unknown = [.. keys.Where(key => faults.Any(fault => IsUnknown(fault, key)))];
            IReadOnlySet<string> refused = SpecSchema.Refused(all);
            Assert.All(unknown, key => Assert.Contains($"{place.Path}/{key}", refused));
            foreach (string key in unknown.Count == 0 ? keys.Take(1) : keys.Except(unknown))
            {
                Assert.All(values, value => AssertAgreed(place.Replace(mapping.With(key, value)), $"{place.Path}/{key}"));
            }
        }
    }

    [Fact]
    public void On_what_is_no_key_at_all()
    {
        IReadOnlyList<string> words = [.. WordsOfTheReader().Except(KeysOfTheSchema())];
        Assert.All(Mappings, place =>
        {
            YamlTree changed = place.Replace(words.Aggregate((YamlMap)place.Node, (mapping, word) => mapping.With(word, new YamlText("", Plain: true))));
            IReadOnlyList<SpecDiagnostic> faults = SpecSchema.Read(changed);

            // Where names stand every word is one; elsewhere the reader has to know none of them.
            IEnumerable<string> known = words.Where(word => !faults.Any(fault => IsUnknown(fault, word)));
            Assert.True(!known.Any() || known.Count() == words.Count, $"{place.Path}: the schema has no key {string.Join(", ", known)}");
            Assert.False(SpecSchema.Takes(changed) && faults.Any(SpecSchema.IsSayable), place.Path);
        });
    }

    [Fact]
    public void On_specs_that_are_changed_in_several_places() => Gen
        .Select(Gen.Int[0, SmallSpecs.All.Count - 1], Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000], Gen.Int[0, 3]).Array[1, 4])
        .Sample(
            (spec, changes) =>
            {
                YamlTree changed = changes.Aggregate(SmallSpecs.All[spec], (tree, change) => Change(tree, change.Item1, change.Item2, change.Item3));
                return SpecSchema.Read(changed).Count > 0 || SpecSchema.Takes(changed);
            },
            iter: 2_000);

    /// <summary>A change that may leave a spec sound: a node gone, another in its place, one of the same spec, or the same one twice.</summary>
    private static YamlTree Change(YamlTree tree, int where, int what, int how)
    {
        YamlPlace[] places = [.. tree.Places()];
        YamlPlace place = places[where % places.Length];
        return (how, place.Node) switch
        {
            (0, YamlMap { Entries.Count: > 0 } map) => place.Replace(map.Without(map.Entries[what % map.Entries.Count].Key)),
            (0, YamlList { Items.Count: > 0 } list) => place.Replace(new YamlList([.. list.Items.Take(list.Items.Count - 1)])),
            (1, YamlList list) => place.Replace(new YamlList([.. list.Items, .. list.Items])),
            (1, YamlText text) => place.Replace(new YamlList([text])),
            (2, _) => place.Replace(places[what % places.Length].Node),
            _ => place.Replace(Values[what % Values.Length]),
        };
    }

    private static void AssertAgreed(YamlTree changed, string place)
    {
        IReadOnlyList<SpecDiagnostic> faults = SpecSchema.Read(changed);
        if (faults.Count == 0)
        {
            Assert.True(SpecSchema.Takes(changed), $"{place}: the reader takes it, the schema does not: {changed.ToYaml()}");
        }
        else if (faults.FirstOrDefault(SpecSchema.IsSayable) is { } fault && !IsNameOfNothing(fault))
        {
            Assert.False(SpecSchema.Takes(changed), $"{place}: the schema takes it, the reader does not: {fault}");
        }
    }

    /// <summary>The one thing that the schema lets pass: to YAML <c>NULL</c> is nothing, to the reader it is a state of that name.</summary>
    private static bool IsNameOfNothing(SpecDiagnostic fault) =>
        fault.Id == ShapeRules.WrongShape.Id && StateName().IsMatch(fault.Message);

    private static bool IsUnknown(SpecDiagnostic fault, string key) =>
        fault.Id == ShapeRules.UnknownKey.Id && fault.Message.Contains($"the key '{key}' means nothing here", StringComparison.Ordinal);

    private static List<string> KeysOfTheSchema() =>
        [.. SpecSchema.Properties().Select(property => property.Name).Distinct()];

    /// <summary>The literals in the compiled reader that could be keys, so that a key it gains is tried without being listed here.</summary>
    private static List<string> WordsOfTheReader()
    {
        using var image = new PEReader(File.OpenRead(typeof(SpecCompiler).Assembly.Location));
        MetadataReader metadata = image.GetMetadataReader();
        var words = new List<string>();
        for (UserStringHandle handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
        {
            string text = metadata.GetUserString(handle);
            if (Key().IsMatch(text))
            {
                words.Add(text);
            }
        }

        return [.. words.Distinct()];
    }

    [GeneratedRegex(@"\.(initial|to): a single value is expected here, not nothing$")]
    private static partial Regex StateName();

    [GeneratedRegex("^[a-z][a-z-]{1,20}$")]
    private static partial Regex Key();
}
