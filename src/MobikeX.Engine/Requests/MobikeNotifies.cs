using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Mobike;
using MobikeX.Runtime;
using INotifyHandler = MobikeX.Protocol.Mobike.INotifyHandler;

namespace MobikeX.Engine;

/// <summary>Reads the notifies of a request under version 1: those of RFC 4555. What is malformed, and what the draft adds, is ignored (section 5.6).</summary>
internal readonly struct MobikeNotifies : INotifyHandler
{
    private readonly RequestProcessor _request;

    public MobikeNotifies(RequestProcessor request) => _request = request;

    public void OnUpdateSaAddresses(in UpdateSaAddressesNotify notify) => _request.TakeMobikeAction(RequestedAction.MobikeUpdate(_request.Packet.Source));

    public void OnAdditionalIp4Address(in AdditionalIp4AddressNotify notify) => _request.TakeMobikeAction(RequestedAction.MobikeAlternate(notify.Address));

    public void OnAdditionalIp6Address(in AdditionalIp6AddressNotify notify) => _request.TakeMobikeAction(RequestedAction.MobikeAlternate(notify.Address));

    public void OnNoAdditionalAddresses(in NoAdditionalAddressesNotify notify) => _request.TakeNoAlternates();

    public void OnCookie2(in Cookie2Notify notify) => _request.Answers.Add(Cookie2Notify.Type, notify.Data);

    public void OnMalformed(in NotifyPayload payload, in WireFailure failure)
    {
    }

    public void OnOther(in NotifyPayload payload)
    {
    }

    public void OnMobikeSupported(in MobikeSupportedNotify notify)
    {
    }

    public void OnNoNatsAllowed(in NoNatsAllowedNotify notify)
    {
    }

    public void OnNatDetectionSourceIp(in NatDetectionSourceIpNotify notify)
    {
    }

    public void OnNatDetectionDestinationIp(in NatDetectionDestinationIpNotify notify)
    {
    }

    public void OnUnacceptableAddress(in UnacceptableAddressNotify notify)
    {
    }

    public void OnUnexpectedNatDetected(in UnexpectedNatDetectedNotify notify)
    {
    }

    public void OnTemporaryFailure(in TemporaryFailureNotify notify)
    {
    }

    public void OnUnsupportedCriticalPayload(in UnsupportedCriticalPayloadNotify notify)
    {
    }

    public void OnInvalidMessageId(in InvalidMessageIdNotify notify)
    {
    }

    public void OnInvalidKePayload(in InvalidKePayloadNotify notify)
    {
    }

    public void OnChildSaNotFound(in ChildSaNotFoundNotify notify)
    {
    }

    public void OnSetWindowSize(in SetWindowSizeNotify notify)
    {
    }

    public void OnCookie(in CookieNotify notify)
    {
    }

    public void OnRekeySa(in RekeySaNotify notify)
    {
    }
}
