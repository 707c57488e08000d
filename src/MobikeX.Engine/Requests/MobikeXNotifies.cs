using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Mobike;
using MobikeX.Runtime;
using AdditionalIpAddressNotify = MobikeX.Protocol.AdditionalIpAddressNotify;
using INotifyHandler = MobikeX.Protocol.INotifyHandler;
using MobikeSupportedNotify = MobikeX.Protocol.MobikeSupportedNotify;
using NoAdditionalAddressesNotify = MobikeX.Protocol.NoAdditionalAddressesNotify;
using NotifyDispatcher = MobikeX.Protocol.NotifyDispatcher;
using TemporaryFailureNotify = MobikeX.Protocol.TemporaryFailureNotify;
using UnacceptableAddressNotify = MobikeX.Protocol.UnacceptableAddressNotify;
using UpdateSaAddressesNotify = MobikeX.Protocol.UpdateSaAddressesNotify;

namespace MobikeX.Engine;

/// <summary>Reads the notifies of a request under version 2.</summary>
internal readonly struct MobikeXNotifies : INotifyHandler
{
    private readonly RequestProcessor _request;
    private readonly MobikeXEngine _engine;

    public MobikeXNotifies(RequestProcessor request, MobikeXEngine engine)
    {
        _request = request;
        _engine = engine;
    }

    public void OnSelector(in SelectorNotify notify) => _request.TakeSelector(notify);

    public void OnEndOfSelector(in EndOfSelectorNotify notify) => _request.TakeEndOfSelector();

    public void OnUpdateSaAddresses(in UpdateSaAddressesNotify notify) =>
        _request.TakeAction(RequestedAction.From(notify, _request.Packet.Source));

    public void OnAddSaAddress(in AddSaAddressNotify notify) =>
        _request.TakeAction(RequestedAction.From(notify, _request.Packet.Source));

    public void OnRemoveSaAddress(in RemoveSaAddressNotify notify) =>
        _request.TakeAction(RequestedAction.From(notify, _request.Packet.Source));

    public void OnAdditionalIpAddress(in AdditionalIpAddressNotify notify) => _request.TakeAction(RequestedAction.From(notify));

    public void OnNoAdditionalAddresses(in NoAdditionalAddressesNotify notify)
    {
        _request.TakeOther();
        _request.TakeNoAlternates();
    }

    public void OnMobikeUnsupportedVersion(in MobikeUnsupportedVersionNotify notify)
    {
        _request.TakeOther();
        _engine.TakeWithdrawal(VersionData.Read(notify));
    }

    public void OnCookie2(in Cookie2Notify notify)
    {
        _request.TakeOther();
        _request.Answers.Add(Cookie2Notify.Type, notify.Data);
    }

    /// <summary>A notify that cannot be read does to the SELECTOR_SET what its type does; where that cannot be told, what follows is not performed.</summary>
    public void OnMalformed(in NotifyPayload payload, in WireFailure failure)
    {
        NotifyType type = payload.NotifyMessageType;
        if (NotifyDispatcher.TryGetAction(type, out ActionTrait action))
        {
            _request.TakeAction(new RequestedAction { Kind = action, Malformed = true, Id = ReadableId.Of(payload.Data) });
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
            _request.Answers.Add((NotifyType)failure.Answer, ReadableId.Of(payload.Data));
        }
    }

    /// <summary>Types of RFC 7296 are understood, whether there is anything to read in them or not.</summary>
    public void OnOther(in NotifyPayload payload)
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

    public void OnMobikeSupported(in MobikeSupportedNotify notify) => _request.TakeOther();

    public void OnAdditionalIp4Address(in AdditionalIp4AddressNotify notify) => _request.TakeOther();

    public void OnNoNatsAllowed(in NoNatsAllowedNotify notify) => _request.TakeOther();

    public void OnNatDetectionSourceIp(in NatDetectionSourceIpNotify notify) => _request.TakeOther();

    public void OnNatDetectionDestinationIp(in NatDetectionDestinationIpNotify notify) => _request.TakeOther();

    public void OnClosingSa(in ClosingSaNotify notify) => _request.TakeOther();

    public void OnUnacceptableAddress(in UnacceptableAddressNotify notify) => _request.TakeOther();

    public void OnDoesNotFitSpd(in DoesNotFitSpdNotify notify) => _request.TakeOther();

    public void OnUnacceptableParameter(in UnacceptableParameterNotify notify) => _request.TakeOther();

    public void OnUnexpectedPayloadAfterSelector(in UnexpectedPayloadAfterSelectorNotify notify) => _request.TakeOther();

    public void OnUnmatchedSelectorSet(in UnmatchedSelectorSetNotify notify) => _request.TakeOther();

    public void OnTemporaryFailure(in TemporaryFailureNotify notify) => _request.TakeOther();

    public void OnUnexpectedNatDetected(in UnexpectedNatDetectedNotify notify) => _request.TakeOther();

    public void OnUnsupportedCriticalPayload(in UnsupportedCriticalPayloadNotify notify) => _request.TakeOther();

    public void OnInvalidMessageId(in InvalidMessageIdNotify notify) => _request.TakeOther();

    public void OnInvalidKePayload(in InvalidKePayloadNotify notify) => _request.TakeOther();

    public void OnChildSaNotFound(in ChildSaNotFoundNotify notify) => _request.TakeOther();

    public void OnSetWindowSize(in SetWindowSizeNotify notify) => _request.TakeOther();

    public void OnCookie(in CookieNotify notify) => _request.TakeOther();

    public void OnRekeySa(in RekeySaNotify notify) => _request.TakeOther();
}
