using MobikeX.Cli.Decoding;
using MobikeX.Cli.Yaml;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Cli.Scenarios;

/// <summary>Compares what happened in a step with what the file expects. An SA that the file does not name must be as before.</summary>
internal sealed class ScenarioChecker
{
    private const string Nothing = "nothing";

    private readonly StepRun _run;
    private readonly ScenarioStep _step;
    private readonly List<Difference> _differences = [];

    private ScenarioChecker(StepRun run)
    {
        _run = run;
        _step = run.Step;
    }

    public static IReadOnlyList<Difference> Check(StepRun run)
    {
        var checker = new ScenarioChecker(run);
        if (run.Step.Response is { } expected)
        {
            checker.CheckResponse(expected.At, expected.Notifies);
        }

        checker.CheckSas(run.Before, run.After, run.Step.Sad, string.Empty);
        if (run.Step.Actions.OfType<Ask>().Any())
        {
            // Both engines were at work: what holds here holds at the peer, unless the file says otherwise.
            checker.CheckSas(run.PeerBefore, run.PeerAfter, run.Step.PeerSad ?? run.Step.Sad, " at the Responder");
        }

        checker.CheckAlternates();
        checker.CheckEvents();
        checker.CheckNegotiation();
        return checker._differences;
    }

    /// <summary>What came back to the sender: a response that was lost did not.</summary>
    private void CheckResponse(YamlValue at, IReadOnlyList<ScenarioNotify> expected)
    {
        ScenarioMessage? response = _run.Messages.FirstOrDefault(message => message.IsResponse && message.Sender == _run.View && !message.Lost);
        IReadOnlyList<DecodedPayload> got = response is null ? [] : NotifyText.Decode(response.Payloads, response.First, _run.Version);
        for (int i = 0; i < Math.Max(expected.Count, got.Count); i++)
        {
            string subject = $"response, notify {i + 1}";
            if (i >= expected.Count)
            {
                Add(at.Line, at.Column, subject, Nothing, NotifyText.Of(got[i]));
                continue;
            }

            ScenarioNotify notify = expected[i];
            string wanted = NotifyText.Of(NotifyText.Decode(ScenarioNotation.Chain([notify], out PayloadType first), first, _run.Version)[0]);
            string found = i < got.Count ? NotifyText.Of(got[i]) : Nothing;
            if (wanted != found)
            {
                Add(notify.At.Line, notify.At.Column, subject, wanted, found);
            }
            else if (notify.Critical is { } critical && critical != got[i].Critical)
            {
                Add(notify.At.Line, notify.At.Column, $"{subject}, critical", critical ? "true" : "false", critical ? "false" : "true");
            }
        }
    }

    /// <param name="where">Whose SAs they are, where not those of the peer that the step looks at.</param>
    private void CheckSas(SadState allBefore, SadState allAfter, SadExpectation? sad, string where)
    {
        for (int i = 0; i < allBefore.Sas.Count; i++)
        {
            SaState before = allBefore.Sas[i];
            SaState after = allAfter.Sas[i];
            SaExpectation? expected = sad?.Sas.GetValueOrDefault(before.Name);
            int line = expected?.At.Line ?? sad?.At.Line ?? _step.Line;
            int column = expected?.At.Column ?? sad?.At.Column ?? 1;
            bool closed = expected?.Closed ?? before.IsClosed;
            if (closed != after.IsClosed)
            {
                Add(line, column, before.Name + where, State(closed, expected is not null), State(after.IsClosed, named: true));
            }
            else if (!closed)
            {
                CheckAddresses(line, column, $"{before.Name}.initiator{where}", expected?.Initiator, before.Initiator, after.Initiator);
                CheckAddresses(line, column, $"{before.Name}.responder{where}", expected?.Responder, before.Responder, after.Responder);
                CheckAddresses(line, column, $"{before.Name}.inner{where}", expected?.Inner, before.Inner, after.Inner);
                if ((expected?.Mode ?? before.Mode) is { } mode && mode != after.Mode)
                {
                    Add(line, column, $"{before.Name}.mode{where}", AsBefore(mode, expected?.Mode is not null), $"{after.Mode}");
                }
            }
        }
    }

