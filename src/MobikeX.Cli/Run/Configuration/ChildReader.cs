using MobikeX.Cli.Yaml;
using MobikeX.Ike;

namespace MobikeX.Cli.Run.Configuration;

/// <summary>Reads what stands under <c>children:</c> of a connection.</summary>
internal sealed class ChildReader(ValueReader values)
{
    private static readonly string[] Modes = ["tunnel", "transport"];

    public IReadOnlyList<ChildOptions> ReadAll(YamlValue value)
    {
        if (value is not YamlMapping { Entries.Count: > 0 } children)
        {
            values.Faults.Add(value, $"children is a mapping of names to CHILD_SAs, found {value.Kind}");
            return [];
        }

        return [.. children.Entries.Select(entry => ReadOne(entry.Key.Text, entry.Value)).OfType<ChildOptions>()];
    }

    private ChildOptions? ReadOne(string name, YamlValue value)
    {
        if (MappingReader.Open(
            value, $"child '{name}'", values.Faults,
            "mode", "local", "remote", "proposals", "rekey-time", "life-time", "rekey-bytes", "life-bytes", "rekey-packets", "life-packets", "request-id") is not { } child)
        {
            return null;
        }

        (ulong rekeyOctets, ulong lifeOctets) = Limits(child, "rekey-bytes", "life-bytes");
        (ulong rekeyPackets, ulong lifePackets) = Limits(child, "rekey-packets", "life-packets");
        var options = new ChildOptions { Name = name };
        (TimeSpan rekeyTime, TimeSpan lifeTime) = values.Lifetimes(child, options.RekeyTime);
        return options with
        {
            Transport = child.Take("mode") is { } mode && values.OneOf(mode, "mode of a CHILD_SA", Modes) == Modes[1],
            Local = Selectors(child, "local", options.Local),
            Remote = Selectors(child, "remote", options.Remote),
            Proposals = values.Parsed<ChildProposal>(child.Take("proposals"), ChildProposal.TryParse) is { Count: > 0 } proposals ? proposals : options.Proposals,
            RekeyTime = rekeyTime,
            LifeTime = lifeTime,
            RekeyOctets = rekeyOctets,
            LifeOctets = lifeOctets,
            RekeyPackets = rekeyPackets,
            LifePackets = lifePackets,
            RequestId = (uint)values.Number(child, "request-id", 0, int.MaxValue, 0),
        };
    }

    private (ulong Rekey, ulong Life) Limits(MappingReader child, string rekey, string life)
    {
        (ulong soft, ulong hard) = (values.Amount(child, rekey), values.Amount(child, life));
        if (hard > 0 && soft > hard)
        {
            values.Faults.Add(child.Take(rekey)!, $"{rekey} is not more than {life}");
        }

        return (soft, hard);
    }

    private IReadOnlyList<SelectorTemplate> Selectors(MappingReader child, string key, IReadOnlyList<SelectorTemplate> otherwise) =>
        values.Parsed<SelectorTemplate>(child.Take(key), SelectorTemplate.TryParse) is { Count: > 0 } selectors ? selectors : otherwise;
}
