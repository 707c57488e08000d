using MobikeX.Engine.Memory;

namespace MobikeX.Engine.Tests.Simulator;

/// <summary>One end: an engine with its backend and its carrier.</summary>
internal sealed class SimulatorHost
{
    private readonly SimulatorClock _clock;
    private readonly Random _random;
    private TimeSpan? _deadline;
    private TimeSpan _busyUntil;

    public SimulatorHost(MobikeXEngine engine, MemoryIpsecBackend backend, SimulatorClock clock, SimulatorNetwork network, Random random)
    {
        Engine = engine;
        Backend = backend;
        _clock = clock;
        _random = random;
        Carrier = new SimulatorCarrier(this, clock, network);
    }

    public MobikeXEngine Engine { get; }

    public MemoryIpsecBackend Backend { get; }

    public SimulatorCarrier Carrier { get; }

    public bool IsInitiator => Engine is MobikeXInitiator;

    public List<EngineEvent> Events { get; } = [];

    /// <summary>Is told of every event when it comes out, before anything else happens.</summary>
    public Action<EngineEvent>? Told { get; set; }

    /// <summary>How likely it is that a change of the backend takes its time.</summary>
    public double SlowChanges { get; set; }

    public void TakeRequest(in ReceivedMessage message)
    {
        Engine.HandleRequest(message, _clock.Now, Backend);
        Pump();
    }

    public void TakeResponse(in ReceivedMessage message)
    {
        Engine.HandleResponse(message, _clock.Now, Backend);
        Pump();
    }

    public void TakeSent(uint token) => Engine.HandleSent(token, _clock.Now);

    public void TakeLoss(uint token)
    {
        Engine.HandleLoss(token, _clock.Now, Backend);
        Pump();
    }

    /// <summary>Takes everything that the engine has put out.</summary>
    public void Pump()
    {
        bool more;
        do
        {
            more = false;
            while (Engine.TryPollEvent(out EngineEvent? engineEvent))
            {
                Events.Add(engineEvent!);
                Told?.Invoke(engineEvent!);
                more = true;
            }

            while (Engine.TryPollTransmit(out Transmit transmit))
            {
                Carrier.Send(transmit);
                more = true;
            }

            if (Engine.TryPollEffect(out Effect effect))
            {
                more = true;
                Carry(effect);
            }
        }
        while (more);

        if (Engine.NextDeadline is { } deadline && deadline != _deadline)
        {
            _deadline = deadline;
            _clock.At(deadline, () =>
            {
                Engine.HandleTimeout(_clock.Now);
                Pump();
            });
        }
    }

    /// <summary>A backend makes its changes in order, however long each takes.</summary>
    private void Carry(Effect effect)
    {
        bool isBusy = _busyUntil > _clock.Now;
        if (isBusy || _random.NextDouble() < SlowChanges)
        {
            _busyUntil = (isBusy ? _busyUntil : _clock.Now) + TimeSpan.FromMilliseconds(_random.Next(1, 3000));
            _clock.At(_busyUntil, () =>
            {
                Apply(effect);
                Pump();
            });
        }
        else
        {
            Apply(effect);
        }
    }

    private void Apply(in Effect effect)
    {
        bool changed = Backend.TryApply(effect.Change, effect.Targets);
        Engine.HandleEffect(effect.Id, changed, _clock.Now, Backend);
    }
}
