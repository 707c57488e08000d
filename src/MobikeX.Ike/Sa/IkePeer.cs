using MobikeX.Engine;
using MobikeX.Ike.Messages;
using MobikeX.Protocol.Ikev2.Signatures;
using MobikeX.Runtime;

namespace MobikeX.Ike;

/// <summary>A peer as long as this host speaks with it: what outlives a rekey of the IKE_SA.</summary>
public sealed partial class IkePeer
{
    private readonly List<IkeSession> _sessions = [];
    private readonly List<IkeTimer> _timers = [];
    private IkeTimer? _halfOpenTimer;

    internal IkePeer(IkeEndpoint endpoint, IkeConnectionOptions connection, bool isInitiator, PacketAddresses path)
    {
        Endpoint = endpoint;
        Connection = connection;
        IsInitiator = isInitiator;
        Path = path;
        Mobility = connection.Mobility.Create(this);
    }

    /// <summary>What is configured for it.</summary>
    public IkeConnectionOptions Connection { get; private set; }

    /// <summary>True where this host is the Initiator of the first IKE_SA, as MOBIKE has it (RFC 4555 section 1.3).</summary>
    public bool IsInitiator { get; }

    /// <summary>True once the peer is authenticated, until the IKE_SA ends.</summary>
    public bool IsEstablished { get; private set; }

    /// <summary>True once this host deletes the IKE_SA: nothing is begun with its peer any more.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>True once the IKE_SA has ended.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>The way to the peer, of requests and of new SAs.</summary>
    public PacketAddresses Path { get; private set; }

    /// <summary>The SPI that this host receives on.</summary>
    public ulong LocalSpi => Session.LocalSpi;

    /// <summary>The SPI that the peer receives on; 0 before its first answer.</summary>
    public ulong RemoteSpi => Session.RemoteSpi;

    /// <summary>What messages are sealed with, as a proposal of it is written; null before it is agreed on.</summary>
    public string? Algorithms => Session.Keys?.Suite.ToString();

    /// <summary>The identity that the peer proved; null before.</summary>
    public string? Identity => PeerIdentity?.ToString();

    /// <summary>True where a NAT stands in front of this host.</summary>
    public bool LocalBehindNat { get; internal set; }

    /// <summary>True where a NAT stands in front of the peer.</summary>
    public bool PeerBehindNat { get; internal set; }

    /// <summary>The IKE_SA as the engines see it; null before the peer is authenticated.</summary>
    public IkeSa? Sa { get; private set; }

    /// <summary>The CHILD_SAs.</summary>
    public IEnumerable<ChildSa> ChildSas => Children.Select(static child => child.Sa);

    internal IkeEndpoint Endpoint { get; }

    internal IkeOptions Options => Endpoint.Options;

    internal IkeSession Session { get; private set; } = null!;

    internal IMobility Mobility { get; private set; }

    internal Identification? PeerIdentity { get; private set; }

    internal bool UdpEncapsulation => LocalBehindNat || PeerBehindNat || Connection.ForceUdpEncapsulation;

    internal bool PeerTakesFragments { get; set; }

    internal IReadOnlyCollection<SignatureHash>? PeerHashes { get; set; }

    internal List<IkeChild> Children { get; } = [];

    /// <summary>The addresses that the Initiator has inside the tunnel by a Configuration Payload: at most one of each family.</summary>
    public IReadOnlyList<IpAddress> InnerAddresses { get; internal set; } = [];

    /// <summary>Those that this host assigned of its pools.</summary>
    internal IReadOnlyList<AssignedAddress> Assigned { get; private set; } = [];

    internal TimeSpan Now => Endpoint.Now;

    internal IIpsecReader Sas => Endpoint.Sas;

    /// <summary>Ends the IKE_SA in good order: its peer is told (RFC 7296 section 1.4.1).</summary>
    /// <param name="reason">Why, for the events.</param>
    public void Close(string reason)
    {
        if (IsEnded || IsClosing)
        {
            return;
        }

        if (!IsEstablished)
        {
            End(EndCause.Deleted, reason);
            return;
        }

        IsClosing = true;
        BeginFirst(new DeleteIkeExchange(this, reason));
    }

    /// <summary>Takes the current IKE_SA: of a new peer, or the one that it was rekeyed to.</summary>
    internal void Adopt(IkeSession session)
    {
        IkeSession? former = Session;
        Session = session;
        if (former is null)
        {
            return;
        }

        former.HandOver(session);
        Mobility.Rekeyed(session);
        Raise(new SaRekeyed(former.LocalSpi));
    }

