using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

public sealed partial class IkeEndpoint
{
    /// <summary>Takes a datagram.</summary>
    /// <param name="octets">An IKE message, from its header on: the non-ESP marker is taken off, and keepalives do not come here.</param>
    /// <param name="packet">Where from and where to.</param>
    /// <param name="now">The time.</param>
    public void HandleDatagram(ReadOnlySpan<byte> octets, PacketAddresses packet, TimeSpan now)
    {
        Now = now;
        if (!MessageReader.TryReadHeader(octets, out IkeHeader header, out MessageFault fault))
        {
            if (fault.Kind == MessageFaultKind.InvalidMajorVersion && !header.Response)
            {
                Refuse(header, fault.Answer(), packet, octets.Length);
            }

            return;
        }

        ulong spi = header.Initiator ? header.ResponderSpi : header.InitiatorSpi;
        if (header.InitiatorSpi == 0)
        {
            return;
        }

        if (spi == 0)
        {
            if (IsFirstRequest(header))
            {
                HandleFirstRequest(header, octets, packet);
            }

            return;
        }

        if (_sessions.TryGetValue(spi, out IkeSession? session)
            && session.IsInitiator != header.Initiator
            && (session.RemoteSpi == (header.Initiator ? header.InitiatorSpi : header.ResponderSpi) || (session.RemoteSpi == 0 && session.IsInitiator)))
        {
            session.Handle(header, octets, packet);
        }
    }

    private static bool IsFirstRequest(in IkeHeader header) =>
        header is { Initiator: true, Response: false, ExchangeType: ExchangeType.IkeSaInit, MessageId: 0, ResponderSpi: 0 } && header.InitiatorSpi != 0;

    private void HandleFirstRequest(in IkeHeader header, ReadOnlySpan<byte> octets, PacketAddresses packet)
    {
        if (_halfOpen.Find(octets, packet.Source) is { } begun)
        {
            begun.RepeatFirst(packet);
            return;
        }

        if (!MessageReader.TryRead(octets, out IkeMessage? message, out MessageFault fault) || message.Sealed is not null)
        {
            Refuse(header, fault.Answer(), packet, octets.Length);
            return;
        }

        if (message.Payloads.OfType<NoncePayload>().FirstOrDefault() is not { } nonce)
        {
            Tell(RequestRefusal.Malformed, packet);
            return;
        }

        NotifyValue? cookie = message.Payloads.OfType<NotifyValue>().FirstOrDefault(static notify => notify.NotifyType == NotifyType.Cookie);
        bool isProven = cookie is not null && _cookies.Verify(cookie.Data, nonce.Data, packet.Source, header.InitiatorSpi, Now);
        if (!isProven && (_halfOpen.Count >= Options.CookieThreshold || _halfOpen.CountOf(packet.Source, isProven: false) >= Options.UnprovenPerSource))
        {
            AskForCookie(header, nonce, packet, octets.Length);
            return;
        }

        if (_halfOpen.Count >= Options.HalfOpenLimit || _halfOpen.CountOf(packet.Source, isProven: true) >= Options.HalfOpenPerSource)
        {
            Tell(RequestRefusal.HalfOpenLimit, packet);
            return;
        }

        IkeSession? session = new InitAnswer(this, header, message.Payloads, octets.ToArray(), packet).Begin(isProven ? int.MaxValue : octets.Length, out NotifyValue? error);
        if (session is null && error is null)
        {
            AskForCookie(header, nonce, packet, octets.Length);
        }
        else if (session is null)
        {
            Refuse(header, error, packet, octets.Length);
        }
        else
        {
            Add(session);
            _peers.Add(session.Peer);
            _halfOpen.Add(session, packet.Source, isProven, octets);
            session.Peer.AwaitAuthentication();
            session.SendFirst(packet);
        }
    }

    private void AskForCookie(in IkeHeader header, NoncePayload nonce, in PacketAddresses packet, int questionLength) =>
        Refuse(header, new NotifyValue(NotifyType.Cookie, _cookies.Create(nonce.Data, packet.Source, header.InitiatorSpi, Now)), packet, questionLength);

    /// <summary>Answers without keeping anything, unless the answer is longer than the question. INVALID_SYNTAX is said in what is sealed alone (RFC 7296 section 3.10.1).</summary>
    private void Refuse(in IkeHeader header, NotifyValue? answer, in PacketAddresses packet, int questionLength)
    {
        Tell(Refusal(answer?.NotifyType), packet);
        if (answer is null || answer.NotifyType == NotifyType.InvalidSyntax)
        {
            return;
        }

        PayloadChain chain = new();
        chain.Add(answer);
        byte[] octets = MessageWriter.Write(
            MessageWriter.Header(header.InitiatorSpi, header.ResponderSpi, header.ExchangeType, header.MessageId, response: true, initiator: !header.Initiator), chain);
        if (octets.Length <= questionLength)
        {
            Send(new OutgoingDatagram(packet.Reversed, octets, IsKeepalive: false));
        }
    }

    private static RequestRefusal Refusal(NotifyType? answer) => answer switch
    {
        NotifyType.InvalidMajorVersion => RequestRefusal.MajorVersion,
        NotifyType.NoProposalChosen => RequestRefusal.NoProposalChosen,
        NotifyType.InvalidKePayload => RequestRefusal.KeyExchange,
        NotifyType.Cookie => RequestRefusal.Cookie,
        _ => RequestRefusal.Malformed,
    };

    private void Tell(RequestRefusal refusal, in PacketAddresses packet) => Put(new RequestRefused(refusal, packet) { At = Now });
}
