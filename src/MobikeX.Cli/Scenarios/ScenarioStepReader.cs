using MobikeX.Cli.Yaml;
using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Cli.Scenarios;

/// <summary>Reads <c>steps:</c>, and a <c>negotiate:</c> at the top of the file, which is a step before the first.</summary>
internal sealed class ScenarioStepReader
{
    private readonly ValueReader _values;
    private readonly Faults _faults;
    private readonly ScenarioExpectationReader _expectations;
    private int? _version;

    /// <param name="version">The version agreed beforehand, which says how notifies are written; null where a negotiation agrees it.</param>
    public ScenarioStepReader(ValueReader values, IReadOnlyList<ScenarioIkeSa> ikeSas, IReadOnlyList<ScenarioChildSa> childSas, int? version)
    {
        _version = version;
        _values = values;
        _faults = values.Faults;
        _expectations = new ScenarioExpectationReader(values, ikeSas, childSas);
    }

    public IReadOnlyList<ScenarioStep> Read(MappingReader file)
    {
        var steps = new List<ScenarioStep>();
        if (file.Take("negotiate") is { } negotiation)
        {
            if (file.Take("version") is { } version)
            {
                _faults.Add(version, "version is agreed beforehand, negotiate agrees it: a file has one of them");
            }

            YamlValue? lose = file.Take("lose");
            YamlValue? expected = file.Take("expect");
            Negotiate? action = ReadNegotiate(negotiation, ref lose, ref expected);
            steps.Add(new ScenarioStep(
                0, negotiation.Line, action is null ? [] : [action], ReadLose(lose), null, null, null, null, expected is null ? null : ReadStates(expected)));
        }
        else if ((file.Take("expect") ?? file.Take("lose")) is { } stray)
        {
            _faults.Add(stray, "expect and lose belong to a negotiate");
        }

        if (file.Take("steps") is { } list)
        {
            if (list is not YamlSequence sequence)
            {
                _faults.Add(list, $"steps is a list, found {list.Kind}");
                return steps;
            }

            int number = 0;
            foreach (YamlValue item in sequence.Items)
            {
                ReadStep(++number, item, steps);
            }
        }
        else if (steps.Count == 0)
        {
            _faults.Add(file.At, "a scenario needs 'steps' or 'negotiate'");
        }

        return steps;
    }

    private void ReadStep(int number, YamlValue value, List<ScenarioStep> steps)
    {
        MappingReader? step = MappingReader.Open(
            value, "a step", _faults, "request", "ask", "unreachable", "response", "sad", "peer_sad", "events", "wait", "fail", "negotiate", "expect", "lose");
        if (step is null)
        {
            return;
        }

        if (step.At.Entries.Count == 0)
        {
            _faults.Add(value, "a step says what happens or what is expected, found nothing");
            return;
        }

        var actions = new List<ScenarioAction>();
        if (step.Take("fail") is { } fail && _values.OneOf(fail, "thing that can fail", ["backend"]) is not null)
        {
            actions.Add(new FailBackend());
        }

        if (step.Take("wait") is { } wait && _values.Duration(wait) is { } duration)
        {
            actions.Add(new Wait(duration));
        }

        if (step.Take("unreachable") is { } tried)
        {
            actions.Add(new Unreachable(_values.Addresses(tried)));
        }

        YamlValue? lose = step.Take("lose");
        YamlValue? expected = step.Take("expect");
        if (step.Take("negotiate") is { } negotiation && ReadNegotiate(negotiation, ref lose, ref expected) is { } negotiate)
        {
            actions.Add(negotiate);
        }

        if (step.Take("request") is { } request && ReadRequest(request, ref lose) is { } send)
        {
            actions.Add(send);
        }

        if (step.Take("ask") is { } asked && ReadAsk(asked, ref lose) is { } ask)
        {
            actions.Add(ask);
        }

        if (step.Take("response") is { } stray && step.Take("request") is null)
        {
            _faults.Add(stray, "a response needs a request in the same step");
        }

        if (step.Take("peer_sad") is { } other && step.Take("ask") is null)
        {
            _faults.Add(other, "peer_sad needs an ask in the same step");
        }

        if (step.Take("lose") is { } lost && (step.Take("request") ?? step.Take("ask") ?? step.Take("negotiate")) is null)
        {
            _faults.Add(lost, "lose needs something that is sent in the same step");
        }

        steps.Add(new ScenarioStep(
            number,
            value.Line,
            actions,
            ReadLose(lose),
            step.Take("response") is { } response ? new ResponseExpectation(response, ReadNotifies(response)) : null,
            step.Take("sad") is { } sad ? _expectations.ReadSad(sad) : null,
            step.Take("peer_sad") is { } peerSad ? _expectations.ReadSad(peerSad) : null,
            step.Take("events") is { } events ? _expectations.ReadEvents(events) : null,
            expected is null ? null : ReadStates(expected)));
    }

