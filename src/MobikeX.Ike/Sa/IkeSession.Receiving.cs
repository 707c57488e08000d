using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

internal sealed partial class IkeSession
{
    /// <summary>The octets of this host's message of IKE_SA_INIT, which its AUTH covers.</summary>
    public byte[]? SentFirst { get; set; }

    /// <summary>The octets of the peer's message of IKE_SA_INIT.</summary>
    public byte[]? ReceivedFirst { get; set; }

    /// <summary>The nonces of IKE_SA_INIT: the Initiator's and the Responder's.</summary>
    public (byte[] Initiator, byte[] Responder) Nonces { get; set; } = ([], []);

    /// <summary>Takes a message with the SPIs of this IKE_SA.</summary>
    public void Handle(in IkeHeader header, ReadOnlySpan<byte> datagram, in PacketAddresses packet)
    {
        if (header.Response)
        {
            HandleResponse(header, datagram, packet);
        }
        else
        {
            HandleRequest(header, datagram, packet);
        }
    }

    private void HandleResponse(in IkeHeader header, ReadOnlySpan<byte> datagram, in PacketAddresses packet)
    {
        if (_outstanding is not { } outstanding || header.MessageId != outstanding.Exchange.MessageId || header.ExchangeType != outstanding.Exchange.Type)
        {
            return;
        }

        if (Protection is null)
        {
            HandleFirstResponse(outstanding, header, datagram, packet);
            return;
        }

        if (!TryOpen(_responseFragments, header, datagram, packet, out ReceivedPayloads? response, out MessageFault fault))
        {
            if (fault.Kind is MessageFaultKind.InvalidSyntax or MessageFaultKind.UnsupportedCriticalPayload)
            {
                Peer.End(EndCause.Malformed, $"malformed response: {fault.Reason}");
            }

            return;
        }

        Complete(outstanding, response);
    }

    private void HandleFirstResponse(OutstandingRequest outstanding, in IkeHeader header, ReadOnlySpan<byte> datagram, in PacketAddresses packet)
    {
        if (!MessageReader.TryRead(datagram, out IkeMessage? message, out _) || message.Sealed is not null)
        {
            return;
        }

        ReceivedPayloads response = new(header.ExchangeType, header.MessageId, header.NextPayload, datagram[IkeHeader.MinimumLength..].ToArray(), message.Payloads, packet);

        // An IKE_SA without an SPI of its Responder is none (RFC 7296 section 3.1).
        if ((header.ResponderSpi == 0 && response.Get<SaPayload>() is not null) || !outstanding.Exchange.Believes(response))
        {
            return;
        }

        RemoteSpi = header.ResponderSpi;
        ReceivedFirst = datagram.ToArray();
        Complete(outstanding, response);
    }

    private void Complete(OutstandingRequest outstanding, ReceivedPayloads response)
    {
        Peer.Raise(new MessageReceived(response.Exchange, response.MessageId, true, response.AsMessage with { Version = Peer.Sa?.Version }, response.Packet), this);
        LastHeard = Peer.Now;
        if (Protection is not null && response.Has(NotifyType.InvalidSyntax))
        {
            // The peer has ended it without a Delete (RFC 7296 section 2.21.3).
            Fail(IkeNames.Of(NotifyType.InvalidSyntax));
            return;
        }

        outstanding.Timer?.Stop();
        _outstanding = null;
        if (Peer.IsEstablished)
        {
            Peer.Mobility.TakeResponse(outstanding.Exchange, response);
        }

        if (!IsClosed)
        {
            outstanding.Exchange.Complete(response);
            SendNext();
        }
    }

    /// <summary>Ends without a Delete: the peer with it, unless another IKE_SA has taken the place of this one.</summary>
    private void Fail(string reason)
    {
        if (this == Peer.Session || this == Peer.Session.RekeyedByPeer?.Successor)
        {
            Peer.End(EndCause.Malformed, reason);
        }
        else
        {
            Discard();
        }
    }

    private void HandleRequest(in IkeHeader header, ReadOnlySpan<byte> datagram, in PacketAddresses packet)
    {
        if (Protection is null)
        {
            return;
        }

        bool isRepeated = _nextPeerId > 0 && header.MessageId == _nextPeerId - 1;
        if (isRepeated)
        {
            Repeat(datagram, packet);
            return;
        }

        if (IsClosed || Answering is not null || header.MessageId != _nextPeerId || !IsTimely(header.ExchangeType))
        {
            return;
        }

        if (!TryOpen(_requestFragments, header, datagram, packet, out ReceivedPayloads? request, out MessageFault fault))
        {
            if (fault.Kind is MessageFaultKind.InvalidSyntax or MessageFaultKind.UnsupportedCriticalPayload)
            {
                Take(new RefusedExchange(this, new ReceivedPayloads(header.ExchangeType, header.MessageId, default, [], [], packet), fault.Answer()!));
            }

            return;
        }

        Peer.Raise(new MessageReceived(request.Exchange, request.MessageId, false, request.AsMessage with { Version = Peer.Sa?.Version }, packet), this);
        if (Peer.IsEstablished)
        {
            Peer.Mobility.TakeRequest(request);
        }

        Take(Answers.Create(this, request));
    }

    /// <summary>Before IKE_AUTH is over nothing else is believed, and none after it.</summary>
    private bool IsTimely(ExchangeType exchange) =>
        Peer.IsEstablished || (exchange == ExchangeType.IkeAuth && !IsInitiator);

    private void Take(AnsweredExchange answered)
    {
        _nextPeerId++;
        _requestFragments.Clear();
        LastHeard = Peer.Now;
        Answering = answered;
        _answerPath = answered.Request.Packet.Reversed;
        _lastResponse = null;
        _repeats = 0;
        answered.Respond();
    }

    private void Repeat(ReadOnlySpan<byte> datagram, in PacketAddresses packet)
    {
        if (!MessageReader.TryRead(datagram, out IkeMessage? message, out _)
            || message.Sealed is not { } place
            || place.Fragment is { Number: > 1 }
            || !Protection!.TryOpen(datagram, place, out _))
        {
            return;
        }

        Peer.Raise(new RequestRepeated(message.Header.ExchangeType, message.Header.MessageId, ++_repeats, packet), this);

        // It is answered where it came from: the peer may have changed its way (RFC 4555 section 3.5).
        if (_lastResponse is { } response)
        {
            SendAll(response, packet.Reversed);
        }
        else if (Answering is not null)
        {
            _answerPath = packet.Reversed;
        }
    }

    private bool TryOpen(
        FragmentBuffer fragments,
        in IkeHeader header,
        ReadOnlySpan<byte> datagram,
        in PacketAddresses packet,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ReceivedPayloads? received,
        out MessageFault fault)
    {
        received = null;
        fault = default;
        // Fragments are taken where both ends said so (RFC 7383 section 2.3).
        if (!MessageReader.TryRead(datagram, out IkeMessage? message, out _)
            || message.Sealed is not { } place
            || (place.Fragment is not null && !Peer.PeerTakesFragments)
            || !Protection!.TryOpen(datagram, place, out byte[]? inner)
            || !fragments.TryComplete(header.MessageId, place, inner, out PayloadType first, out byte[] chain))
        {
            return false;
        }

        if (!MessageReader.TryReadChain(first, chain, out IReadOnlyList<IkePayload>? payloads, out fault))
        {
            return false;
        }

        received = new ReceivedPayloads(header.ExchangeType, header.MessageId, first, chain, payloads, packet);
        return true;
    }
}
