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
    private readonly LabConnection _connection;
    private readonly List<LabPlace> _places;
    private Capture? _capture;

    public IkeStage(ScenarioRun run, LabNetwork network, LabConnection connection, IkePeer mobile, IkePeer gateway, LabPlace place)
    {
        _run = run;
        _connection = connection;
        _places = [place];
        Network = network;
        Mobile = mobile;
        Gateway = gateway;
    }

    /// <summary>The two ends of a connection by who wrote them, the mobile host on link 1.</summary>
    public static IkeStage Between(ScenarioRun run, LabNetwork network, LabConnection connection, PeerProduct mobile, PeerProduct gateway) =>
        Between(run, network, connection, (mobile, LabIkeEnd.Mobile(network)), (gateway, LabIkeEnd.Gateway(network)), LabPlace.Link1);

    /// <summary>Two ends of a connection by who wrote them.</summary>
    public static IkeStage Between(
        ScenarioRun run, LabNetwork network, LabConnection connection, (PeerProduct Product, LabIkeEnd End) mobile, (PeerProduct Product, LabIkeEnd End) gateway, LabPlace place) => new(
            run,
            network,
            connection,
            Peer(mobile.Product, gateway.Product, connection, mobile.End, gateway.End, run.FileNamed("mobile.log"), isMobile: true),
            Peer(gateway.Product, mobile.Product, connection, gateway.End, mobile.End, run.FileNamed("gateway.log"), isMobile: false),
            place);

    public LabNetwork Network { get; }

    public IkePeer Mobile { get; }

    public IkePeer Gateway { get; }

    /// <summary>Where the SAs are to be.</summary>
    public LabPlace Place => _places[^1];

    /// <summary>Starts both, sets up the SAs from the mobile host, and sends packets through them.</summary>
    public void Begin()
    {
        // strongSwan tells of all its addresses, and goes to whichever answers first.
        Network.LeaveOneFamily(Place.Gateway);
        _capture = new Capture(Network.Internet, _run.FileNamed("pcap"), octets: 2048);
        Gateway.Start();
        Mobile.Start();
        Mobile.Initiate();
        AwaitSas();
        AssertTraffic();
    }

    /// <summary>Waits until each kernel has so many SAs, all of them where the hosts are.</summary>
    public void AwaitSas(int count = 2)
    {
        bool Holds(NetworkNamespace host, Func<KernelSa, bool> isThere) => KernelSa.Of(host) is { } sas && sas.Count == count && sas.All(isThere);
        Waiting.For(
            () => Holds(Network.MobileHost, Place.HasAtMobile) && Holds(Network.GatewayHost, Place.HasAtGateway),
            Patience,
            () => $"not {count} SAs at {Place}\n{Describe(Network.MobileHost)}\n{Describe(Network.GatewayHost)}");
    }

    /// <summary>Waits until neither kernel has an SA.</summary>
    public void AwaitNone() => Waiting.For(
        () => KernelSa.Of(Network.MobileHost).Count == 0 && KernelSa.Of(Network.GatewayHost).Count == 0,
        Patience,
        () => $"SAs are left\n{Describe(Network.MobileHost)}\n{Describe(Network.GatewayHost)}");

    /// <summary>Makes a change after which other SAs stand in the place of those before, and waits for it.</summary>
    public void Replace(Action change)
    {
        uint[] before = Spis();
        change();
        Waiting.For(() => Spis() is { Length: 2 } now && !now.Intersect(before).Any(), Patience, () => $"the SAs are not replaced\n{Describe(Network.MobileHost)}\n{Describe(Network.GatewayHost)}");
        AwaitSas();
    }

    /// <summary>The CHILD_SA is rekeyed from one end, the IKE_SA and the CHILD_SA from the other; packets flow.</summary>
    public void RekeyAll()
    {
        Replace(Mobile.RekeyChild);
        Gateway.RekeyIke();
        Replace(Gateway.RekeyChild);
        Mobile.RekeyIke();
        AssertTraffic();
    }

    /// <summary>Somebody leaves an IKE_SA half open at the gateway.</summary>
    public void LeaveHalfOpen() => Stranger.BeginWith(Network.Internet, Place.Gateway, _connection.IkeAlgorithms);

    /// <summary>Packets flow each way; none is lost, repeated or in the clear.</summary>
    public void AssertTraffic()
    {
        using var flows = new TwoWayFlow(Network, _connection.IsTunnel, PacketsPerSecond, Place.Mobile);
        flows.Start();
        flows.WaitForReceived(FlowPackets);
        (FlowCount there, FlowCount back) = flows.Stop();
        FlowCount.AssertWhole(there, back, $"{Place.Mobile} and {Place.Gateway}");
    }

    /// <summary>Link 1 goes down under traffic. The mobile host finds link 2 by itself.</summary>
    public void LoseFirstLink() => Move(Network.LoseFirstLink, Place == LabPlace.Link1V6 ? LabPlace.Link2V6 : LabPlace.Link2);

    /// <summary>Something is lost under traffic, and the SAs move by themselves; how long that takes and what it costs is told.</summary>
    public void Move(Action loss, LabPlace after)
    {
        using var flows = new TwoWayFlow(Network, _connection.IsTunnel, PacketsPerSecond);
        flows.Start();
        flows.WaitForReceived(FlowPackets);
        loss();
        flows.SwitchMobile(static () => { });
        flows.SwitchGateway(static () => { });
        _places.Add(after);
        AwaitSas();
        flows.WaitForReceived(FlowPackets);
        (FlowCount there, FlowCount back) = flows.Stop(_run);
        Assert.Equal((0, 0), (there.Repeated, back.Repeated));
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
        for (int move = 1; move < _places.Count; move++)
        {
            TellMove(packets, _places[move - 1], _places[move]);
        }

        foreach (MobikexPeer peer in new[] { Mobile, Gateway }.OfType<MobikexPeer>())
        {
            _run.Note($"{peer.Local.Host.Name}: {MobikexPeer.Kind}");
            IkeSeen seen = Tshark.Read(_run.FileNamed("pcap"), peer.KeyLog);
            seen.AssertRead();
            Assert.True(seen.Has("MOBIKE_SUPPORTED"), "no MOBIKE_SUPPORTED");
            Assert.True(seen.Returned > 0 || !_connection.WantsCookie, "no COOKIE was sent back");
            Assert.Equal([_connection.Certificates is null ? "Shared Key Message Integrity Code" : "Digital Signature"], seen.Proofs.Distinct());
            Assert.True(seen.HasFragments || _connection.FragmentSize == LabConnection.UsualFragmentSize, "no IKE message came in fragments");
            if (peer == Mobile && _places.Count > 1)
            {
                Assert.True(seen.Has("UPDATE_SA_ADDRESSES"), "no UPDATE_SA_ADDRESSES");
            }
        }

        return packets;
    }

    public void Dispose()
    {
        Mobile.Dispose();
        Gateway.Dispose();
        _capture?.Dispose();
    }

    private static IkePeer Peer(PeerProduct product, PeerProduct other, LabConnection connection, LabIkeEnd local, LabIkeEnd remote, string log, bool isMobile) => product switch
    {
        // libreswan sends no cookie back.
        PeerProduct.Mobikex => new MobikexPeer(connection, local, remote, log) { IsMobile = isMobile, ChecksReturn = other != PeerProduct.Libreswan },
        PeerProduct.StrongSwan => new StrongSwanPeer(connection, local, remote, log) { IsMobile = isMobile },
        _ => new LibreswanPeer(connection, local, remote, log) { IsMobile = isMobile },
    };

    private static string Describe(NetworkNamespace host) => $"{host.Name}:\n{string.Join('\n', KernelSa.Of(host))}\n{host.Call("ip", "xfrm", "policy")}";

    private uint[] Spis() => [.. KernelSa.Of(Network.MobileHost).Select(sa => sa.Spi)];

    /// <summary>What is lost is lost when the end that lost it falls silent; the other one goes on to send there until it hears.</summary>
    private void TellMove(IReadOnlyList<CapturedPacket> packets, LabPlace before, LabPlace after)
    {
        DateTime lost = new[] { before.IsFromMobile, (Func<CapturedPacket, bool>)before.IsFromGateway }
            .Min(isFrom => packets.Last(packet => packet.EspHeader is not null && isFrom(packet)).Time);
        CapturedPacket from = packets.First(packet => packet.EspHeader is not null && after.IsFromMobile(packet));
        CapturedPacket to = packets.First(packet => packet.EspHeader is not null && after.IsFromGateway(packet));
        _run.Figure("loss to the first packet from the mobile host on the new way", (from.Time - lost).TotalMilliseconds, "ms");
        _run.Figure("loss to the first packet to the mobile host on the new way", (to.Time - lost).TotalMilliseconds, "ms");
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
