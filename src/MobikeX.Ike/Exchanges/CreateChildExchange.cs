using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>CREATE_CHILD_SA at the end that begins it: a new CHILD_SA, or one in the place of another (RFC 7296, 1.3.1 and 1.3.3).</summary>
internal sealed class CreateChildExchange : BegunExchange
{
    private readonly ChildOptions _options;
    private readonly IkeChild? _replaces;
    private readonly KeyExchangeAttempts _keyExchange;
    private ChildOffer? _offer;
    private byte[] _nonce = [];
    private int _tries;

    public CreateChildExchange(IkePeer peer, ChildOptions options, IkeChild? replaces = null)
        : base(peer)
    {
        _options = options;
        _replaces = replaces;
        _keyExchange = new KeyExchangeAttempts([.. options.Proposals.SelectMany(static proposal => proposal.KeyExchange).Where(static group => group != DiffieHellmanGroup.None).Distinct()]);
    }

    public override ExchangeType Type => ExchangeType.CreateChildSa;

    public override bool Build(PayloadChain chain)
    {
        if (Peer.IsClosing || (_replaces is not null && !_replaces.CanBeRekeyed(Peer)))
        {
            return false;
        }

        _tries++;
        _nonce = Nonce.Create();
        _offer = ChildOffer.Create(Peer, _options, withKeyExchange: true, _replaces);
        if (_replaces is not null)
        {
            _replaces.IsRekeying = true;
            chain.Add(new NotifyValue(_replaces.Suite.Protocol, ChildProposals.SpiOctets(_replaces.LocalSpi), NotifyType.RekeySa, []));
        }

        chain.AddRange(_offer.Notifies);
        chain.Add(_offer.Sa);
        chain.Add(new NoncePayload(_nonce));
        chain.AddRange(_keyExchange.Begin());
        chain.Add(_offer.Initiator);
        chain.Add(_offer.Responder);
        return true;
    }

    public override void Complete(ReceivedPayloads response)
    {
        if (_keyExchange.IsAskedForAnother(response))
        {
            End();
            Peer.BeginFirst(this);
            return;
        }

        if (response.Error is { } error)
        {
            End();
            Refused(error.NotifyType);
            return;
        }

        using SecretBytes? shared = _keyExchange.Agree(response, out DiffieHellmanGroup? group);
        if (response.Nonce(Session.Keys!.Suite.Prf) is not { } nonce)
        {
            End();
            Fail(_options.Proposals[0].Protocol, "the answer has no nonce that is long enough");
            return;
        }

        if (!_offer!.TryAccept(response.Payloads, Session.Keys!, _nonce, nonce, shared, group, out NegotiatedChild? child, out string? fault))
        {
            End();
            Fail(_options.Proposals[0].Protocol, fault!);
            return;
        }

        if (_replaces is not null)
        {
            _replaces.IsReplaced = true;
        }

        Peer.Install(child, (installed, succeeded) =>
        {
            End();
            if (!succeeded)
            {
                if (_replaces is not null)
                {
                    _replaces.IsReplaced = false;
                }

                Fail(child.Suite.Protocol, "it could not be installed");
            }
            else if (_replaces is not null)
            {
                Rekeyed(_replaces, installed!, RekeyNonces.Lower(_nonce, nonce));
            }
        });
    }

    public override void Lost() => End();

    private void End()
    {
        _keyExchange.Dispose();
        _offer?.Withdraw();
        if (_replaces is not null)
        {
            _replaces.IsRekeying = false;
        }
    }

    private void Refused(NotifyType error)
    {
        if (error == NotifyType.TemporaryFailure && _tries < Lifetimes.MostTries)
        {
            Peer.After(Lifetimes.RetryDelay(_tries), () => Peer.Begin(this));
            return;
        }

        if (error == NotifyType.ChildSaNotFound && _replaces is not null)
        {
            // The two do not agree on what there is: it is made anew (RFC 7296, 2.25.1). One that the peer has deleted meanwhile stays away.
            if (Peer.Children.Contains(_replaces))
            {
                Peer.Remove(_replaces);
                Peer.Begin(new CreateChildExchange(Peer, _options));
            }

            return;
        }

        Tell(IkeNames.Of(error));
        _replaces?.TryAgainLater(Peer);
    }

    /// <summary>The peer holds the CHILD_SA for set up: it is told that it is not.</summary>
    private void Fail(ProtocolId protocol, string fault)
    {
        Tell(fault);
        Peer.Begin(new DeleteChildExchange(Peer, protocol, _offer!.LocalSpi));
        _replaces?.TryAgainLater(Peer);
    }

    private void Tell(string reason) => Peer.Raise(new ChildFailed(_options.Name, reason) { FormerSpi = _replaces?.LocalSpi });

    /// <summary>Where the peer rekeyed the same CHILD_SA at the same time, one of the two new ones is void; its Initiator deletes it, and that of the other one the old one (RFC 7296, 2.8.1).</summary>
    private void Rekeyed(IkeChild old, IkeChild created, byte[] lowest)
    {
        if (old.NonceOfPeerRekey is { } other && RekeyNonces.Compare(lowest, other) < 0)
        {
            // The peer, which answered, does not send on it yet. This host is not to either: the peer ends it before this host hears so.
            Peer.BeginFirst(new DeleteChildExchange(Peer, created.Suite.Protocol, created.LocalSpi));
            Peer.Remove(created);
            return;
        }

        Peer.Raise(new ChildRekeyed(_options.Name, old.LocalSpi, created.LocalSpi, created.RemoteSpi));
        if (Peer.Children.Contains(old))
        {
            Peer.BeginFirst(new DeleteChildExchange(Peer, old));
        }
    }
}
