using MobikeX.Engine.Memory;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;

namespace MobikeX.Engine.Tests.Simulator;

/// <summary>An Initiator and a Responder that know the same SAs, with a network between them, in virtual time.</summary>
internal sealed class Pair
{
    public const ulong IkeSpi = 0xa1;
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    public Pair(InitiatorOptions? initiator = null, ResponderOptions? responder = null, MobikeVersion? version = MobikeVersion.MobikeX, int seed = 0, ulong responderSpi = 0)
    {
        Random random = new(seed);
        Clock = new SimulatorClock();
        Network = new SimulatorNetwork(Clock, random);
        IkeSa atInitiator = Ike(IkeSpi, "gw@example.org", version, responderSpi);
        IkeSa atResponder = Ike(IkeSpi, "mn@example.org", version, responderSpi);
        MemoryIpsecBackend initiatorBackend = new();
        MemoryIpsecBackend responderBackend = new();
        initiatorBackend.Add(atInitiator);
        responderBackend.Add(atResponder);
        InitiatorHost = new SimulatorHost(new MobikeXInitiator(atInitiator, initiator ?? new InitiatorOptions()), initiatorBackend, Clock, Network, random);
        ResponderHost = new SimulatorHost(new MobikeXResponder(atResponder, responder ?? new ResponderOptions()), responderBackend, Clock, Network, random);
        InitiatorHost.Carrier.Peer = ResponderHost.Carrier;
        ResponderHost.Carrier.Peer = InitiatorHost.Carrier;
    }

    public static IpAddress Home { get; } = Address("192.0.2.1");

    public static IpAddress Gateway { get; } = Address("203.0.113.1");

    public static PacketAddresses FromHome { get; } = From(Home);

    public SimulatorClock Clock { get; }

    public SimulatorNetwork Network { get; }

    public SimulatorHost InitiatorHost { get; }

    public SimulatorHost ResponderHost { get; }

    public MobikeXInitiator Initiator => (MobikeXInitiator)InitiatorHost.Engine;

    public MobikeXResponder Responder => (MobikeXResponder)ResponderHost.Engine;

    public IReadOnlyList<EngineEvent> InitiatorEvents => InitiatorHost.Events;

    public IReadOnlyList<EngineEvent> ResponderEvents => ResponderHost.Events;

    public static IpAddress Address(string text) => IpAddress.TryParse(text, out IpAddress address) ? address : throw new FormatException(text);

    /// <summary>A packet of the Initiator to the Responder, on the port of NAT traversal.</summary>
    public static PacketAddresses From(IpAddress source) => new(source, 4500, Gateway, 4500);

    /// <summary>Installs another IKE_SA at both ends: of the same two peers, or of one that the two have nothing to do with.</summary>
    public (IkeSa AtInitiator, IkeSa AtResponder) AddIke(ulong spi, bool ofStranger)
    {
        IkeSa atInitiator = Ike(spi, ofStranger ? "other@example.org" : "gw@example.org", null, 0);
        IkeSa atResponder = Ike(spi, ofStranger ? "other@example.org" : "mn@example.org", null, 0);
        InitiatorHost.Backend.Add(atInitiator);
        ResponderHost.Backend.Add(atResponder);
        return (atInitiator, atResponder);
    }

    /// <summary>Installs a pair of CHILD_SAs at both ends.</summary>
    public void AddChild(uint spi, IpsecMode mode, string? inner = null, params string[] initiator) => AddChild(spi, IpsecProto.Esp, mode, inner, initiator);

    /// <summary>Installs a pair of CHILD_SAs of a protocol at both ends.</summary>
    public void AddChild(uint spi, IpsecProto protocol, IpsecMode mode, string? inner, params string[] initiator)
    {
        AddressSet addresses = initiator.Length == 0 ? new AddressSet(Home) : AddressSet.Of([.. initiator.Select(Address)]);
        AddressSet inside = inner is null ? default : new AddressSet(Address(inner));
        foreach (SimulatorHost host in new[] { InitiatorHost, ResponderHost })
        {
            host.Backend.Add(new ChildSa(host.Engine.Ike, spi, protocol, mode, addresses, new AddressSet(Gateway), inside));
        }
    }

    public ChildSa? ChildAtInitiator(uint spi) => InitiatorHost.Backend.Directory.FindChildSa(Initiator.Ike, spi);

    public ChildSa? ChildAtResponder(uint spi) => ResponderHost.Backend.Directory.FindChildSa(Responder.Ike, spi);

    /// <summary>Gives a command to the Initiator and lets it happen, to the end.</summary>
    public void Do(Action<MobikeXInitiator, IIpsecReader> command)
    {
        Start(command);
        Run();
    }

    /// <summary>Gives a command to the Initiator, and lets nothing happen yet.</summary>
    public void Start(Action<MobikeXInitiator, IIpsecReader> command)
    {
        command(Initiator, InitiatorHost.Backend);
        InitiatorHost.Pump();
    }

    /// <summary>Gives a command to the Responder and lets it happen, to the end.</summary>
    public void DoAtResponder(Action<MobikeXResponder, IIpsecReader> command)
    {
        command(Responder, ResponderHost.Backend);
        ResponderHost.Pump();
        Run();
    }

    public void Run() => Clock.Run(Clock.Now + Long);

    /// <summary>The notifies of the requests of the Initiator, in order; retransmissions are left out.</summary>
    public IReadOnlyList<IReadOnlyList<SentNotify>> Requests => Messages(isResponse: false);

    /// <summary>The notifies of the responses of the Responder, in order; repeated ones are left out.</summary>
    public IReadOnlyList<IReadOnlyList<SentNotify>> Responses => Messages(isResponse: true);

    public IReadOnlyList<ExchangeType> Exchanges =>
        [.. Network.Sent.Where(static datagram => datagram.FromInitiator && !datagram.IsResponse).DistinctBy(static datagram => datagram.MessageId).Select(static datagram => datagram.Exchange)];

    private static IkeSa Ike(ulong spi, string identity, MobikeVersion? version, ulong responderSpi) =>
        new(spi, identity, "psk", new AddressSet(Home), new AddressSet(Gateway)) { Version = version, ResponderSpi = responderSpi };

    private IReadOnlyList<IReadOnlyList<SentNotify>> Messages(bool isResponse) =>
        [.. Network.Sent.Where(datagram => datagram.FromInitiator != isResponse && datagram.IsResponse == isResponse).DistinctBy(static datagram => datagram.MessageId).Select(static datagram => datagram.Notifies)];
}
