using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Mobike;
using MobikeX.Runtime;
using AdditionalIpAddressNotify = MobikeX.Protocol.AdditionalIpAddressNotify;
using MobikeSupportedNotify = MobikeX.Protocol.MobikeSupportedNotify;
using NoAdditionalAddressesNotify = MobikeX.Protocol.NoAdditionalAddressesNotify;
using NotifyDispatcher = MobikeX.Protocol.NotifyDispatcher;
using NotifyHandler = MobikeX.Protocol.NotifyHandler;
using UpdateSaAddressesNotify = MobikeX.Protocol.UpdateSaAddressesNotify;

namespace MobikeX.Engine;

/// <summary>Reads the notifies of a request under version 2.</summary>
internal sealed class MobikeXNotifies : NotifyHandler
{
    private readonly RequestProcessor _request;

    public MobikeXNotifies(RequestProcessor request) => _request = request;

    public override void OnSelector(in SelectorNotify notify) => _request.TakeSelector(notify);

    public override void OnEndOfSelector(in EndOfSelectorNotify notify) => _request.TakeEndOfSelector();

    public override void OnUpdateSaAddresses(in UpdateSaAddressesNotify notify) =>
        _request.TakeAction(RequestedAction.From(notify, _request.Packet.Source));

    public override void OnAddSaAddress(in AddSaAddressNotify notify) =>
        _request.TakeAction(RequestedAction.From(notify, _request.Packet.Source));

    public override void OnRemoveSaAddress(in RemoveSaAddressNotify notify) =>
        _request.TakeAction(RequestedAction.From(notify, _request.Packet.Source));

    public override void OnAdditionalIpAddress(in AdditionalIpAddressNotify notify) => _request.TakeAction(RequestedAction.From(notify));

    public override void OnNoAdditionalAddresses(in NoAdditionalAddressesNotify notify)
    {
        _request.TakeOther();
        _request.TakeNoAlternates();
    }

    public override void OnMobikeSupported(in MobikeSupportedNotify notify)
    {
        _request.TakeOther();
        _request.TakeOffer(VersionData.Read(notify));
    }

    public override void OnMobikeUnsupportedVersion(in MobikeUnsupportedVersionNotify notify)
    {
        _request.TakeOther();
        _request.TakeWithdrawal(VersionData.Read(notify));
    }

    public override void OnCookie2(in Cookie2Notify notify)
    {
        _request.TakeOther();
        _request.Answers.Add(Cookie2Notify.Type, notify.Data);
    }

    /// <summary>A notify that cannot be read does to the SELECTOR_SET what its type does; where that cannot be told, what follows is not performed.</summary>
    public override void OnMalformed(in NotifyPayload payload, in WireFailure failure)
    {
        NotifyType type = payload.NotifyMessageType;
        if (NotifyDispatcher.TryGetAction(type, out ActionTrait action))
        {
            _request.TakeAction(new RequestedAction { Type = type, Kind = action, Malformed = true, Id = ReadableId.Of(payload.Data) });
            return;
        }

        if (NotifyDispatcher.TryGetSelectorSet(type, out SelectorSetTrait effect) && effect == SelectorSetTrait.Extends)
        {
            _request.TakeUnreadableSelector(ReadableId.Of(payload.Data));
            return;
        }

        if (effect == SelectorSetTrait.Ends)
        {
            _request.TakeNotUnderstood();
        }
        else
        {
            _request.TakeOther();
        }

        if (failure.Answer >= 0)
        {
            _request.Answers.Add((NotifyType)failure.Answer, NotifyDispatcher.EchoesId(type) ? ReadableId.Of(payload.Data) : null);
        }
    }

    /// <summary>Types of RFC 7296 are understood, whether there is anything to read in them or not.</summary>
    public override void OnOther(in NotifyPayload payload)
    {
        if (payload.NotifyMessageType.IsNamed())
        {
            _request.TakeOther();
        }
        else
        {
            _request.TakeNotUnderstood();
        }
    }

    /// <summary>What is understood, and has nothing to do with SELECTORs.</summary>
    protected override void OnRest() => _request.TakeOther();
}
