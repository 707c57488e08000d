using System.Diagnostics.CodeAnalysis;
using MobikeX.Engine;
using MobikeX.Ike.Crypto;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>Every IKE_SA of a host: datagrams, outcomes and time go in; datagrams, effects, events and the next deadline come out.</summary>
/// <remarks>
/// It opens no socket, starts no thread and reads no clock. Time is counted from an epoch of the caller's choosing. After every call
/// the caller carries out what came out, until nothing is left. It belongs to one thread.
/// </remarks>
public sealed partial class IkeEndpoint
{
    private readonly Dictionary<ulong, IkeSession> _sessions = [];
    private readonly List<IkePeer> _peers = [];
    private readonly Queue<OutgoingDatagram> _datagrams = new();
    private readonly Queue<IkeEvent> _events = new();
    private readonly HalfOpen _halfOpen = new();
    private readonly EstablishedPeers _established = new();
    private readonly Cookies _cookies = new();
    private IReadOnlyList<IpAddress> _addresses = [];

    /// <summary>Creates an endpoint.</summary>
    /// <param name="options">What is configured.</param>
    /// <param name="sas">The SAs of the host.</param>
    public IkeEndpoint(IkeOptions options, IIpsecReader sas)
    {
        Options = options ?? throw new ArgumentNullException(nameof(options));
        Sas = sas ?? throw new ArgumentNullException(nameof(sas));
    }

    /// <summary>What is configured.</summary>
    public IkeOptions Options { get; }

    /// <summary>The peers with which there is an IKE_SA, or is to be one.</summary>
    public IReadOnlyList<IkePeer> Peers => _peers;

    /// <summary>When <see cref="HandleTimeout"/> is to be called at the latest; null where nothing is awaited.</summary>
    public TimeSpan? NextDeadline => Timers.Next;

    /// <summary>Tells what a pair of CHILD_SAs has carried: packets from the peer are a sign that it is there.</summary>
    public Func<ChildSa, ChildSaUsage?> Usage { get; set; } = static _ => null;

    internal ChildSpis ChildSpis { get; } = new();

    internal IIpsecReader Sas { get; }

    internal TimeSpan Now { get; private set; }

    internal TimerQueue Timers { get; } = new();

    /// <summary>The addresses of this host that can be used.</summary>
    internal IReadOnlyList<IpAddress> Addresses => _addresses;

    /// <summary>It is later. What a command that takes no time of its own begins is counted from here.</summary>
    public void Advance(TimeSpan now) => Now = now;

    /// <summary>Lets time pass.</summary>
    public void HandleTimeout(TimeSpan now)
    {
        Now = now;
        Timers.Run(now);
    }

    /// <summary>Takes all addresses of this host that can be used: at the start, and whenever they change.</summary>
    public void HandleAddresses(IReadOnlyList<IpAddress> own, TimeSpan now)
    {
        Now = now;
        _addresses = own ?? throw new ArgumentNullException(nameof(own));
        foreach (IkePeer peer in _peers.ToArray())
        {
            peer.Mobility.HandleAddresses(own);
        }
    }

    /// <summary>Takes that an SA has carried what it may: its CHILD_SA is rekeyed. Those of others are not looked at.</summary>
    public void HandleExpiry(in SaExpiry expiry, TimeSpan now)
    {
        Now = now;
        foreach (IkePeer peer in _peers)
        {
            if (peer.TakeExpiry(expiry))
            {
                return;
            }
        }
    }

    /// <summary>Begins an IKE_SA.</summary>
    /// <param name="connection">The name of the connection.</param>
    /// <param name="now">The time.</param>
    /// <param name="peer">The peer, which is to be authenticated yet.</param>
    /// <param name="fault">Why none can be begun now.</param>
    public bool TryInitiate(string connection, TimeSpan now, [NotNullWhen(true)] out IkePeer? peer, [NotNullWhen(false)] out string? fault) =>
        TryInitiate(connection, now, default, default, out peer, out fault);

    /// <summary>Begins an IKE_SA between given addresses.</summary>
    /// <param name="connection">The name of the connection.</param>
    /// <param name="now">The time.</param>
    /// <param name="local">The address of this host; none for what is configured.</param>
    /// <param name="remote">The address of the peer; none for what is configured.</param>
    /// <param name="peer">The peer, which is to be authenticated yet.</param>
    /// <param name="fault">Why none can be begun now.</param>
    public bool TryInitiate(
        string connection, TimeSpan now, IpAddress local, IpAddress remote, [NotNullWhen(true)] out IkePeer? peer, [NotNullWhen(false)] out string? fault)
    {
        Now = now;
        peer = null;
        IkeConnectionOptions? options = Options.Connections.FirstOrDefault(candidate => candidate.Name == connection);
        if (options is null)
        {
            fault = $"no connection is called '{connection}'";
            return false;
        }

        IReadOnlyList<IpAddress> remotes = remote.IsNone ? options.RemoteAddresses : [remote];
        IReadOnlyList<IpAddress> locals = !local.IsNone ? [local] : UsableFor(options);
        foreach (IpAddress to in remotes)
        {
            IpAddress from = locals.FirstOrDefault(address => address.Length == to.Length);
            if (!from.IsNone)
            {
                peer = Begin(options, from, to);
                fault = null;
                return true;
            }
        }

        fault = remotes.Count == 0 ? $"connection '{connection}' has no address of its peer" : "this host has no address to reach the peer from";
        return false;
    }

