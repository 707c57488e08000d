using MobikeX.Engine;
using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Ike;

/// <summary>One IKE_SA: its keys, and the window of one request in each direction (RFC 7296 sections 2.1 to 2.3).</summary>
internal sealed partial class IkeSession
{
    /// <summary>What UDP carries over IPv4, in octets.</summary>
    private const int LongestDatagram = ushort.MaxValue - IPv4HeaderLength - UdpHeaderLength;

    private const int IPv4HeaderLength = 20, IPv6HeaderLength = 40, UdpHeaderLength = 8;

    private readonly LinkedList<BegunExchange> _queue = [];
    private readonly FragmentBuffer _requestFragments = new();
    private readonly FragmentBuffer _responseFragments = new();
    private OutstandingRequest? _outstanding;
    private uint _nextOwnId;
    private uint _nextPeerId;
    private uint? _authId;
    private IReadOnlyList<byte[]>? _lastResponse;
    private PacketAddresses _answerPath;
    private bool _isSending;
    private int _repeats;

    public IkeSession(IkePeer peer, bool isInitiator, ulong localSpi, ulong remoteSpi)
    {
        Peer = peer;
        IsInitiator = isInitiator;
        LocalSpi = localSpi;
        RemoteSpi = remoteSpi;
        Born = LastHeard = peer.Now;
        peer.Join(this);
    }

    public IkePeer Peer { get; }

    /// <summary>True where this host is the Initiator of this IKE_SA, so that it sets the flag of that name.</summary>
    public bool IsInitiator { get; }

    /// <summary>When it came to be.</summary>
    public TimeSpan Born { get; }

    /// <summary>True where it took the place of another.</summary>
    public bool IsSuccessor { get; private init; }

    public ulong LocalSpi { get; }

    public ulong RemoteSpi { get; set; }

    public ulong InitiatorSpi => IsInitiator ? LocalSpi : RemoteSpi;

    public ulong ResponderSpi => IsInitiator ? RemoteSpi : LocalSpi;

    public IkeKeys? Keys { get; private set; }

    public MessageProtection? Protection { get; private set; }

    /// <summary>When an authentic message of the peer came last.</summary>
    public TimeSpan LastHeard { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>What the peer put in its place, while an exchange of this host to the same end is outstanding.</summary>
    public PeerSuccessor? RekeyedByPeer { get; set; }

    public BegunExchange? Outstanding => _outstanding?.Exchange;

    /// <summary>The way that the outstanding request was sent; null where there is none.</summary>
    public PacketAddresses? OutstandingPath => _outstanding?.Path;

    public AnsweredExchange? Answering { get; private set; }

    public bool IsIdle => _outstanding is null && _queue.Count == 0;

    /// <summary>Takes the keys; messages are sealed from now on.</summary>
    public void Protect(IkeKeys keys)
    {
        Keys = keys;
        Protection = new MessageProtection(keys, IsInitiator);
        Peer.Options.KeyLog?.Invoke(Diagnostics.KeyLog.Line(keys));
    }

    /// <summary>Both ends have proved who they are: what proves it is needed no more.</summary>
    /// <param name="messageId">The Message ID of IKE_AUTH.</param>
    public void EndAuth(uint messageId)
    {
        _authId = IsInitiator ? null : messageId;
        Keys!.ForgetProofs();
    }

    /// <summary>True for the first request after IKE_AUTH.</summary>
    public bool FollowsAuth(uint messageId) => messageId == _authId + 1;

    public void Begin(BegunExchange exchange)
    {
        _queue.AddLast(exchange);
        SendNext();
    }

    public void BeginFirst(BegunExchange exchange)
    {
        _queue.AddFirst(exchange);
        SendNext();
    }

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

    /// <summary>Builds the outstanding request of IKE_SA_INIT anew, as its responder asked for: there is no IKE_SA yet, whatever SPI the answer had (RFC 7296 section 2.6).</summary>
    public void Restart(BegunExchange exchange)
    {
        RemoteSpi = 0;
        _nextOwnId--;
        _queue.AddFirst(exchange);
        SendNext();
    }

    /// <summary>Makes the IKE_SA that this one is rekeyed to, which is not the current one yet.</summary>
    public IkeSession Succeed(IkeKeys keys, bool isInitiator, ulong localSpi, ulong remoteSpi)
    {
        IkeSession successor = new(Peer, isInitiator, localSpi, remoteSpi) { IsSuccessor = true };
        keys.ForgetProofs();
        successor.Protect(keys);
        Peer.Endpoint.Add(successor);
        return successor;
    }

    /// <summary>Gives what waits for its turn to the IKE_SA that this one was rekeyed to.</summary>
    public void HandOver(IkeSession successor)
    {
        while (_queue.First is { } first)
        {
            _queue.RemoveFirst();
            successor._queue.AddLast(first.Value);
        }

        successor.SendNext();
    }

    /// <summary>Forgets this IKE_SA alone.</summary>
    public void Discard()
    {
        Close();
        Peer.Leave(this);
    }

    /// <summary>Ends it: nothing is begun or answered any more, but what was answered is answered again for a while.</summary>
    public void Close()
    {
        if (IsClosed)
        {
            return;
        }

        IsClosed = true;
        Answering = null;
        _outstanding?.Timer?.Stop();
        BegunExchange[] lost = [.. _outstanding is null ? [] : new[] { _outstanding.Exchange }, .. _queue];
        _outstanding = null;
        _queue.Clear();
        foreach (BegunExchange exchange in lost)
        {
            exchange.Lost();
        }

        Peer.Endpoint.Linger(this);
    }

    /// <summary>Zeroes the keys. Nothing is sent any more: it would go in the clear.</summary>
    public void Forget()
    {
        IsClosed = true;
        Protection?.Dispose();
        Keys?.Dispose();
        Protection = null;
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
