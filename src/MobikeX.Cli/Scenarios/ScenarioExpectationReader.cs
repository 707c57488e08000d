using MobikeX.Cli.Yaml;
using MobikeX.Runtime;

namespace MobikeX.Cli.Scenarios;

/// <summary>Reads what a step expects beside the response: <c>sad:</c>, <c>events:</c> and <c>expect:</c>.</summary>
internal sealed class ScenarioExpectationReader(
    ValueReader values, IReadOnlyList<ScenarioIkeSa> ikeSas, IReadOnlyList<ScenarioChildSa> childSas)
{
    private const string ClosedWord = "closed";

    private readonly string[] _ikeNames = [.. ikeSas.Select(sa => sa.Name)];
    private readonly string[] _saNames = [.. ikeSas.Select(sa => sa.Name), .. childSas.Select(sa => sa.Name)];

    public SadExpectation? ReadSad(YamlValue value)
    {
        if (MappingReader.Open(value, "sad", values.Faults, [.. _saNames, "alternates"]) is not { } sad)
        {
            return null;
        }

        var sas = new Dictionary<string, SaExpectation>();
        foreach (YamlEntry entry in sad.At.Entries.Where(entry => _saNames.Contains(entry.Key.Text)))
        {
            if (ReadSa(entry) is { } expected)
            {
                sas.Add(entry.Key.Text, expected);
            }
        }

        return new SadExpectation(value, sas, sad.Take("alternates") is { } alternates ? ReadAlternates(alternates) : new Dictionary<string, IReadOnlyList<IpAddress>>());
    }

    public IReadOnlyList<ScenarioEvent> ReadEvents(YamlValue value)
    {
        var found = new List<ScenarioEvent>();
        if (value is not YamlSequence list)
        {
            values.Faults.Add(value, $"events is a list, found {value.Kind}");
            return found;
        }

        foreach (YamlValue item in list.Items)
        {
            if (ReadEvent(item) is { } told)
            {
                found.Add(told);
            }
        }

        return found;
    }

    public StateExpectation? ReadStates(YamlValue value)
    {
        if (MappingReader.Open(value, "expect", values.Faults, "initiator", "responder", "version") is not { } expected)
        {
            return null;
        }

        int? version = expected.Take("version") switch
        {
            null => null,
            YamlScalar { Text: "none" or "NONE" or "null" or "~" or "" } => 0,
            { } number => values.Number(number, 0, byte.MaxValue, "version"),
        };
        return new StateExpectation(
            value, State(expected.Take("initiator")), State(expected.Take("responder")), version);
    }

    private SaExpectation? ReadSa(YamlEntry entry)
    {
        if (entry.Value is YamlScalar scalar)
        {
            if (scalar.Text == ClosedWord)
            {
                return new SaExpectation(scalar, Closed: true, null, null, null, null);
            }

            values.Faults.Add(scalar, $"'{entry.Key.Text}' is '{ClosedWord}' or a mapping of what is true of it, found {scalar.Kind}");
            return null;
        }

        if (MappingReader.Open(entry.Value, $"'{entry.Key.Text}'", values.Faults, "initiator", "responder", "mode", "inner") is not { } sa)
        {
            return null;
        }

        return new SaExpectation(
            entry.Value,
            Closed: false,
            sa.Take("initiator") is { } initiator ? values.Addresses(initiator) : null,
            sa.Take("responder") is { } responder ? values.Addresses(responder) : null,
            sa.Take("mode") is { } mode ? values.OneOf(mode, "IPsec mode", ProtocolNames.Modes) : null,
            sa.Take("inner") is { } inner ? values.Addresses(inner) : null);
    }

    private Dictionary<string, IReadOnlyList<IpAddress>> ReadAlternates(YamlValue value)
    {
        var found = new Dictionary<string, IReadOnlyList<IpAddress>>();
        if (MappingReader.Open(value, "alternates", values.Faults, _ikeNames) is { } alternates)
        {
            foreach (YamlEntry entry in alternates.At.Entries.Where(entry => _ikeNames.Contains(entry.Key.Text)))
            {
                found.Add(entry.Key.Text, values.Addresses(entry.Value));
            }
        }

        return found;
    }

    /// <summary><c>- closed: c1</c> names the SA alone; otherwise it is one of the event's fields.</summary>
    private ScenarioEvent? ReadEvent(YamlValue value)
    {
        YamlValue kind = value;
        YamlValue? details = null;
        if (value is YamlMapping { Entries: [var only] })
        {
            kind = only.Key;
            details = only.Value;
        }
        else if (value is not YamlScalar)
        {
            values.Faults.Add(value, $"an event is its name, or 'name: …' alone, found {value.Kind}");
            return null;
        }

        if (values.OneOf(kind, "event", ScenarioEvents.Kinds) is not { } name)
        {
            return null;
        }

        switch (details)
        {
            case null or YamlScalar { IsNull: true } or YamlMapping { Entries: [] }:
                return new ScenarioEvent(value, name, null, null);
            case YamlScalar sa:
                return new ScenarioEvent(value, name, values.OneOf(sa, "SA of this file", _saNames), null);
            default:
                return MappingReader.Open(details, $"event '{name}'", values.Faults, "sa", "address") is not { } fields
                    ? null
                    : new ScenarioEvent(
                        value,
                        name,
                        fields.Take("sa") is { } named ? values.OneOf(named, "SA of this file", _saNames) : null,
                        fields.Take("address") is { } address ? values.Address(address) : null);
        }
    }

    /// <summary>Any state of the negotiation, also one that this peer never is in: that is a difference, not a fault of the file.</summary>
    private string? State(YamlValue? value) => value is null ? null : values.OneOf(value, "state of the negotiation", ProtocolNames.States);
}
