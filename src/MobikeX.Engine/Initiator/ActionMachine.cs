using MobikeX.Protocol;

namespace MobikeX.Engine;

/// <summary>The machine of an action: UPDATE, ADD and REMOVE have one each, with the same events.</summary>
internal abstract class ActionMachine
{
    /// <summary>The upper layer wants the action.</summary>
    public abstract void Wanted(ActionExchange exchange);

    /// <summary>The own SAs are changed, or changed back; or they could not be.</summary>
    public abstract void OwnSas(ActionExchange exchange, bool changed);

    /// <summary>The response is here; or it is known that none will come.</summary>
    public abstract void Ended(ActionExchange exchange, ActionEnd end);

    /// <summary>The machine of an action.</summary>
    public static ActionMachine Of(ActionTrait kind) => kind switch
    {
        ActionTrait.Add => new AddMachine(),
        ActionTrait.Remove => new RemoveMachine(),
        _ => new UpdateMachine(),
    };

    private sealed class UpdateMachine : ActionMachine
    {
        private UpdateInitiatorMachine _machine;

        public override void Wanted(ActionExchange exchange) => _machine.Wanted(ref exchange);

        public override void OwnSas(ActionExchange exchange, bool changed) =>
            _machine.Raise(changed ? UpdateInitiatorEvent.Changed : UpdateInitiatorEvent.NotChanged, ref exchange);

        public override void Ended(ActionExchange exchange, ActionEnd end) =>
            _machine.Raise(
                end == ActionEnd.Answered ? UpdateInitiatorEvent.Answered
                : end == ActionEnd.Refused ? UpdateInitiatorEvent.Refused
                : UpdateInitiatorEvent.Lost,
                ref exchange);
    }

    private sealed class AddMachine : ActionMachine
    {
        private AddInitiatorMachine _machine;

        public override void Wanted(ActionExchange exchange) => _machine.Wanted(ref exchange);

        public override void OwnSas(ActionExchange exchange, bool changed) =>
            _machine.Raise(changed ? AddInitiatorEvent.Changed : AddInitiatorEvent.NotChanged, ref exchange);

        public override void Ended(ActionExchange exchange, ActionEnd end) =>
            _machine.Raise(
                end == ActionEnd.Answered ? AddInitiatorEvent.Answered
                : end == ActionEnd.Refused ? AddInitiatorEvent.Refused
                : AddInitiatorEvent.Lost,
                ref exchange);
    }

    private sealed class RemoveMachine : ActionMachine
    {
        private RemoveInitiatorMachine _machine;

        public override void Wanted(ActionExchange exchange) => _machine.Wanted(ref exchange);

        public override void OwnSas(ActionExchange exchange, bool changed) =>
            _machine.Raise(changed ? RemoveInitiatorEvent.Changed : RemoveInitiatorEvent.NotChanged, ref exchange);

        public override void Ended(ActionExchange exchange, ActionEnd end) =>
            _machine.Raise(
                end == ActionEnd.Answered ? RemoveInitiatorEvent.Answered
                : end == ActionEnd.Refused ? RemoveInitiatorEvent.Refused
                : RemoveInitiatorEvent.Lost,
                ref exchange);
    }
}

/// <summary>How the exchange of an action ended.</summary>
internal enum ActionEnd : byte
{
    /// <summary>With a response that carries no error.</summary>
    Answered,

    /// <summary>With a response that carries an error.</summary>
    Refused,

    /// <summary>Without a response.</summary>
    Lost,
}
