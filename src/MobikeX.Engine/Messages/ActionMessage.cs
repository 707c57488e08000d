using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Engine;

/// <summary>How a request with actions is put together: guards and actions of <see cref="SelectorInitiatorMachine"/> (sections 8 and 9).</summary>
internal sealed class ActionMessage : ISelectorInitiatorHandler
{
    private readonly MobikeXEngine _engine;
    private SelectorInitiatorMachine _machine;
    private NotifyChain _notifies = new();
    private IReadOnlyList<RequestedNotify> _selectors = [];
    private IReadOnlyList<RequestedNotify> _actions = [];
    private PacketAddresses _packet;

    public ActionMessage(MobikeXEngine engine) => _engine = engine;

    /// <summary>What the response is reported under; null where none is awaited.</summary>
    public uint? Token { get; private set; }

    /// <summary>Sends actions, and before them notifies that are about the packet: behind a SELECTOR they would end the set.</summary>
    public void Send(IReadOnlyList<RequestedNotify> aboutPacket, IReadOnlyList<RequestedNotify> selectors, IReadOnlyList<RequestedNotify> actions, in PacketAddresses packet)
    {
        _notifies = new NotifyChain();
        _selectors = selectors;
        _actions = actions;
        _packet = packet;
        Append(aboutPacket);
        ActionMessage self = this;
        _machine.ActionWanted(ref self);
    }

    /// <summary>The response came, or none will.</summary>
    public void End()
    {
        Token = null;
        ActionMessage self = this;
        _machine.Ended(ref self);
    }

    bool ISelectorInitiatorHandler.DefaultApplies() => _selectors.Count == 0;

    void ISelectorInitiatorHandler.AppendSelectors() => Append(_selectors);

    void ISelectorInitiatorHandler.AppendAction() => Append(_actions);

    void ISelectorInitiatorHandler.AppendEndOfSelector() => _notifies.Add(EndOfSelectorNotify.Type, []);

    void ISelectorInitiatorHandler.SendAll() => Token = _engine.Send(ExchangeType.Informational, _notifies, _packet);

    private void Append(IReadOnlyList<RequestedNotify> notifies)
    {
        foreach (RequestedNotify notify in notifies)
        {
            _notifies.Add(notify.Type, notify.Data);
        }
    }
}
