using System.Net;
using MobikeX.Lab.Captures;
using MobikeX.Lab.Network;
using MobikeX.Lab.Traffic;

namespace MobikeX.Lab.Ike;

/// <summary>Two daemons on the mobile host and the gateway, with a capture between them; and what must hold whoever wrote them.</summary>
internal sealed class IkeStage : IDisposable
{
    private const int FlowPackets = 100, PacketsPerSecond = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ScenarioRun _run;
    private readonly bool _isTunnel;
    private Capture? _capture;
    private bool _isMoved;

    public IkeStage(ScenarioRun run, LabNetwork network, IkePeer mobile, IkePeer gateway, bool isTunnel)
    {
        _run = run;
        _isTunnel = isTunnel;
        Network = network;
        Mobile = mobile;
        Gateway = gateway;
    }

    /// <summary>The two ends of a connection by who wrote them.</summary>
    public static IkeStage Between(ScenarioRun run, LabNetwork network, LabConnection connection, PeerProduct mobile, PeerProduct gateway)
    {
        LabIkeEnd mobileEnd = LabIkeEnd.Mobile(network), gatewayEnd = LabIkeEnd.Gateway(network);
        return new IkeStage(
            run,
            network,
            Peer(mobile, connection, mobileEnd, gatewayEnd, run.FileNamed("mobile.log"), isMobile: true),
            Peer(gateway, connection, gatewayEnd, mobileEnd, run.FileNamed("gateway.log"), isMobile: false),
            connection.IsTunnel);
    }

    public LabNetwork Network { get; }

    public IkePeer Mobile { get; }

    public IkePeer Gateway { get; }

    /// <summary>Starts both, sets up the SAs from one end, and sends packets through them.</summary>
    public void Begin(bool fromMobile)
    {
        _capture = new Capture(Network.Internet, _run.FileNamed("pcap"), octets: 2048);
        Gateway.Start();
        Mobile.Start();
        (fromMobile ? Mobile : Gateway).Initiate();
        AwaitSas(Mobile.Local.Address, 2);
        AssertTraffic();
    }

    /// <summary>Waits until each kernel has so many SAs, all of them to and from this address of the mobile host.</summary>
    public void AwaitSas(string mobile, int count, string gateway = LabNetwork.Gateway)
    {
        bool Holds(NetworkNamespace host, string address) => KernelSa.Of(host) is { } sas
            && sas.Count == count
            && sas.All(sa => (sa.Source == address && sa.Destination == gateway) || (sa.Source == gateway && sa.Destination == address));
        string outside = mobile == LabNetwork.Home ? LabNetwork.NatOutside : mobile;
        Waiting.For(
            () => Holds(Network.MobileHost, mobile) && Holds(Network.GatewayHost, outside),
            Patience,
            () => $"not {count} SAs between {mobile} and {gateway}\n{Describe(Network.MobileHost)}\n{Describe(Network.GatewayHost)}");
    }

    /// <summary>Waits until neither kernel has an SA.</summary>
    public void AwaitNone() => Waiting.For(
        () => KernelSa.Of(Network.MobileHost).Count == 0 && KernelSa.Of(Network.GatewayHost).Count == 0,
        Patience,
        () => $"SAs are left\n{Describe(Network.MobileHost)}\n{Describe(Network.GatewayHost)}");

    /// <summary>Makes a change after which other SAs stand in the place of those before, and waits for it.</summary>
    public void Replace(Action change, string mobile)
    {
        uint[] before = Spis();
        change();
        Waiting.For(() => Spis() is { Length: 2 } now && !now.Intersect(before).Any(), Patience, () => $"the SAs are not replaced\n{Describe(Network.MobileHost)}\n{Describe(Network.GatewayHost)}");
        AwaitSas(mobile, 2);
    }

    /// <summary>The CHILD_SA is rekeyed from one end, the IKE_SA and the CHILD_SA from the other; packets flow.</summary>
    public void RekeyAll(string mobile)
    {
        Replace(Mobile.RekeyChild, mobile);
        Gateway.RekeyIke();
        Replace(Gateway.RekeyChild, mobile);
        Mobile.RekeyIke();
        AssertTraffic();
    }

    /// <summary>Packets flow each way; none is lost, repeated or in the clear.</summary>
    public void AssertTraffic()
    {
        using var flows = new TwoWayFlow(Network, _isTunnel, PacketsPerSecond, _isMoved ? LabNetwork.Link2 : LabNetwork.Link1);
        flows.Start();
        flows.WaitForReceived(FlowPackets);
        (FlowCount there, FlowCount back) = flows.Stop();
        Assert.Equal((0, 0, 0, 0), (there.Lost, there.Repeated, back.Lost, back.Repeated));
    }

