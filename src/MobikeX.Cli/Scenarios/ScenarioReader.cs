using MobikeX.Cli.Yaml;
using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Cli.Scenarios;

/// <summary>Reads a scenario file. Every fault of the file is named, not only the first.</summary>
internal sealed class ScenarioReader
{
    private const string DefaultAuthentication = "psk";
    private const string OwnSas = "own_sas";
    private const string WhenAnswered = "when-answered";
    private const string Routability = "routability";
    private const string BeforeMoving = "before-moving";

    private readonly ValueReader _values;
    private readonly Faults _faults;

    private ScenarioReader(Faults faults)
    {
        _faults = faults;
        _values = new ValueReader(faults);
    }

    /// <summary>The scenario; null where the text has a fault.</summary>
    public static Scenario? Read(string path, string text, out IReadOnlyList<Fault> faults)
    {
        var found = new Faults(path);
        Scenario? scenario = YamlFile.Read(text, found) is { } root ? new ScenarioReader(found).ReadRoot(root) : null;
        faults = found.InOrder();
        return found.Any ? null : scenario;
    }

    private Scenario? ReadRoot(YamlValue root)
    {
        MappingReader? file = MappingReader.Open(
            root, "a scenario", _faults,
            "scenario", "initiator", "responder", "version", "negotiate", "expect", "lose", "ike_sas", "child_sas", "policy", "steps", "requirements", "errata");
        if (file is null)
        {
            return null;
        }

        if (file.Require("scenario", "a scenario") is { } named)
        {
            MappingReader.ScalarText(named, "scenario", _faults);
        }

        _values.Names(file.Take("requirements"), "requirements");
        _values.Names(file.Take("errata"), "errata");
        ScenarioPeer initiator = ReadPeer(file, "initiator");
        ScenarioPeer responder = ReadPeer(file, "responder");
        int? version = file.Take("version") is { } agreed ? ReadVersion(agreed) : null;
        var sas = new ScenarioSaReader(_values, initiator, responder);
        IReadOnlyList<ScenarioIkeSa> ikeSas = sas.ReadIkeSas(file.Take("ike_sas"));
        IReadOnlyList<ScenarioChildSa> childSas = sas.ReadChildSas(file.Take("child_sas"));
        ScenarioPolicy policy = ReadPolicy(file.Take("policy"));
        var steps = new ScenarioStepReader(_values, ikeSas, childSas, version);
        IReadOnlyList<ScenarioStep> read = steps.Read(file);
        return new Scenario(_faults.Path, file.Text("scenario") ?? string.Empty, initiator, responder, version, ikeSas, childSas, policy, read);
    }

    private ScenarioPeer ReadPeer(MappingReader file, string role)
    {
        MappingReader? peer = file.Require(role, "a scenario") is { } value
            ? MappingReader.Open(value, role, _faults, "identity", "auth", "address", role == "initiator" ? OwnSas : Routability)
            : null;
        IpAddress? address = peer?.Require("address", role) is { } given ? _values.Address(given) : null;
        return new ScenarioPeer(peer?.Text("identity") ?? role, peer?.Text("auth") ?? DefaultAuthentication, address ?? default, ReadOwnSas(peer), ReadRoutability(peer));
    }

    private OwnSaChange ReadOwnSas(MappingReader? peer) =>
        peer?.Take(OwnSas) is { } when && _values.OneOf(when, "time to change own SAs", ["when-sent", WhenAnswered]) == WhenAnswered
            ? OwnSaChange.WhenAnswered
            : OwnSaChange.WhenSent;

    private ReturnRoutability ReadRoutability(MappingReader? peer) =>
        peer?.Take(Routability) is { } when && _values.OneOf(when, "time to check return routability", [BeforeMoving, "after-moving"]) is { } named
            ? named == BeforeMoving ? ReturnRoutability.BeforeMoving : ReturnRoutability.AfterMoving
            : ReturnRoutability.None;

    private int? ReadVersion(YamlValue value)
    {
        int? version = _values.Number(value, byte.MinValue, byte.MaxValue, "version");
        if (version is { } number && !ProtocolNames.IsVersion(number))
        {
            _faults.Add(value, $"version {number} is none that this tool speaks");
        }

        return version;
    }

    private ScenarioPolicy ReadPolicy(YamlValue? value) =>
        value is not null && MappingReader.Open(value, "policy", _faults, "local", "spd") is { } policy
            ? new ScenarioPolicy(_values.Prefixes(policy.Take("local")), _values.Prefixes(policy.Take("spd")))
            : new ScenarioPolicy(null, null);
}
