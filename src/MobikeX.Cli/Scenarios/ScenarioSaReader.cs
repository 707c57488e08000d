using MobikeX.Cli.Yaml;
using MobikeX.Runtime;

namespace MobikeX.Cli.Scenarios;

/// <summary>Reads <c>ike_sas:</c> and <c>child_sas:</c>; what an entry leaves out is that of the first IKE_SA, or of its IKE_SA.</summary>
internal sealed class ScenarioSaReader(ValueReader values, ScenarioPeer initiator, ScenarioPeer responder)
{
    private readonly Dictionary<string, YamlValue> _names = [];
    private readonly List<ScenarioIkeSa> _ikeSas = [];

    public IReadOnlyList<ScenarioIkeSa> ReadIkeSas(YamlValue? list)
    {
        foreach ((string? name, MappingReader entry) in Entries(list, "ike_sas", "name", "spi", "initiator", "responder", "identity", "auth"))
        {
            ScenarioIkeSa first = _ikeSas.Count > 0 ? _ikeSas[0] : Implied();
            YamlValue? spi = entry.Take("spi");
            ulong? number = spi is null ? UnusedSpi() : values.Spi(spi, octets: 8);
            if (spi is not null && _ikeSas.Any(other => other.Spi == number))
            {
                values.Faults.Add(spi, "another IKE_SA has this SPI");
            }

            _ikeSas.Add(first with
            {
                Name = name ?? $"ike{_ikeSas.Count + 1}",
                Spi = number ?? 0,
                Initiator = Addresses(entry, "initiator") ?? first.Initiator,
                Responder = Addresses(entry, "responder") ?? first.Responder,
                Identity = entry.Text("identity") ?? first.Identity,
                Authentication = entry.Text("auth") ?? first.Authentication,
            });
            Name(entry, _ikeSas[^1].Name);
        }

        if (_ikeSas.Count == 0)
        {
            _ikeSas.Add(Implied());
        }

        return _ikeSas;
    }

    public IReadOnlyList<ScenarioChildSa> ReadChildSas(YamlValue? list)
    {
        var found = new List<ScenarioChildSa>();
        foreach ((string? name, MappingReader entry) in Entries(
            list, "child_sas", "name", "ike", "spi", "proto", "mode", "initiator", "responder", "inner", "remote"))
        {
            ScenarioIkeSa ike = _ikeSas[0];
            if (entry.Take("ike") is { } owner && values.OneOf(owner, "IKE_SA of this file", [.. _ikeSas.Select(sa => sa.Name)]) is { } ownerName)
            {
                ike = _ikeSas.Single(sa => sa.Name == ownerName);
            }

            string given = name ?? $"c{found.Count + 1}";
            Name(entry, given);
            YamlValue? spi = entry.Require("spi", $"CHILD_SA '{given}'");
            ulong? number = spi is null ? null : values.Spi(spi, octets: 4);
            if (number is not null && found.Any(other => other.Spi == number))
            {
                values.Faults.Add(spi!, "another CHILD_SA has this SPI");
            }

            found.Add(new ScenarioChildSa(
                given,
                ike.Name,
                (uint)(number ?? 0),
                Registered(entry, "proto", "IPsec protocol", ProtocolNames.Protocols),
                Registered(entry, "mode", "IPsec mode", ProtocolNames.Modes),
                Addresses(entry, "initiator") ?? ike.Initiator,
                Addresses(entry, "responder") ?? ike.Responder,
                entry.Take("inner") is { } inner ? values.Addresses(inner) : [],
                entry.Take("remote") is { } remote ? values.Prefix(remote) ?? default : default));
        }

        return found;
    }

    private ScenarioIkeSa Implied() =>
        new("ike1", 0xa1, [initiator.Address], [responder.Address], initiator.Identity, initiator.Authentication);

    private ulong UnusedSpi()
    {
        ulong spi = Implied().Spi;
        while (_ikeSas.Any(sa => sa.Spi == spi))
        {
            spi++;
        }

        return spi;
    }

    private IReadOnlyList<IpAddress>? Addresses(MappingReader entry, string key)
    {
        if (entry.Take(key) is not { } value)
        {
            return null;
        }

        IReadOnlyList<IpAddress> found = values.Addresses(value);
        if (found.Count == 0 && value is YamlSequence { Items.Count: 0 })
        {
            values.Faults.Add(value, "an SA has at least one address");
        }

        return found;
    }

    private string Registered(MappingReader entry, string key, string what, IReadOnlyList<string> names) =>
        entry.Take(key) is { } value ? values.OneOf(value, what, names) ?? names[0] : names[0];

    private void Name(MappingReader entry, string name)
    {
        YamlValue at = entry.Take("name") ?? entry.At;
        if (name == "alternates" || !_names.TryAdd(name, at))
        {
            values.Faults.Add(at, name == "alternates" ? "'alternates' is a key of sad, not a name" : $"another SA is named '{name}'");
        }
    }

    /// <summary>Entries are mappings with a <c>name</c>, or have the name as their only key: <c>- ike2: { … }</c>.</summary>
    private IEnumerable<(string? Name, MappingReader Entry)> Entries(YamlValue? list, string what, params string[] keys)
    {
        if (list is null)
        {
            yield break;
        }

        if (list is not YamlSequence sequence)
        {
            values.Faults.Add(list, $"{what} is a list, found {list.Kind}");
            yield break;
        }

        foreach (YamlValue item in sequence.Items)
        {
            YamlEntry? named = item is YamlMapping { Entries: [{ Value: YamlMapping } only] } && !keys.Contains(only.Key.Text) ? only : null;
            if (MappingReader.Open(named?.Value ?? item, $"an entry of {what}", values.Faults, keys) is { } entry)
            {
                yield return (named?.Key.Text ?? entry.Text("name"), entry);
            }
        }
    }
}
