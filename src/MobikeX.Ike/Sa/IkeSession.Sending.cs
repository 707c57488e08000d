using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

internal sealed partial class IkeSession
{
    /// <summary>What UDP carries over IPv4, in octets.</summary>
    private const int LongestDatagram = ushort.MaxValue - IPv4HeaderLength - UdpHeaderLength;

    private const int IPv4HeaderLength = 20, IPv6HeaderLength = 40, UdpHeaderLength = 8;

    private bool _isSending;

    /// <summary>Sends the octets of the outstanding request on another way, once.</summary>
    public void ResendOutstanding(in PacketAddresses path)
    {
        if (_outstanding is { } outstanding)
        {
            SendAgain(outstanding, path);
        }
    }

    /// <summary>Lets the outstanding request go another way from now on, and counts its attempts anew.</summary>
    public void MoveOutstanding(in PacketAddresses path)
    {
        if (_outstanding is { } outstanding)
        {
            outstanding.Path = path;
            outstanding.Attempt = 0;
            outstanding.Timer?.Stop();
            SendAgain(outstanding, path);
            AwaitResponse(outstanding);
        }
    }

    /// <summary>Answers a request, and keeps the answer for a repeated request. One that was malformed is the last of its IKE_SA (RFC 7296 section 2.21.3).</summary>
    public void Respond(AnsweredExchange answered, PayloadChain answers)
    {
        // An effect may have outlived the IKE_SA.
        if (Answering != answered)
        {
            return;
        }

        if (!Fits(answers))
        {
            Peer.End(EndCause.OwnFault, "an answer that no message can carry");
            return;
        }

        Answering = null;
        ReceivedPayloads request = answered.Request;
        _lastResponse = Seal(MessageWriter.Header(InitiatorSpi, ResponderSpi, request.Exchange, request.MessageId, response: true, IsInitiator), answers);
        Peer.Raise(new MessageSent(request.Exchange, request.MessageId, true, answers.ToMessage() with { Version = Peer.Sa?.Version }, _answerPath), this);
        SendAll(_lastResponse, _answerPath);
        if (answers.IsFatal)
        {
            Fail($"answered {IkeNames.Of(NotifyType.InvalidSyntax)}");
        }
    }

    /// <summary>Has answered IKE_SA_INIT.</summary>
    public void RespondFirst(byte[] response)
    {
        SentFirst = response;
        _nextPeerId = 1;
    }

    /// <summary>Sends the answer of IKE_SA_INIT.</summary>
    public void SendFirst(in PacketAddresses request) => SendAll([SentFirst!], request.Reversed);

    /// <summary>The request of IKE_SA_INIT came again: the same answer is sent again.</summary>
    public void RepeatFirst(in PacketAddresses request)
    {
        Peer.Raise(new RequestRepeated(ExchangeType.IkeSaInit, 0, ++_repeats, request), this);
        SendFirst(request);
    }

    /// <summary>Sends what is next, where nothing is outstanding.</summary>
    private void SendNext()
    {
        if (_isSending)
        {
            return;
        }

        _isSending = true;
        while (!IsClosed && _outstanding is null && _queue.First is { } next)
        {
            _queue.RemoveFirst();
            BegunExchange exchange = next.Value;
            exchange.Begin(this, _nextOwnId);
            PayloadChain chain = new();
            if (!exchange.Build(chain) || IsClosed)
            {
                continue;
            }

            if (!Fits(chain))
            {
                exchange.Lost();
                continue;
            }

            PacketAddresses path = exchange.Path;
            IReadOnlyList<byte[]> datagrams = Seal(MessageWriter.Header(InitiatorSpi, ResponderSpi, exchange.Type, _nextOwnId, response: false, IsInitiator), chain);
            _nextOwnId++;
            _outstanding = new OutstandingRequest(exchange, datagrams, path);
            SentFirst = Protection is null ? datagrams[0] : SentFirst;
            Peer.Raise(new MessageSent(exchange.Type, exchange.MessageId, false, chain.ToMessage() with { Version = Peer.Sa?.Version }, path), this);
            SendAll(datagrams, path);
            AwaitResponse(_outstanding);
        }

        _isSending = false;
    }

    private void AwaitResponse(OutstandingRequest outstanding)
    {
        TimeSpan wait = Peer.Options.RetransmitAfter * Math.Pow(Peer.Options.RetransmitFactor, outstanding.Attempt);
        outstanding.Timer = Peer.After(wait, () => SendAgain(outstanding));
    }

    private void SendAgain(OutstandingRequest outstanding)
    {
        if (outstanding != _outstanding)
        {
            return;
        }

        BegunExchange exchange = outstanding.Exchange;
        if (outstanding.Attempt >= Peer.Options.RetransmitTries)
        {
            if (!Peer.Mobility.Rescues(exchange))
            {
                GiveUp(exchange);
            }

            return;
        }

        outstanding.Attempt++;
        Peer.Mobility.Retransmitting(exchange, outstanding.Attempt);
        if (outstanding == _outstanding && outstanding.Timer!.IsStopped)
        {
            SendAgain(outstanding, outstanding.Path);
            AwaitResponse(outstanding);
        }
    }

    private void SendAgain(OutstandingRequest outstanding, in PacketAddresses path)
    {
        Peer.Raise(new RequestSentAgain(outstanding.Exchange.Type, outstanding.Exchange.MessageId, outstanding.Attempt, path), this);
        SendAll(outstanding.Datagrams, path);
    }

    private void GiveUp(BegunExchange exchange)
    {
        _outstanding = null;
        exchange.Lost();
        if (exchange.EndsPeerWhenLost)
        {
            Peer.End(EndCause.NoResponse, $"no response to {exchange.Type}");
            return;
        }

        SendNext();
    }

    /// <summary>True where payloads go into a datagram of UDP, or into fragments, of which the peer takes no more than one message has (RFC 7383 section 2.6).</summary>
    private bool Fits(PayloadChain chain) =>
        Protection is not { } protection || chain.Octets.Length <= protection.MaximumInner(LongestDatagram - (int)Constants.NonEspMarker, fragment: false);

    private List<byte[]> Seal(in IkeHeader header, PayloadChain chain)
    {
        if (Protection is not { } protection)
        {
            return [MessageWriter.Write(header, chain)];
        }

        int ip = Peer.Path.Source.IsIPv6 ? IPv6HeaderLength : IPv4HeaderLength;
        int longest = Peer.Options.FragmentSize - ip - UdpHeaderLength - (int)Constants.NonEspMarker;
        if (!Peer.PeerTakesFragments || chain.Octets.Length <= protection.MaximumInner(longest, fragment: false))
        {
            return [protection.Seal(header, chain.First, chain.Octets)];
        }

        int part = protection.MaximumInner(longest, fragment: true);
        int total = (chain.Octets.Length + part - 1) / part;
        List<byte[]> fragments = [];
        for (int number = 1; number <= total; number++)
        {
            int at = (number - 1) * part;
            fragments.Add(protection.Seal(header, number == 1 ? chain.First : PayloadType.NoNextPayload, chain.Octets.Slice(at, Math.Min(part, chain.Octets.Length - at)), new FragmentPlace((ushort)number, (ushort)total)));
        }

        return fragments;
    }

    private void SendAll(IReadOnlyList<byte[]> datagrams, in PacketAddresses path)
    {
        foreach (byte[] datagram in datagrams)
        {
            Peer.Endpoint.Send(new OutgoingDatagram(path, datagram, IsKeepalive: false));
        }
    }
}
