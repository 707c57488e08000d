using MobikeX.Engine;
using MobikeX.Lab.Network;
using MobikeX.Lab.Xfrm;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Lab.Peers;

/// <summary>The mobile host and the gateway with their engines, which move the SAs of their kernels and speak over the lab's network.</summary>
internal sealed class TalkingPair : IDisposable
{
    private readonly LabPeer _initiator;
    private readonly LabPeer _responder;
    private readonly MobikeXInitiator _engine;
    private readonly Exchange _exchange;

    /// <param name="pair">The kernels, in which the SAs are installed.</param>
    /// <param name="ownSaChange">When the mobile host changes its own SAs.</param>
    public TalkingPair(LabPair pair, OwnSaChange ownSaChange = OwnSaChange.WhenSent)
    {
        Kernels = pair;
        MobileBackend = new WatchedBackend(pair.Mobile.Backend);
        GatewayBackend = new WatchedBackend(pair.Gateway.Backend);
        _engine = new MobikeXInitiator(pair.Mobile.Ike, new InitiatorOptions { OwnSaChange = ownSaChange });
        _initiator = new LabPeer(_engine, MobileBackend, new IkeSockets(pair.Mobile.Host, [Link1, Link2, IpAddress.Parse(LabNetwork.Home)]));
        var responder = new MobikeXResponder(pair.Gateway.Ike, new ResponderOptions { AcceptsAddress = static address => address != Refused });
        _responder = new LabPeer(responder, GatewayBackend, new IkeSockets(pair.Gateway.Host, [Gateway]));
        _exchange = new Exchange(_initiator, _responder);
        Assert.Contains(new VersionAgreed(MobikeVersion.MobikeX), _exchange.Run(() => _engine.Enable(_exchange.Now)));

        // The first time of everything is spent on compiling it; what is measured comes after.
        AssertDone(Update(Link2));
        AssertDone(Update(Link1));
    }

    public static IpAddress Link1 { get; } = IpAddress.Parse(LabNetwork.Link1);

    public static IpAddress Link2 { get; } = IpAddress.Parse(LabNetwork.Link2);

    public static IpAddress Gateway { get; } = IpAddress.Parse(LabNetwork.Gateway);

    /// <summary>The address that the gateway's local policy does not take.</summary>
    public static IpAddress Refused { get; } = IpAddress.Parse("192.0.2.77");

    public LabPair Kernels { get; }

    public WatchedBackend MobileBackend { get; }

    public WatchedBackend GatewayBackend { get; }

    /// <summary>UPDATE from an address, and of it, unless the command names another.</summary>
    public IReadOnlyList<EngineEvent> Update(IpAddress from, ActionCommand? command = null) =>
        Ask(() => _engine.Update(command ?? new ActionCommand(), From(from), _exchange.Now, MobileBackend));

    /// <summary>ADD of an address, asked for from another.</summary>
    public IReadOnlyList<EngineEvent> Add(IpAddress from, ActionCommand command) => Ask(() => _engine.Add(command, From(from), _exchange.Now, MobileBackend));

    /// <summary>REMOVE of an address, asked for from another.</summary>
    public IReadOnlyList<EngineEvent> Remove(IpAddress from, ActionCommand command) => Ask(() => _engine.Remove(command, From(from), _exchange.Now, MobileBackend));

    public void Dispose()
    {
        _initiator.Dispose();
        _responder.Dispose();
    }

    /// <summary>Finds that an action was done.</summary>
    public static void AssertDone(IReadOnlyList<EngineEvent> told) => Assert.IsType<ActionAccepted>(Assert.Single(told));

    private IReadOnlyList<EngineEvent> Ask(Action command) => _exchange.Run(command);

    private static PacketAddresses From(IpAddress source) =>
        new(source, MobikeX.Protocol.Ikev2.Constants.NatTraversalPort, Gateway, MobikeX.Protocol.Ikev2.Constants.NatTraversalPort);
}
