using MobikeX.Ike.Authentication;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>IKE_AUTH at the Responder (RFC 7296 section 1.2). A CHILD_SA that cannot be had leaves the IKE_SA as it is.</summary>
internal sealed class AuthAnswer(IkeSession session, ReceivedPayloads request) : AnsweredExchange(session, request)
{
    private readonly PayloadChain _answers = new();

    public override void Respond()
    {
        if (Request.Identity(PayloadType.IdentificationInitiator) is not { } identity)
        {
            Refuse("the peer named no identity");
            return;
        }

        if (FindConnection(identity.Identity) is not { } connection)
        {
            Refuse($"no connection is configured for {identity.Identity.ToShortText()}");
            return;
        }

        Peer.SwitchTo(connection);
        Peer.MoveTo(Request.Packet.Reversed);
        if (Proofs.Fault(Session, Request, identity) is { } fault)
        {
            Refuse(fault);
            return;
        }

        if (connection.Mobility.Versions.Count > 0 && NatProhibition.IsViolated(Request))
        {
            Refuse("the peer allows no NAT, and there is one", NotifyType.UnexpectedNatDetected);
            return;
        }

        if (!Proofs.TryAdd(_answers, Session, PayloadType.IdentificationResponder))
        {
            Refuse("the peer cannot verify any proof of this host");
            return;
        }

        Peer.Create(identity.Identity.ToString(), Proofs.Name(connection.RemoteCredential));
        if (!TryTakePlace(identity.Identity))
        {
            return;
        }

        Session.EndAuth(Request.MessageId);
        AnswerChild(() => Peer.Mobility.Answer(Request, _answers, () =>
        {
            Send(_answers);
            if (!Peer.IsEnded)
            {
                Peer.Established();
            }
        }));
    }

    /// <summary>Settles what becomes of other IKE_SAs with the same peer; false where this one is refused for them.</summary>
    private bool TryTakePlace(Identification identity)
    {
        Uniqueness policy = Peer.Connection.Uniqueness;
        IReadOnlyList<IkePeer> others = Peer.Endpoint.OthersOf(Peer, identity);
        if (policy != Uniqueness.Never && Request.Has(NotifyType.InitialContact))
        {
            // The peer knows of none, and is told of none.
            Peer.Authenticate(identity);
            foreach (IkePeer other in others)
            {
                other.End(EndCause.Replaced, "replaced by the peer");
            }

            return true;
        }

        if (policy == Uniqueness.Keep && others.Any(static other => !other.IsClosing))
        {
            Refuse($"there is an IKE_SA with {identity.ToShortText()}, which stays");
            return false;
        }

        if (others.Count >= Peer.Options.EstablishedPerIdentity)
        {
            Refuse($"there are {others.Count} IKE_SAs with {identity.ToShortText()}");
            return false;
        }

        Peer.Authenticate(identity);
        foreach (IkePeer other in policy == Uniqueness.Replace ? others : [])
        {
            other.Close("replaced by another IKE_SA of the peer");
        }

        return true;
    }

    private void Refuse(string reason, NotifyType error = NotifyType.AuthenticationFailed)
    {
        PayloadChain answers = new();
        answers.Add(new NotifyValue(error));
        Send(answers);
        Peer.End(error == NotifyType.AuthenticationFailed ? EndCause.NotAuthenticated : EndCause.Mobility, reason);
    }

    /// <remarks>The algorithms were chosen before the peer had a name: a connection that does not take them is not the one.</remarks>
    private IkeConnectionOptions? FindConnection(Identification peer)
    {
        Identification? asked = Request.Identity(PayloadType.IdentificationResponder)?.Identity;
        List<IkeConnectionOptions> fitting =
        [
            .. Peer.Endpoint.Options.Connections.Where(connection =>
                connection.Accepts(Request.Packet.Destination, Request.Packet.Source)
                && IkeProposals.Allows(connection.Proposals, Session.Keys!.Suite)
                && Proofs.IsExpected(connection, peer)
                && (asked is null || (Identification.TryParse(connection.LocalIdentity, out Identification? local) && local.Matches(asked)))),
        ];

        // A peer that is named somewhere is not to come in as anybody: only among equals the method of its proof decides.
        List<IkeConnectionOptions> candidates = fitting.FindAll(static connection => connection.RemoteIdentity is not null) is { Count: > 0 } named ? named : fitting;
        AuthenticationMethod? method = Request.Get<AuthPayload>()?.Method;
        return candidates.Find(connection => method is { } used && PeerAuthentication.Takes(connection.RemoteCredential, used)) ?? candidates.FirstOrDefault();
    }

    private void AnswerChild(Action done)
    {
        bool asksForChild = Request.Get<SaPayload>() is not null;
        if (!TryAnswerConfiguration() || !asksForChild)
        {
            done();
            return;
        }

        if (!ChildAnswer.TryAnswer(
            Peer,
            Request.Payloads,
            Session.Keys!,
            Session.Nonces.Initiator,
            Session.Nonces.Responder,
            out NegotiatedChild? child,
            out IReadOnlyList<IkePayload> answer,
            out NotifyValue? error))
        {
            _answers.Add(error);
            Peer.Raise(new ChildFailed(Peer.Connection.Name, IkeNames.Of(error.NotifyType)));
            done();
            return;
        }

        Peer.Install(child, succeeded =>
        {
            if (succeeded)
            {
                _answers.AddRange(answer);
            }
            else
            {
                // Of the errors that leave the IKE_SA as it is (RFC 7296, 1.2) the one that says no more than that there is no CHILD_SA.
                _answers.Add(new NotifyValue(NotifyType.NoProposalChosen));
                Peer.Raise(new ChildFailed(child.Options.Name, "it could not be installed"));
            }

            done();
        });
    }

    /// <summary>Gives the peer the address inside the tunnel that it asks for; false where none is left, so that it gets no CHILD_SA (RFC 7296 section 3.15.4).</summary>
    private bool TryAnswerConfiguration()
    {
        if (Request.Get<CpPayload>() is not { ConfigurationType: ConfigurationType.Request } asked || Peer.Connection.Pools.Count == 0)
        {
            return true;
        }

        if (!InnerAddressConfiguration.TryAnswer(asked, Peer.Connection.Pools, Peer.PeerIdentity!.ToString(), out CpPayload? reply, out IReadOnlyList<AssignedAddress>? assigned))
        {
            _answers.Add(new NotifyValue(NotifyType.InternalAddressFailure));
            Peer.Raise(new ChildFailed(Peer.Connection.Name, IkeNames.Of(NotifyType.InternalAddressFailure)));
            return false;
        }

        Peer.Assign(assigned);
        _answers.Add(reply);
        return true;
    }
}
