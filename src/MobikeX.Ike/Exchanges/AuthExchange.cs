using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>IKE_AUTH at the Initiator: both identities are proved, and the first CHILD_SA is set up (RFC 7296 section 1.2).</summary>
internal sealed class AuthExchange(IkePeer peer) : BegunExchange(peer)
{
    private ChildOffer? _offer;

    public override ExchangeType Type => ExchangeType.IkeAuth;

    public override bool Build(PayloadChain chain)
    {
        IkeConnectionOptions connection = Peer.Connection;
        Peer.Create(connection.RemoteIdentity ?? Path.Destination.ToString(), Proofs.Name(connection.RemoteCredential));
        if (!Proofs.TryAdd(chain, Session, PayloadType.IdentificationInitiator))
        {
            Peer.End(EndCause.NotAuthenticated, "the peer cannot verify any proof of this host");
            return false;
        }

        if (connection.Uniqueness != Uniqueness.Never && !Peer.Endpoint.HasOther(Peer))
        {
            chain.Add(new NotifyValue(NotifyType.InitialContact));
        }

        if (connection.RequestIPv4Address || connection.RequestIPv6Address)
        {
            chain.Add(InnerAddressConfiguration.Request(connection.RequestIPv4Address, connection.RequestIPv6Address));
        }

        if (connection.Children.Count > 0)
        {
            _offer = ChildOffer.Create(Peer, connection.Children[0], withKeyExchange: false);
            chain.AddRange(_offer.Notifies);
            chain.Add(_offer.Sa);
            chain.Add(_offer.Initiator);
            chain.Add(_offer.Responder);
        }

        Peer.Mobility.AddToAuth(chain);
        return true;
    }

    public override void Complete(ReceivedPayloads response)
    {
        Take(response);
        _offer?.Withdraw();
    }

    public override void Lost() => _offer?.Withdraw();

    private void Take(ReceivedPayloads response)
    {
        if (response.Identity(PayloadType.IdentificationResponder) is not { } identity || response.Get<AuthPayload>() is null)
        {
            NotifyType? error = response.Error?.NotifyType;
            Peer.End(
                error is null or NotifyType.AuthenticationFailed ? EndCause.NotAuthenticated : EndCause.Refused,
                error is { } told ? IkeNames.Of(told) : "the peer proved no identity");
            return;
        }

        if (Proofs.Fault(Session, response, identity) is { } fault)
        {
            // The peer holds the IKE_SA for established, and is told better (RFC 7296 section 2.21.2).
            Session.BeginFirst(new DeleteIkeExchange(Peer, fault, EndCause.NotAuthenticated));
            return;
        }

        Session.EndAuth(response.MessageId);
        Peer.Authenticate(identity.Identity);
        Peer.Mobility.TakeAuthResponse(response);
        TakeInnerAddresses(response);
        Peer.Established();
        TakeChild(response);
    }

    private void TakeInnerAddresses(ReceivedPayloads response)
    {
        if ((Peer.Connection.RequestIPv4Address || Peer.Connection.RequestIPv6Address) && response.Get<CpPayload>() is { } reply)
        {
            Peer.InnerAddresses = InnerAddressConfiguration.ReadReply(reply);
            if (Peer.InnerAddresses.Count > 0)
            {
                Peer.Raise(new InnerAddressesGiven(Peer.InnerAddresses));
            }
        }
    }

    private void TakeChild(ReceivedPayloads response)
    {
        if (_offer is null)
        {
            return;
        }

        ChildOptions options = Peer.Connection.Children[0];
        if (!_offer.TryAccept(response.Payloads, Session.Keys!, Session.Nonces.Initiator, Session.Nonces.Responder, null, null, out NegotiatedChild? child, out string? fault))
        {
            if (fault is null)
            {
                Peer.Raise(new ChildFailed(options.Name, response.Error is { } error ? IkeNames.Of(error.NotifyType) : "no answer to it"));
            }
            else
            {
                Refuse(options, options.Proposals[0].Protocol, fault);
            }

            Peer.BeginOtherChildren();
            return;
        }

        Peer.Install(child, succeeded =>
        {
            if (!succeeded)
            {
                Refuse(options, child.Suite.Protocol, "it could not be installed");
            }

            Peer.BeginOtherChildren();
        });
    }

    /// <summary>The peer holds the CHILD_SA for set up: it is told that it is not.</summary>
    private void Refuse(ChildOptions options, ProtocolId protocol, string fault)
    {
        Peer.Raise(new ChildFailed(options.Name, fault));
        Peer.Begin(new DeleteChildExchange(Peer, protocol, _offer!.LocalSpi));
    }
}
