using MobikeX.Engine;
using MobikeX.Ike.Crypto;

namespace MobikeX.Ike;

/// <summary>One IKE_SA: its keys, and the window of one request in each direction (RFC 7296 sections 2.1 to 2.3).</summary>
internal sealed partial class IkeSession
{
    private readonly LinkedList<BegunExchange> _queue = [];
    private readonly FragmentBuffer _requestFragments = new();
    private readonly FragmentBuffer _responseFragments = new();
    private OutstandingRequest? _outstanding;
    private uint _nextOwnId;
    private uint _nextPeerId;
    private uint? _authId;
    private IReadOnlyList<byte[]>? _lastResponse;
    private PacketAddresses _answerPath;
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
}
