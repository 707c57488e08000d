using MobikeX.Engine;
using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>IKE_SA_INIT at the Initiator (RFC 7296 section 1.2).</summary>
internal sealed class InitExchange : BegunExchange, IDisposable
{
    /// <summary>A peer that asks for cookies without end is no peer.</summary>
    private const int MostCookies = 3;

    private readonly byte[] _nonce = Nonce.Create();
    private readonly HashSet<DiffieHellmanGroup> _tried = [];
    private KeyExchange _keyExchange;
    private byte[]? _cookie;
    private int _cookies;
    private IkeSuite? _suite;
    private byte[] _theirs = [];
    private SecretBytes? _sharedSecret;
    private IkeTimer? _refusal;

    public InitExchange(IkePeer peer)
        : base(peer) => _keyExchange = Try(peer.Connection.Proposals[0].KeyExchange[0]);

    public override ExchangeType Type => ExchangeType.IkeSaInit;

    public override bool Build(PayloadChain chain)
    {
        if (_cookie is not null)
        {
            chain.Add(new NotifyValue(NotifyType.Cookie, _cookie));
        }

        chain.Add(IkeProposals.Offer(Peer.Connection.Proposals, []));
        chain.Add(new KePayload(_keyExchange.Group, _keyExchange.PublicValue));
        chain.Add(new NoncePayload(_nonce));
        chain.AddRange(NatDetection.Notifies(Session, Path, Peer.Connection.ForceUdpEncapsulation));
        InitNotifies.AddTo(chain, Peer.Connection);
        return true;
    }

    /// <remarks>Anybody may have sent it: an error is not the end, since the true response may follow (RFC 7296 section 2.21.1).</remarks>
    public override bool Believes(ReceivedPayloads response)
    {
        if (response.Notify(NotifyType.Cookie) is not null)
        {
            return _cookies < MostCookies;
        }

        if (AskedGroup(response) is { } group)
        {
            return !_tried.Contains(group) && Peer.Connection.Proposals.Any(proposal => proposal.KeyExchange.Contains(group));
        }

        if (response.Error is { } error)
        {
            GiveUpSoon(IkeNames.Of(error.NotifyType));
            return false;
        }

        if (response.Get<SaPayload>() is not { } answer || response.Get<KePayload>() is not { } ke
            || !IkeProposals.TryAccept(Peer.Connection.Proposals, answer, out _suite, out _)
            || response.Nonce(_suite.Prf) is not { } nonce
            || _suite.KeyExchange != _keyExchange.Group
            || ke.Group != _keyExchange.Group)
        {
            return false;
        }

        _theirs = nonce;
        return _keyExchange.TryAgree(ke.Data, out _sharedSecret);
    }

    public override void Complete(ReceivedPayloads response)
    {
        // Somebody is there who goes on: what was refused before was not said by it.
        _refusal?.Stop();
        _refusal = null;
        if (_sharedSecret is null)
        {
            if (response.Notify(NotifyType.Cookie) is { } cookie)
            {
                _cookie = cookie.Data;
                _cookies++;
            }
            else
            {
                _keyExchange.Dispose();
                _keyExchange = Try(AskedGroup(response)!.Value);
            }

            Session.Restart(this);
            return;
        }

        Session.Nonces = (_nonce, _theirs);
        Session.Protect(IkeKeys.Derive(_suite!, Session.Nonces.Initiator, Session.Nonces.Responder, Session.InitiatorSpi, Session.ResponderSpi, _sharedSecret));
        Dispose();
        InitNotifies.Read(Peer, response);
        MoveToNatPort(NatDetection.Read(Session, response));
        Session.BeginFirst(new AuthExchange(Peer));
    }

    public override void Lost() => Dispose();

    public void Dispose()
    {
        _keyExchange.Dispose();
        _sharedSecret?.Dispose();
    }

    private KeyExchange Try(DiffieHellmanGroup group)
    {
        _tried.Add(group);
        return KeyExchange.Create(group);
    }

    private static DiffieHellmanGroup? AskedGroup(ReceivedPayloads response) =>
        response.Notify(NotifyType.InvalidKePayload) is { } notify && InvalidKePayloadNotify.TryRead(notify.Data, out InvalidKePayloadNotify asked, out _) ? asked.Group : null;

    private void GiveUpSoon(string refusal) => _refusal ??= Peer.After(Peer.Options.RetransmitAfter * 2, () => Peer.End(EndCause.Refused, refusal));

    private void MoveToNatPort(NatFinding? finding)
    {
        if (finding is not { } nat)
        {
            return;
        }

        Peer.LocalBehindNat = nat.LocalBehindNat;
        Peer.PeerBehindNat = nat.PeerBehindNat;
        if (Peer.UdpEncapsulation || Peer.Mobility.WantsNatPort)
        {
            Peer.MoveTo(new PacketAddresses(Path.Source, (ushort)Constants.NatTraversalPort, Path.Destination, Peer.Connection.RemoteNatPort));
        }
    }
}