    /// <summary>Ends every IKE_SA in good order; <see cref="Peers"/> is empty once it is done.</summary>
    public void ShutDown(TimeSpan now)
    {
        Now = now;
        foreach (IkePeer peer in _peers.ToArray())
        {
            peer.Close("shut down");
        }
    }

    /// <summary>Ends every IKE_SA at this host at once: no peer is told, and the effects that remove the SAs are left to be carried out.</summary>
    /// <param name="cause">Why, in kind.</param>
    /// <param name="reason">Why, for the events.</param>
    /// <param name="now">The time.</param>
    public void EndAll(EndCause cause, string reason, TimeSpan now)
    {
        Now = now;
        foreach (IkePeer peer in _peers.ToArray())
        {
            peer.End(cause, reason);
        }
    }

    /// <summary>Zeroes the keys of every IKE_SA, of those too that have ended and whose last answer is kept for a while. It is the last that is asked of an endpoint: it takes no message any more.</summary>
    public void ForgetKeys()
    {
        foreach (IkeSession session in _sessions.Values)
        {
            session.Forget();
        }

        _sessions.Clear();
    }

    /// <summary>Takes the next datagram to send.</summary>
    public bool TryPollDatagram(out OutgoingDatagram datagram) => _datagrams.TryDequeue(out datagram);

    /// <summary>Takes the next event.</summary>
    public bool TryPollEvent([NotNullWhen(true)] out IkeEvent? ikeEvent) => _events.TryDequeue(out ikeEvent);

    /// <summary>The addresses of this host that a connection may use; all that are configured, as long as the host's own are not known.</summary>
    private IReadOnlyList<IpAddress> UsableFor(IkeConnectionOptions options) =>
        options.LocalAddresses.Count == 0 ? _addresses
        : _addresses.Count == 0 ? options.LocalAddresses
        : [.. options.LocalAddresses.Where(_addresses.Contains)];

    private IkePeer Begin(IkeConnectionOptions options, IpAddress local, IpAddress remote)
    {
        ushort localPort = (ushort)(options.HasNatPort ? Constants.NatTraversalPort : Constants.IkePort);
        IkePeer peer = new(this, options, isInitiator: true, new PacketAddresses(local, localPort, remote, options.RemotePort));
        IkeSession session = new(peer, isInitiator: true, CreateSpi(), 0);
        peer.Adopt(session);
        Add(session);
        _peers.Add(peer);
        peer.Begin(new InitExchange(peer));
        return peer;
    }

    internal void Send(in OutgoingDatagram datagram) => _datagrams.Enqueue(datagram);

    internal void Put(IkeEvent ikeEvent) => _events.Enqueue(ikeEvent);

    internal void Add(IkeSession session) => _sessions.Add(session.LocalSpi, session);

    /// <summary>An SPI that no other IKE_SA of this host has.</summary>
    internal ulong CreateSpi()
    {
        ulong spi;
        do
        {
            spi = Spi.CreateIke();
        }
        while (_sessions.ContainsKey(spi));

        return spi;
    }

    internal void Authenticated(IkePeer peer)
    {
        _halfOpen.Remove(peer);
        _established.Add(peer);
    }

    /// <summary>True where there is an IKE_SA of the same connection, or of another between the same two identities, before the peer of this one is authenticated.</summary>
    internal bool HasOther(IkePeer peer) => _established.Has(peer.Connection);

    /// <summary>The IKE_SAs between the same two identities as a new one, before its peer is authenticated. Those that were proved in another way are not its to end.</summary>
    internal IReadOnlyList<IkePeer> OthersOf(IkePeer peer, Identification identity) =>
        [.. _established.With(identity).Where(other => other.Connection.LocalIdentity == peer.Connection.LocalIdentity && other.Sa!.Authentication == peer.Sa!.Authentication)];

    internal void Forget(IkePeer peer)
    {
        _peers.Remove(peer);
        _established.Remove(peer);
    }

    /// <summary>Keeps what answers a repeated request for a while: its answer may have been lost. Until then it counts against whom it is kept for.</summary>
    internal void Linger(IkeSession session) => Timers.Add(Now + Options.HalfOpenLifetime, () =>
    {
        _sessions.Remove(session.LocalSpi);
        _halfOpen.Remove(session.Peer);
        session.Forget();
    });
}
