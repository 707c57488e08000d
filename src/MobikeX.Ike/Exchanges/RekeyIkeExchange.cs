using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>CREATE_CHILD_SA at the end that begins it, where the IKE_SA gets new keys (RFC 7296, 1.3.2 and 2.18).</summary>
/// <param name="peer">The peer.</param>
/// <param name="rekeyed">The IKE_SA; nothing is done where the peer has rekeyed it first.</param>
internal sealed class RekeyIkeExchange(IkePeer peer, IkeSession rekeyed) : BegunExchange(peer)
{
    private readonly KeyExchangeAttempts _keyExchange = new([.. peer.Connection.Proposals.SelectMany(static proposal => proposal.KeyExchange).Prepend(rekeyed.Keys!.Suite.KeyExchange).Distinct()]);
    private byte[] _nonce = [];
    private ulong _localSpi;
    private int _tries;

    public override ExchangeType Type => ExchangeType.CreateChildSa;

    public override bool Build(PayloadChain chain)
    {
        if (Peer.IsClosing || Session != rekeyed || rekeyed.RekeyedByPeer is not null)
        {
            return false;
        }

        _tries++;
        _nonce = Nonce.Create();
        _localSpi = Peer.Endpoint.CreateSpi();
        chain.Add(IkeProposals.Offer(Peer.Connection.Proposals, RekeyIkeAnswer.SpiOctets(_localSpi)));
        chain.Add(new NoncePayload(_nonce));
        chain.AddRange(_keyExchange.Begin());
        return true;
    }

    public override void Complete(ReceivedPayloads response)
    {
        // Where the peer has rekeyed it meanwhile, another attempt would come to nothing: what the peer made stays.
        if (Session.RekeyedByPeer is null && _keyExchange.IsAskedForAnother(response))
        {
            Session.BeginFirst(this);
            return;
        }

        using SecretBytes? shared = _keyExchange.Agree(response, out DiffieHellmanGroup? group);
        _keyExchange.Dispose();
        if (response.Error is { } error)
        {
            GiveUp(IkeNames.Of(error.NotifyType), error.NotifyType == NotifyType.TemporaryFailure);
            return;
        }

        if (shared is null
            || response.Get<SaPayload>() is not { } answer
            || !IkeProposals.TryAccept(Peer.Connection.Proposals, answer, out IkeSuite? suite, out Proposal? chosen)
            || suite.KeyExchange != group
            || response.Nonce(suite.Prf) is not { } nonce
            || RekeyIkeAnswer.ReadSpi(chosen) is not { } remoteSpi)
        {
            GiveUp("the answer is not to what was offered", isTemporary: false);
            return;
        }

        IkeSession successor = Session.Succeed(IkeKeys.DeriveRekeyed(Session.Keys!, suite, _nonce, nonce, _localSpi, remoteSpi, shared), isInitiator: true, _localSpi, remoteSpi);
        Succeed(successor, RekeyNonces.Lower(_nonce, nonce));
    }

    public override void Lost() => _keyExchange.Dispose();

    /// <summary>Where the peer rekeyed at the same time, one of the two new IKE_SAs is void; its Initiator deletes it, and that of the other one the old one (RFC 7296, 2.8.2).</summary>
    private void Succeed(IkeSession successor, byte[] lowest)
    {
        if (Session.RekeyedByPeer is { } other)
        {
            if (RekeyNonces.Compare(lowest, other.LowestNonce) < 0)
            {
                Peer.Succeed(Session, other.Successor);
                successor.Begin(new DeleteIkeExchange(Peer, "void"));
                return;
            }

            Peer.After(Peer.Options.HalfOpenLifetime, other.Successor.Discard);
        }

        IkeSession old = Session;
        Peer.Succeed(old, successor);
        old.Begin(new DeleteIkeExchange(Peer, "rekeyed"));
    }

    private void GiveUp(string reason, bool isTemporary)
    {
        if (Session.RekeyedByPeer is { } other)
        {
            Peer.Succeed(Session, other.Successor);
        }
        else if (isTemporary && _tries < Lifetimes.MostTries)
        {
            Peer.Raise(new PeerFailed($"rekey of the IKE_SA: {reason}"));
            Peer.After(Lifetimes.RetryDelay(_tries), () => Peer.Begin(this));
        }
        else
        {
            Peer.Raise(new SaRekeyFailed(reason));
            Peer.BeginRekeyTime(Lifetimes.RetryTime(Peer.Connection.RekeyTime));
        }
    }
}
