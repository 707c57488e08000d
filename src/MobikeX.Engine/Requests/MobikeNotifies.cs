using MobikeX.Protocol.Ikev2;
using MobikeX.Protocol.Mobike;

namespace MobikeX.Engine;

/// <summary>Reads the notifies of a request under version 1: those of RFC 4555. What the draft adds is not understood, and ignored (section 5.6).</summary>
internal static class MobikeNotifies
{
    public static void Take(in NotifyPayload payload, RequestProcessor request)
    {
        switch (payload.NotifyMessageType)
        {
            case UpdateSaAddressesNotify.Type:
                request.TakeMobikeAction(RequestedAction.MobikeUpdate(request.Packet.Source));
                break;
            case AdditionalIp4AddressNotify.Type when AdditionalIp4AddressNotify.TryRead(payload.Data, out AdditionalIp4AddressNotify alternate, out _):
                request.TakeMobikeAction(RequestedAction.MobikeAlternate(alternate.Address));
                break;
            case AdditionalIp6AddressNotify.Type when AdditionalIp6AddressNotify.TryRead(payload.Data, out AdditionalIp6AddressNotify alternate, out _):
                request.TakeMobikeAction(RequestedAction.MobikeAlternate(alternate.Address));
                break;
            case NoAdditionalAddressesNotify.Type:
                request.TakeNoAlternates();
                break;
            case Cookie2Notify.Type when Cookie2Notify.TryRead(payload.Data, out Cookie2Notify cookie, out _):
                request.Answers.Add(Cookie2Notify.Type, cookie.Data);
                break;
        }
    }
}
