using BenchmarkDotNet.Attributes;
using MobikeX.Protocol;
using Stateless;

namespace MobikeX.Benchmarks;

/// <summary>Four events of SELECTOR_RESPONDER, the course of one request: the generated machine and the same written for Stateless.</summary>
[MemoryDiagnoser]
public class MachineBenchmarks
{
    private const int Events = 4;

    private readonly StateMachine<SelectorResponderState, SelectorResponderEvent> _stateless = new(SelectorResponderState.Null);
    private SelectorResponderMachine _generated;
    private Handler _handler;
    private int _count;

    [GlobalSetup]
    public void Setup()
    {
        _stateless.Configure(SelectorResponderState.Null)
            .PermitReentryIf(SelectorResponderEvent.MessageBegins, static () => true)
            .PermitIf(SelectorResponderEvent.Selector, SelectorResponderState.Start, static () => true);
        _stateless.Configure(SelectorResponderState.Start)
            .OnEntry(() => _count++)
            .PermitIf(SelectorResponderEvent.Action, SelectorResponderState.Established, static () => true);
        _stateless.Configure(SelectorResponderState.Established)
            .OnEntry(() => _count++)
            .Permit(SelectorResponderEvent.EndOfSelector, SelectorResponderState.Null);
        Stateless();
        Generated();
        if (_stateless.State != SelectorResponderState.Null || _generated.State != SelectorResponderState.Null || _handler.Performed != 1)
        {
            throw new InvalidOperationException("the rivals do not take the same course");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public int Stateless()
    {
        _stateless.Fire(SelectorResponderEvent.MessageBegins);
        _stateless.Fire(SelectorResponderEvent.Selector);
        _stateless.Fire(SelectorResponderEvent.Action);
        _stateless.Fire(SelectorResponderEvent.EndOfSelector);
        return _count;
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public int Generated()
    {
        _generated.MessageBegins(ref _handler);
        _generated.Selector(ref _handler);
        _generated.Action(ref _handler);
        _generated.EndOfSelector(ref _handler);
        return _handler.Performed;
    }

    private struct Handler : ISelectorResponderHandler
    {
        internal int Performed;
        private bool _erroneous;

        public readonly bool MaySelect() => true;

        public readonly bool SelectorUnderstood() => true;

        public readonly bool Erroneous() => _erroneous;

        public readonly bool EndsSet() => false;

        public readonly void ClearSet()
        {
        }

        public readonly void AddSelector()
        {
        }

        public void SetError() => _erroneous = true;

        public void ClearError() => _erroneous = false;

        public readonly void SelectDefault()
        {
        }

        public readonly void FixSet()
        {
        }

        public void Perform() => Performed++;

        public readonly void React(Reaction reaction)
        {
        }
    }
}