    /// <param name="lose">What the step loses, which may stand in here as well; so with the other actions.</param>
    private SendRequest? ReadRequest(YamlValue value, ref YamlValue? lose)
    {
        if (MappingReader.Open(value, "a request", _faults, "from", "by", "message_id", "notifies", "lose") is not { } request)
        {
            return null;
        }

        PeerRole by = request.Take("by") is { } sender && _values.OneOf(sender, "peer", ["initiator", "responder"]) == "responder"
            ? PeerRole.Responder
            : PeerRole.Initiator;
        IReadOnlyList<ScenarioNotify> notifies = request.Require("notifies", "a request") is { } list ? ReadNotifies(list) : [];
        int? id = request.Take("message_id") is { } messageId ? _values.Number(messageId, 0, int.MaxValue, "message_id") : null;
        lose = request.Take("lose") ?? lose;
        return new SendRequest(by, Address(request, "from"), (uint?)id, notifies);
    }

    private Ask? ReadAsk(YamlValue value, ref YamlValue? lose)
    {
        if (MappingReader.Open(value, "an ask", _faults, "action", "address", "old", "candidates", "check", "from", "lose") is not { } ask
            || ask.Require("action", "an ask") is not { } named
            || _values.OneOf(named, "action", ["update", "add", "remove"]) is not { } action)
        {
            return null;
        }

        lose = ask.Take("lose") ?? lose;
        return new Ask(
            action switch { "add" => ActionTrait.Add, "remove" => ActionTrait.Remove, _ => ActionTrait.Update },
            new ActionCommand
            {
                Address = Address(ask, "address"),
                Old = Address(ask, "old"),
                Candidates = ask.Take("candidates") is { } candidates ? _values.Addresses(candidates) : [],
                Check = _values.Flag(ask.Take("check"), "check"),
            },
            Address(ask, "from"));
    }

    private IpAddress? Address(MappingReader mapping, string key) => mapping.Take(key) is { } value ? _values.Address(value) : null;

    private Negotiate? ReadNegotiate(YamlValue value, ref YamlValue? lose, ref YamlValue? expected)
    {
        if (MappingReader.Open(value, "negotiate", _faults, "initiator", "responder", "answer", "expect", "lose") is not { } negotiate)
        {
            return null;
        }

        expected = negotiate.Take("expect") ?? expected;
        lose = negotiate.Take("lose") ?? lose;
        return new Negotiate(
            ReadSide(negotiate.Take("initiator"), "the Initiator of negotiate", "offer"),
            ReadSide(negotiate.Take("responder"), "the Responder of negotiate", "enable"),
            negotiate.Take("answer") is { } answer ? ReadNotifies(answer) : null);
    }

    /// <param name="choice">The key for the versions that the side wants: the Initiator offers, the Responder enables.</param>
    private NegotiationSide ReadSide(YamlValue? value, string what, string choice)
    {
        IReadOnlyList<int> all = ProtocolNames.Versions;
        if (value is null || MappingReader.Open(value, what, _faults, choice, "supports", "rfc4555", "retry") is not { } side)
        {
            return NegotiationSide.WithAll;
        }

        bool rfc4555 = _values.Flag(side.Take("rfc4555"), "rfc4555");
        bool knows = side.Take(choice) is not YamlScalar { Text: "none" };
        IReadOnlyList<int> enabled = side.Take(choice) is { } versions && knows
            ? _values.Numbers(versions, 1, byte.MaxValue, choice)
            : rfc4555 ? [all[0]] : all;
        IReadOnlyList<int> supported = side.Take("supports") is { } more ? _values.Numbers(more, 1, byte.MaxValue, "supports") : enabled;
        return new NegotiationSide(
            knows, rfc4555, knows ? enabled : [], [.. supported.Union(enabled)], side.Take("retry") is not { } retry || _values.Flag(retry, "retry"));
    }

    private HashSet<int> ReadLose(YamlValue? value) => value is null ? [] : [.. _values.Numbers(value, 1, int.MaxValue, "lose")];

    /// <summary>The version that a negotiation is to end with is the one in which what follows is written.</summary>
    private StateExpectation? ReadStates(YamlValue value)
    {
        StateExpectation? expected = _expectations.ReadStates(value);
        _version = expected?.Version ?? _version;
        return expected;
    }

    private IReadOnlyList<ScenarioNotify> ReadNotifies(YamlValue value) =>
        ScenarioNotation.Read(value, _version is { } version ? (MobikeVersion)version : MobikeVersion.MobikeX, _faults);
}
