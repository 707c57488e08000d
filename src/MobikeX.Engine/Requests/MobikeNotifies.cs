using MobikeX.Protocol.Mobike;
using NotifyHandler = MobikeX.Protocol.Mobike.NotifyHandler;

namespace MobikeX.Engine;

/// <summary>Reads the notifies of a request under version 1: those of RFC 4555. What is malformed, and what the draft adds, is ignored (section 5.6).</summary>
internal sealed class MobikeNotifies : NotifyHandler
{
    private readonly RequestProcessor _request;

    public MobikeNotifies(RequestProcessor request) => _request = request;

    /// <summary>RFC 4555 has no answer to an UPDATE by the peer that may not ask for one.</summary>
    public override void OnUpdateSaAddresses(in UpdateSaAddressesNotify notify)
    {
        if (_request.PeerMaySend(Protocol.UpdateSaAddressesNotify.Sender))
        {
            _request.TakeMobikeAction(RequestedAction.MobikeUpdate(_request.Packet.Source));
        }
    }

    public override void OnAdditionalIp4Address(in AdditionalIp4AddressNotify notify) => _request.TakeMobikeAction(RequestedAction.MobikeAlternate(notify.Address));

    public override void OnAdditionalIp6Address(in AdditionalIp6AddressNotify notify) => _request.TakeMobikeAction(RequestedAction.MobikeAlternate(notify.Address));

    public override void OnNoAdditionalAddresses(in NoAdditionalAddressesNotify notify) => _request.TakeNoAlternates();

    public override void OnCookie2(in Cookie2Notify notify) => _request.Answers.Add(Cookie2Notify.Type, notify.Data);
}