    internal void Begin(BegunExchange exchange) => Session.Begin(exchange);

    internal void BeginFirst(BegunExchange exchange) => Session.BeginFirst(exchange);

    /// <summary>Goes another way to the peer from now on.</summary>
    internal void MoveTo(in PacketAddresses path)
    {
        if (Path != path)
        {
            Path = path;
            Raise(new PathChanged(path));
        }
    }

    /// <summary>The peer turned out to be that of another connection.</summary>
    internal void SwitchTo(IkeConnectionOptions connection)
    {
        if (connection != Connection)
        {
            Connection = connection;
            Mobility = connection.Mobility.Create(this);
        }
    }

    /// <summary>Makes the IKE_SA of the engines, not yet known to them.</summary>
    internal void Create(string identity, string authentication)
    {
        PacketAddresses fromInitiator = IsInitiator ? Path : Path.Reversed;
        Sa = new IkeSa(Session.InitiatorSpi, identity, authentication, new AddressSet(fromInitiator.Source), new AddressSet(fromInitiator.Destination))
        {
            ResponderSpi = Session.ResponderSpi,
            InitiatorPort = fromInitiator.SourcePort,
            BehindNat = LocalBehindNat || PeerBehindNat,
        };
    }

    /// <summary>The peer has proved its identity.</summary>
    internal void Authenticate(Identification identity)
    {
        PeerIdentity = identity;
        Sa!.Identity = identity.ToString();
        Sas.Directory.Add(Sa);
        IsEstablished = true;
        _halfOpenTimer?.Stop();
        Endpoint.Authenticated(this);
    }

    /// <summary>The peer has addresses inside the tunnel as long as the IKE_SA lives.</summary>
    internal void Assign(IReadOnlyList<AssignedAddress> assigned)
    {
        Assigned = assigned;
        InnerAddresses = [.. assigned.Select(static one => one.Address)];
    }

    /// <summary>Gives the peer that began a while to authenticate itself.</summary>
    internal void AwaitAuthentication() => _halfOpenTimer = After(Options.HalfOpenLifetime, () => End(EndCause.NotAuthenticated, "the peer did not authenticate itself"));

    /// <summary>IKE_AUTH is over.</summary>
    internal void Established()
    {
        Raise(new SaEstablished(PeerIdentity!.ToShortText(), Path));
        Mobility.Established();
        WatchLiveness();
        WatchNat();
        BeginLifetime();
    }

    /// <summary>Asks for an effect; <paramref name="done"/> hears its outcome, unless the peer is gone by then.</summary>
    internal void Ask(Func<int, IkeEffect> effect, Action<bool> done) => Endpoint.Ask(this, effect, done);

    internal IkeTimer After(TimeSpan delay, Action elapsed)
    {
        IkeTimer timer = Endpoint.Timers.Add(Now + delay, elapsed);
        _timers.RemoveAll(static old => old.IsStopped);
        _timers.Add(timer);
        return timer;
    }

    internal void Raise(IkeEvent ikeEvent) => Raise(ikeEvent, Session);

    /// <summary>Tells something of one of the IKE_SAs, which need not be the current one.</summary>
    internal void Raise(IkeEvent ikeEvent, IkeSession session) =>
        Endpoint.Put(ikeEvent with { At = Now, Connection = Connection.Name, LocalSpi = session.LocalSpi });

    internal void Join(IkeSession session) => _sessions.Add(session);

    internal void Leave(IkeSession session) => _sessions.Remove(session);

    /// <summary>Ends the IKE_SA at this host: its peer is not told.</summary>
    /// <param name="cause">Why, in kind.</param>
    /// <param name="reason">Why, for the events.</param>
    internal void End(EndCause cause, string reason)
    {
        if (IsEnded)
        {
            return;
        }

        bool isOfStranger = !IsInitiator && !IsEstablished;
        IsEnded = true;
        IsEstablished = false;
        foreach (IkeTimer timer in _timers)
        {
            timer.Stop();
        }

        Mobility.Ended();
        foreach (AssignedAddress assigned in Assigned)
        {
            assigned.Release();
        }

        foreach (IkeSession session in _sessions.ToArray())
        {
            session.Close();
        }

        foreach (IkeChild child in Children.ToArray())
        {
            Remove(child);
        }

        if (Sa is { } sa)
        {
            Endpoint.Then(() => Sas.Directory.Remove(sa));
        }

        Raise(new SaEnded(cause, reason) { IsOfStranger = isOfStranger });
        Endpoint.Forget(this);
    }
}
