using MobikeX.Engine;
using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>IKE_SA_INIT at the Responder (RFC 7296 section 1.2). Until the answer is whole nothing is kept of its peer.</summary>
internal sealed class InitAnswer(IkeEndpoint endpoint, IkeHeader header, IReadOnlyList<IkePayload> payloads, byte[] request, PacketAddresses packet)
{
    private readonly ReceivedPayloads _request = new(header.ExchangeType, header.MessageId, header.NextPayload, request[IkeHeader.MinimumLength..], payloads, packet);

    /// <summary>The IKE_SA that was begun, or null and an error to answer without state, or neither: the answer would be longer than is allowed.</summary>
    /// <param name="longest">Nobody is to be flooded with more octets than were spent on it, before a COOKIE came back.</param>
    /// <param name="error">What to answer instead.</param>
    public IkeSession? Begin(int longest, out NotifyValue? error)
    {
        error = new NotifyValue(NotifyType.InvalidSyntax);
        if (_request.Get<SaPayload>() is not { } offered || _request.Get<KePayload>() is not { } ke)
        {
            return null;
        }

        error = new NotifyValue(NotifyType.NoProposalChosen);
        IkeSuite? suite = null;
        Proposal? chosen = null;
        IkeConnectionOptions? connection = endpoint.Options.Connections.FirstOrDefault(candidate =>
            candidate.Accepts(packet.Destination, packet.Source) && IkeProposals.TrySelect(candidate.Proposals, offered, ke.Group, out suite, out chosen));
        if (connection is null)
        {
            return null;
        }

        if (_request.Nonce(suite!.Prf) is not { } nonce)
        {
            error = new NotifyValue(NotifyType.InvalidSyntax);
            return null;
        }

        if (suite.KeyExchange != ke.Group)
        {
            error = NotifyValue.InvalidKePayload(suite.KeyExchange);
            return null;
        }

        IkePeer peer = new(endpoint, connection, isInitiator: false, packet.Reversed);
        IkeSession session = new(peer, isInitiator: false, endpoint.CreateSpi(), header.InitiatorSpi);
        peer.Adopt(session);
        byte[] own = Nonce.Create();

        // Public values of a group are of one length, so that the peer's stands for this host's: nothing is computed for somebody who may not be there.
        if (Write(session, Answers(session, chosen!, ke.Group, ke.Data, own)).Length > longest)
        {
            error = null;
            return null;
        }

        using KeyExchange keyExchange = KeyExchange.Create(ke.Group);
        if (!keyExchange.TryAgree(ke.Data, out SecretBytes? sharedSecret))
        {
            error = new NotifyValue(NotifyType.InvalidSyntax);
            return null;
        }

        using (sharedSecret)
        {
            error = null;
            Accept(session, suite, Answers(session, chosen!, ke.Group, keyExchange.PublicValue, own), nonce, own, sharedSecret);
            return session;
        }
    }

    private PayloadChain Answers(IkeSession session, Proposal chosen, DiffieHellmanGroup group, byte[] publicValue, byte[] own)
    {
        IkeConnectionOptions connection = session.Peer.Connection;
        PayloadChain answers = new();
        answers.Add(new SaPayload([chosen]));
        answers.Add(new KePayload(group, publicValue));
        answers.Add(new NoncePayload(own));
        answers.AddRange(NatDetection.Notifies(session, packet.Reversed, connection.ForceUdpEncapsulation));
        InitNotifies.AddTo(answers, connection);
        if (connection.RemoteCredential is Authentication.TrustAnchors anchors)
        {
            answers.Add(new CertReqPayload(CertificateEncoding.X509Signature, anchors.AuthorityHashes));
        }

        return answers;
    }

    private static byte[] Write(IkeSession session, PayloadChain answers) => MessageWriter.Write(
        MessageWriter.Header(session.InitiatorSpi, session.ResponderSpi, ExchangeType.IkeSaInit, 0, response: true, initiator: false), answers);

    private void Accept(IkeSession session, IkeSuite suite, PayloadChain answers, byte[] theirs, byte[] own, SecretBytes sharedSecret)
    {
        IkePeer peer = session.Peer;
        InitNotifies.Read(peer, _request);
        if (FindNat() is { } nat)
        {
            peer.LocalBehindNat = nat.LocalBehindNat;
            peer.PeerBehindNat = nat.PeerBehindNat;
        }

        session.Nonces = (theirs, own);
        session.ReceivedFirst = request;
        session.Protect(IkeKeys.Derive(suite, theirs, own, session.InitiatorSpi, session.ResponderSpi, sharedSecret));
        session.RespondFirst(Write(session, answers));
        peer.Raise(new MessageReceived(ExchangeType.IkeSaInit, 0, false, _request.AsMessage, packet));
        peer.Raise(new MessageSent(ExchangeType.IkeSaInit, 0, true, answers.ToMessage(), packet.Reversed));
    }

    /// <summary>The request was hashed before there was an SPI of the Responder.</summary>
    private NatFinding? FindNat() => NatDetection.Read(header.InitiatorSpi, 0, _request);
}
