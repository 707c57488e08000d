using System.Buffers.Binary;
using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>CREATE_CHILD_SA at the end that answers it, where the IKE_SA gets new keys (RFC 7296, 1.3.2 and 2.18).</summary>
internal sealed class RekeyIkeAnswer(IkeSession session, ReceivedPayloads request) : AnsweredExchange(session, request)
{
    /// <summary>The SPI of an IKE_SA in a proposal; null where there is none.</summary>
    public static ulong? ReadSpi(Proposal proposal) =>
        proposal.Spi.Length == sizeof(ulong) && BinaryPrimitives.ReadUInt64BigEndian(proposal.Spi) is not 0 and var spi ? spi : null;

    /// <summary>The SPI of an IKE_SA as a proposal has it.</summary>
    public static byte[] SpiOctets(ulong spi)
    {
        byte[] octets = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(octets, spi);
        return octets;
    }

    public override void Respond()
    {
        PayloadChain answers = new();
        if (!TryAnswer(answers, out NotifyValue? error, out PeerSuccessor? successor))
        {
            answers.Add(error!);
            Send(answers);
            return;
        }

        Send(answers);
        if (Session.Outstanding is RekeyIkeExchange)
        {
            // Both rekey at once: which of the two new IKE_SAs stays is decided when the own exchange is complete.
            Session.RekeyedByPeer = successor;
        }
        else
        {
            Peer.Succeed(Session, successor!.Successor);
        }
    }

    /// <summary>The peer has rekeyed it just now, and would do so without end.</summary>
    private bool IsTooYoung() => Session is { IsInitiator: false, IsSuccessor: true } && Peer.Now - Session.Born < Lifetimes.LeastAge;

    private bool TryAnswer(PayloadChain answers, out NotifyValue? error, out PeerSuccessor? successor)
    {
        successor = null;
        error = new NotifyValue(NotifyType.TemporaryFailure);
        if (Session != Peer.Session || Peer.IsClosing || Session.RekeyedByPeer is not null || Session.Outstanding is not (null or RekeyIkeExchange) || IsTooYoung())
        {
            return false;
        }

        error = new NotifyValue(NotifyType.InvalidSyntax);
        if (Request.Get<SaPayload>() is not { } offered || Request.Get<KePayload>() is not { } ke)
        {
            return false;
        }

        if (!IkeProposals.TrySelect(Peer.Connection.Proposals, offered, ke.Group, out IkeSuite? suite, out Proposal? chosen) || ReadSpi(chosen) is not { } remoteSpi)
        {
            error = new NotifyValue(NotifyType.NoProposalChosen);
            return false;
        }

        if (suite.KeyExchange != ke.Group)
        {
            error = NotifyValue.InvalidKePayload(suite.KeyExchange);
            return false;
        }

        // A nonce that is refused costs no key exchange.
        if (Request.Nonce(suite.Prf) is not { } nonce)
        {
            return false;
        }

        using KeyExchange keyExchange = KeyExchange.Create(ke.Group);
        if (!keyExchange.TryAgree(ke.Data, out SecretBytes? shared))
        {
            return false;
        }

        using (shared)
        {
            byte[] own = Nonce.Create();
            ulong localSpi = Peer.Endpoint.CreateSpi();
            answers.Add(new SaPayload([chosen with { Spi = SpiOctets(localSpi) }]));
            answers.Add(new NoncePayload(own));
            answers.Add(new KePayload(ke.Group, keyExchange.PublicValue));
            IkeKeys keys = IkeKeys.DeriveRekeyed(Session.Keys!, suite, nonce, own, remoteSpi, localSpi, shared);
            successor = new PeerSuccessor(Session.Succeed(keys, isInitiator: false, localSpi, remoteSpi), RekeyNonces.Lower(nonce, own));
            return true;
        }
    }
}
