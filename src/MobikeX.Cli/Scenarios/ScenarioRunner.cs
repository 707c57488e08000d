using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using Ikev2Constants = MobikeX.Protocol.Ikev2.Constants;

namespace MobikeX.Cli.Scenarios;

/// <summary>Runs a scenario on the engines, over memory backends and in virtual time.</summary>
internal sealed class ScenarioRunner
{
    private readonly Scenario _scenario;
    private readonly ScenarioHost _initiator;
    private readonly ScenarioHost _responder;
    private readonly ScenarioNetwork _network;
    private PeerRole _view = PeerRole.Responder;

    private ScenarioRunner(Scenario scenario)
    {
        _scenario = scenario;
        _initiator = new ScenarioHost(PeerRole.Initiator, scenario);
        _responder = new ScenarioHost(PeerRole.Responder, scenario);
        _network = new ScenarioNetwork(_initiator, _responder);
    }

    public static ScenarioRun Run(Scenario scenario)
    {
        var runner = new ScenarioRunner(scenario);
        return new ScenarioRun(scenario, [.. scenario.Steps.Select(runner.RunStep)]);
    }

    private StepRun RunStep(ScenarioStep step)
    {
        _network.Begin();
        if (step.Actions.OfType<SendRequest>().FirstOrDefault() is { } request)
        {
            _view = request.By == PeerRole.Initiator ? PeerRole.Responder : PeerRole.Initiator;
        }

        // A step that agrees or ends a version is not written in it yet, or still is.
        MobikeVersion? version = _network.Host(_view).Ike.Version;
        TimeSpan start = _network.Now;
        SadState before = _network.Host(_view).Sad(start);
        foreach (ScenarioAction action in step.Actions)
        {
            Act(action);
        }

        var run = new StepRun(
            step,
            _view,
            start,
            _network.Now,
            [.. _network.Messages],
            [.. _network.Told],
            before,
            _network.Host(_view).Sad(_network.Now),
            Outcome(),
            version,
            []);
        return run with { Differences = ScenarioChecker.Check(run) };
    }

    private void Act(ScenarioAction action)
    {
        switch (action)
        {
            case FailBackend:
                _network.FailNextChange = true;
                break;
            case Wait wait:
                _network.Advance(_network.Now + wait.Duration);
                break;
            case Negotiate negotiate:
                Act(negotiate);
                break;
            case SendRequest request:
                Act(request);
                break;
        }
    }

    private void Act(Negotiate negotiate)
    {
        NegotiationSide initiator = negotiate.Initiator;
        NegotiationSide responder = negotiate.Responder;
        _initiator.Ike.Version = null;
        _responder.Ike.Version = null;
        var engine = new MobikeXInitiator(_initiator.Ike, new InitiatorOptions
        {
            KnowsVersions = !initiator.Rfc4555,
            OfferedVersions = Versions(initiator.Enabled),
            SupportedVersions = Versions(initiator.Supported),
            OffersAgain = initiator.Retry,
        });
        _initiator.Engine = engine;
        _responder.Engine = new MobikeXResponder(_responder.Ike, new ResponderOptions
        {
            AcceptsAddress = _scenario.Policy.TakesLocally,
            KnowsMobike = responder.Knows,
            KnowsVersions = !responder.Rfc4555,
            EnabledVersions = Versions(responder.Enabled),
        });
        _network.Lose = negotiate.Lose;
        if (initiator.Knows)
        {
            engine.Enable(_network.Now);
            _network.Exchange(_initiator);
            _network.RunToEnd();
        }
    }

    private void Act(SendRequest request)
    {
        ScenarioHost sender = _network.Host(request.By);
        IpAddress initiator = sender.Ike.Initiator[0];
        IpAddress responder = sender.Ike.Responder[0];
        ushort port = Ikev2Constants.NatTraversalPort;
        PacketAddresses packet = request.By == PeerRole.Initiator
            ? new PacketAddresses(request.From ?? initiator, port, responder, port)
            : new PacketAddresses(request.From ?? responder, port, initiator, port);
        _network.Lose = request.Lose;
        byte[] chain = ScenarioNotation.Chain(request.Notifies, out PayloadType first);
        _network.Inject(request.By, ExchangeType.Informational, first, chain, packet);
    }

    private NegotiationOutcome Outcome() =>
        new(
            ((MobikeXInitiator)_initiator.Engine).State.Name(),
            ((MobikeXResponder)_responder.Engine).State.Name(),
            (int)(_initiator.Ike.Version ?? 0),
            (int)(_responder.Ike.Version ?? 0));

    private static MobikeVersion[] Versions(IReadOnlyList<int> numbers) => [.. numbers.Select(number => (MobikeVersion)number)];
}
