using MobikeX.Ike.Authentication;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>The proof of an identity in IKE_AUTH, in either direction: ID, CERT, CERTREQ and AUTH (RFC 7296 section 2.15).</summary>
internal static class Proofs
{
    /// <summary>How a peer is authenticated, in a word that is the same for all of its IKE_SAs.</summary>
    public static string Name(Credential remote) =>
        remote is PresharedKey ? nameof(AuthenticationMethod.SharedKeyMessageIntegrityCode) : nameof(AuthenticationMethod.DigitalSignature);

    /// <summary>Adds the proof of this host; false where the peer could not verify any.</summary>
    public static bool TryAdd(PayloadChain chain, IkeSession session, PayloadType type)
    {
        IkeConnectionOptions connection = session.Peer.Connection;
        if (!Identification.TryParse(connection.LocalIdentity, out Identification? local))
        {
            return false;
        }

        IdPayload identity = new(type, local);
        bool isInitiator = type == PayloadType.IdentificationInitiator;
        byte[] signed = Signed(session, session.SentFirst, identity);
        if (OwnAuthentication.Create(connection.LocalCredential, session.Keys!.Suite.Prf, session.Peer.PeerHashes, signed) is not { } proof)
        {
            return false;
        }

        chain.Add(identity);
        if (connection.LocalCredential is OwnCertificate own)
        {
            chain.AddRange(own.Chain.Select(static certificate => new CertPayload(CertificateEncoding.X509Signature, certificate)));
        }

        if (isInitiator && connection.RemoteCredential is TrustAnchors anchors)
        {
            chain.Add(new CertReqPayload(CertificateEncoding.X509Signature, anchors.AuthorityHashes));
        }

        if (isInitiator && connection.RemoteIdentity is { } expected && Identification.TryParse(expected, out Identification? remote))
        {
            chain.Add(new IdPayload(PayloadType.IdentificationResponder, remote));
        }

        chain.Add(new AuthPayload(proof.Method, proof.Data));
        return true;
    }

    /// <summary>What is wrong with the proof of the peer; null where nothing is.</summary>
    public static string? Fault(IkeSession session, ReceivedPayloads message, IdPayload identity)
    {
        IkeConnectionOptions connection = session.Peer.Connection;
        if (message.Get<AuthPayload>() is not { } auth)
        {
            return "the peer proved no identity";
        }

        if (!IsExpected(connection, identity.Identity))
        {
            return $"the peer is {identity.Identity.ToShortText()}";
        }

        byte[] signed = Signed(session, session.ReceivedFirst, identity);
        AuthenticationResult result = PeerAuthentication.Verify(
            connection.RemoteCredential,
            session.Keys!.Suite.Prf,
            session.Peer.PeerHashes,
            identity.Identity,
            auth.Method,
            auth.Data,
            [.. message.Payloads.OfType<CertPayload>().Where(static certificate => certificate.Encoding == CertificateEncoding.X509Signature).Select(static certificate => certificate.Data)],
            signed,
            session.Peer.Options.Clock.GetUtcNow());
        return result == AuthenticationResult.Ok ? null : $"authentication of the peer failed: {result}";
    }

    /// <summary>True where a connection is with a peer of this identity.</summary>
    public static bool IsExpected(IkeConnectionOptions connection, Identification peer) =>
        connection.RemoteIdentity is null || (Identification.TryParse(connection.RemoteIdentity, out Identification? expected) && expected.Matches(peer));

    /// <summary>What the end of an identity signs: its message of IKE_SA_INIT, the nonce of the other end, and its identity.</summary>
    private static byte[] Signed(IkeSession session, byte[]? first, IdPayload identity)
    {
        bool isInitiator = identity.Type == PayloadType.IdentificationInitiator;
        return SignedOctets.Build(
            session.Keys!.Suite.Prf,
            first,
            isInitiator ? session.Nonces.Responder : session.Nonces.Initiator,
            isInitiator ? session.Keys.Pi : session.Keys.Pr,
            identity.Body());
    }
}
