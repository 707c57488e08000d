using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using Ikev2Constants = MobikeX.Protocol.Ikev2.Constants;

namespace MobikeX.Cli.Scenarios;

/// <summary>Runs a scenario on the engines, over memory backends and in virtual time.</summary>
internal sealed class ScenarioRunner
{
    private readonly ScenarioHost _initiator;
    private readonly ScenarioHost _responder;
    private readonly ScenarioNetwork _network;
    private PeerRole _view = PeerRole.Responder;

    private ScenarioRunner(Scenario scenario)
    {
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
        _network.Begin(step.Lose);
        if (step.Actions.OfType<SendRequest>().FirstOrDefault() is { } request)
        {
            _view = request.By == PeerRole.Initiator ? PeerRole.Responder : PeerRole.Initiator;
        }
        else if (step.Actions.OfType<Ask>().Any())
        {
            // What the peer makes of a request, a request shows; this shows what the one that asks makes of the answer.
            _view = PeerRole.Initiator;
        }
        else if (step.Actions.OfType<Unreachable>().Any())
        {
            _view = PeerRole.Responder;
        }

        // A step that agrees or ends a version is not written in it yet, or still is.
        MobikeVersion? version = _network.Host(_view).Ike.Version;
        TimeSpan start = _network.Now;
        ScenarioHost peer = _network.Host(_view == PeerRole.Initiator ? PeerRole.Responder : PeerRole.Initiator);
        SadState before = _network.Host(_view).Sad(start);
        SadState peerBefore = peer.Sad(start);
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
            peerBefore,
            peer.Sad(_network.Now),
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
            case Ask ask:
                Act(ask);
                break;
            case Unreachable unreachable:
                Act(unreachable);
                break;
        }
    }

    private void Act(Negotiate negotiate)
    {
        _initiator.BeginNegotiation(negotiate.Initiator);
        _responder.BeginNegotiation(negotiate.Responder);
        _network.Answer = negotiate.Answer;
        if (negotiate.Initiator.Knows)
        {
            ((MobikeXInitiator)_initiator.Engine).Enable(_network.Now);
            _network.Exchange(_initiator);
            _network.RunToEnd();
        }
    }

    private void Act(Ask ask)
    {
        var engine = (MobikeXInitiator)_initiator.Engine;
        PacketAddresses packet = Packet(PeerRole.Initiator, ask.From);
        _network.PeerFollows = false;
        _ = ask.Action switch
        {
            ActionTrait.Add => engine.Add(ask.Command, packet, _network.Now, _initiator.Backend),
            ActionTrait.Remove => engine.Remove(ask.Command, packet, _network.Now, _initiator.Backend),
            _ => engine.Update(ask.Command, packet, _network.Now, _initiator.Backend),
        };
        _network.Exchange(_initiator);
    }

    private void Act(SendRequest request)
    {
        PacketAddresses packet = Packet(request.By, request.From);
        byte[] chain = ScenarioNotation.Chain(request.Notifies, out PayloadType first);
        _network.Inject(request.By, request.MessageId, ExchangeType.Informational, first, chain, packet);
    }

    private void Act(Unreachable unreachable)
    {
        _network.PeerFollows = false;
        ((MobikeXResponder)_responder.Engine).PeerUnreachable(unreachable.Tried, _network.Now, _responder.Backend);
        _network.Exchange(_responder);
    }

    /// <summary>A packet of a peer to where the other is now.</summary>
    private PacketAddresses Packet(PeerRole by, IpAddress? from)
    {
        IkeSa ike = _network.Host(by).Ike;
        IpAddress initiator = ike.Initiator[0];
        IpAddress responder = ike.Responder[0];
        const ushort Port = Ikev2Constants.NatTraversalPort;
        return by == PeerRole.Initiator
            ? new PacketAddresses(from ?? initiator, Port, responder, Port)
            : new PacketAddresses(from ?? responder, Port, initiator, Port);
    }

    private NegotiationOutcome Outcome() =>
        new(
            ((MobikeXInitiator)_initiator.Engine).State.Name(),
            ((MobikeXResponder)_responder.Engine).State.Name(),
            (int)(_initiator.Ike.Version ?? 0),
            (int)(_responder.Ike.Version ?? 0));
}
