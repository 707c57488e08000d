using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using Cookie2Notify = MobikeX.Protocol.Mobike.Cookie2Notify;
using NotifyDispatcher = MobikeX.Protocol.NotifyDispatcher;

namespace MobikeX.Engine;

/// <summary>Reads the notifies of a request where no version is agreed: those that agree on one mean something, and those that may have been sent under one that was (section 5.6).</summary>
internal static class UnnegotiatedNotifies
{
    /// <summary>One with an SPI is malformed: an offer is answered as such, and the others are ignored.</summary>
    public static void Take(in NotifyPayload payload, MobikeXEngine engine, AnswerChain answers)
    {
        switch (payload.NotifyMessageType)
        {
            case MobikeSupportedNotify.Type when NotifyDispatcher.TryRead(payload, out MobikeSupportedNotify offer):
                engine.TakeOffer(VersionData.Read(offer), answers);
                break;
            case MobikeSupportedNotify.Type:
                engine.TakeMalformedOffer(answers);
                break;
            case MobikeUnsupportedVersionNotify.Type when NotifyDispatcher.TryRead(payload, out MobikeUnsupportedVersionNotify withdrawal):
                engine.TakeWithdrawal(VersionData.Read(withdrawal));
                break;

            case NotifyType type when NotifyDispatcher.TryGetAction(type, out _):
                engine.TakeActionOfNoVersion(answers);
                break;

            // A check that crosses a deactivation would take a missing cookie for a wrong one, and close the IKE_SA (RFC 4555 section 3.7).
            case Cookie2Notify.Type when engine.EndedByPeer is not null && NotifyDispatcher.TryRead(payload, out Cookie2Notify cookie):
                answers.Add(Cookie2Notify.Type, cookie.Data);
                break;
        }
    }
}