    private void CheckAddresses(
        int line, int column, string subject, IReadOnlyList<IpAddress>? expected, IReadOnlyList<IpAddress> before, IReadOnlyList<IpAddress> after)
    {
        if (!(expected ?? before).ToHashSet().SetEquals(after))
        {
            Add(line, column, subject, AsBefore(List(expected ?? before), expected is not null), List(after));
        }
    }

    /// <summary>Alternates are what a peer was told, and no SA changes with them: they are compared where the file speaks of the SAD.</summary>
    private void CheckAlternates()
    {
        if (_step.Sad is not { } sad)
        {
            return;
        }

        foreach ((string name, AlternateState after) in _run.After.Alternates)
        {
            AlternateState before = _run.Before.Alternates[name];
            if (sad.Alternates.GetValueOrDefault(name) is { } expected)
            {
                if (!expected.SequenceEqual(after.Usable))
                {
                    Add(sad.At.Line, sad.At.Column, $"alternates.{name}", List(expected), List(after.Usable));
                }
            }
            else if (!after.IsSameOfferAs(before))
            {
                Add(sad.At.Line, sad.At.Column, $"alternates.{name}", AsBefore(List(before.Usable), named: false), List(after.Usable));
            }
        }
    }

    private void CheckEvents()
    {
        if (_step.Events is not { } expected)
        {
            return;
        }

        // Engines tell more than files usually ask about: a kind that the file does not name is left aside, but for these two.
        HashSet<string> kinds = [ScenarioEvents.Alternate, ScenarioEvents.Closed, .. expected.Select(told => told.Kind)];
        ScenarioTold[] got = [.. _run.Told.Where(told => kinds.Contains(told.Kind))];
        for (int i = 0; i < Math.Max(expected.Count, got.Length); i++)
        {
            ScenarioEvent? wanted = i < expected.Count ? expected[i] : null;
            ScenarioTold? found = i < got.Length ? got[i] : null;
            if (wanted is null || found is null || !Matches(wanted, found))
            {
                Add(
                    wanted?.At.Line ?? _step.Line,
                    wanted?.At.Column ?? 1,
                    $"event {i + 1}",
                    wanted is null ? Nothing : ScenarioEvents.Text(wanted.Kind, wanted.Sa, wanted.Address),
                    found is null ? Nothing : ScenarioEvents.Text(found.Kind, found.Sa, found.Address));
            }
        }
    }

    private static bool Matches(ScenarioEvent wanted, ScenarioTold found) =>
        wanted.Kind == found.Kind
        && (wanted.Sa is null || wanted.Sa == found.Sa)
        && (wanted.Address is null || wanted.Address == found.Address);

    private void CheckNegotiation()
    {
        if (_step.Expect is not { } expected)
        {
            return;
        }

        NegotiationOutcome got = _run.Negotiated;
        CheckState(expected, "initiator", expected.Initiator, got.InitiatorState, ProtocolNames.IsSameOutcomeAtInitiator);
        CheckState(expected, "responder", expected.Responder, got.ResponderState, ProtocolNames.IsSameOutcomeAtResponder);
        CheckVersion(expected, "Initiator", got.InitiatorVersion);
        if (!_run.Messages.Any(message => message.Lost))
        {
            // After a loss the two may believe different things, and the file speaks of the Initiator.
            CheckVersion(expected, "Responder", got.ResponderVersion);
        }
    }

    private void CheckState(StateExpectation expected, string peer, string? wanted, string found, Func<string, string, bool> same)
    {
        if (wanted is not null && !same(wanted, found))
        {
            Add(expected.At.Line, expected.At.Column, $"expect.{peer}", wanted, found);
        }
    }

    private void CheckVersion(StateExpectation expected, string peer, int found)
    {
        if (expected.Version is { } wanted && wanted != found)
        {
            Add(expected.At.Line, expected.At.Column, $"expect.version at the {peer}", Version(wanted), Version(found));
        }
    }

    private void Add(int line, int column, string subject, string expected, string got) =>
        _differences.Add(new Difference(line, column, subject, expected, got));

    private static string Version(int version) => version == 0 ? "none" : $"{version}";

    private static string State(bool closed, bool named) => AsBefore(closed ? "closed" : "open", named);

    private static string AsBefore(string text, bool named) => named ? text : $"{text} (as before: the file does not name it)";

    private static string List(IReadOnlyList<IpAddress> addresses) => $"[{string.Join(", ", addresses)}]";
}