    /// <summary>Link 1 goes down under traffic. The mobile host finds link 2 by itself; how long that takes and what it costs is told.</summary>
    public void LoseFirstLink()
    {
        using var flows = new TwoWayFlow(Network, _isTunnel, PacketsPerSecond);
        flows.Start();
        flows.WaitForReceived(FlowPackets);
        Network.LoseFirstLink();
        flows.SwitchMobile(static () => { });
        flows.SwitchGateway(static () => { });
        AwaitSas(LabNetwork.Link2, 2);
        flows.WaitForReceived(FlowPackets);
        (FlowCount there, FlowCount back) = flows.Stop(_run);
        Assert.Equal((0, 0), (there.Repeated, back.Repeated));
        _isMoved = true;
    }

    /// <summary>Ends the capture: nothing was in the clear and no number was sent twice. Tells what was on the wire.</summary>
    public IReadOnlyList<CapturedPacket> Finish()
    {
        IReadOnlyList<CapturedPacket> packets = _capture!.Read();
        packets.AssertNothingInTheClear();
        packets.AssertNoNumberTwice();
        Tell("IKE in all", packets.Where(packet => packet.Kind == PacketKind.Ike));
        CapturedPacket? first = packets.FirstOrDefault(packet => packet.EspHeader is not null);
        Tell("IKE before the first ESP", packets.Where(packet => packet.Kind == PacketKind.Ike && packet.Time < first!.Time));
        if (_isMoved)
        {
            TellMove(packets);
        }

        foreach (MobikexPeer peer in new[] { Mobile, Gateway }.OfType<MobikexPeer>())
        {
            IReadOnlyList<string> seen = Tshark.Notifies(_run.FileNamed("pcap"), peer.KeyLog);
            Assert.Contains("MOBIKE_SUPPORTED", seen);
            Assert.True(!_isMoved || seen.Contains("UPDATE_SA_ADDRESSES"), $"tshark sees no UPDATE_SA_ADDRESSES among {string.Join(", ", seen.Distinct())}");
        }

        return packets;
    }

    public void Dispose()
    {
        Mobile.Dispose();
        Gateway.Dispose();
        _capture?.Dispose();
    }

    private static IkePeer Peer(PeerProduct product, LabConnection connection, LabIkeEnd local, LabIkeEnd remote, string log, bool isMobile) => product switch
    {
        PeerProduct.Mobikex => new MobikexPeer(connection, local, remote, log) { IsMobile = isMobile },
        PeerProduct.StrongSwan => new StrongSwanPeer(connection, local, remote, log) { IsMobile = isMobile },
        _ => new LibreswanPeer(connection, local, remote, log),
    };

    private static string Describe(NetworkNamespace host) => $"{host.Name}:\n{string.Join('\n', KernelSa.Of(host))}\n{host.Call("ip", "xfrm", "policy")}";

    private uint[] Spis() => [.. KernelSa.Of(Network.MobileHost).Select(sa => sa.Spi)];

    /// <summary>The link is lost at the last packet that came from it.</summary>
    private void TellMove(IReadOnlyList<CapturedPacket> packets)
    {
        IPAddress link1 = IPAddress.Parse(LabNetwork.Link1), link2 = IPAddress.Parse(LabNetwork.Link2);
        DateTime lost = packets.Last(packet => packet.EspHeader is not null && packet.Source.Equals(link1)).Time;
        CapturedPacket from = packets.First(packet => packet.EspHeader is not null && packet.Source.Equals(link2));
        CapturedPacket to = packets.First(packet => packet.EspHeader is not null && packet.Destination.Equals(link2));
        _run.Figure("loss of the link to the first packet from the new one", (from.Time - lost).TotalMilliseconds, "ms");
        _run.Figure("loss of the link to the first packet to the new one", (to.Time - lost).TotalMilliseconds, "ms");
        DateTime settled = from.Time > to.Time ? from.Time : to.Time;
        Tell("IKE of the move", packets.Where(packet => packet.Kind == PacketKind.Ike && packet.Time > lost && packet.Time <= settled));
    }

    private void Tell(string what, IEnumerable<CapturedPacket> packets)
    {
        CapturedPacket[] told = [.. packets];
        _run.Figure($"{what}: messages", told.Length, "messages");
        _run.Figure($"{what}: octets with IP and UDP", told.Sum(packet => packet.Length), "octets");
    }
}
