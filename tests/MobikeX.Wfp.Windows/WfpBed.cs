using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Wfp.Windows;

/// <summary>A fresh stand-in with an IKE_SA, a tunnel and a transport SA of this host, and SAs of somebody else.</summary>
internal sealed class WfpBed : IDisposable
{
    public static readonly IpAddress Home = IpAddress.Parse("192.0.2.1");
    public static readonly IpAddress Away = IpAddress.Parse("198.51.100.7");
    public static readonly IpAddress Third = IpAddress.Parse("198.51.100.8");
    public static readonly IpAddress Gateway = IpAddress.Parse("203.0.113.1");
    public static readonly IpAddress Inner = IpAddress.Parse("10.0.0.2");
    public static readonly IpAddress Stranger = IpAddress.Parse("192.0.2.99");

    private readonly HostIke _hostIke;

    public WfpBed(WfpEnd end = WfpEnd.Initiator)
    {
        Platform.Reset();
        Engine = WfpEngine.Open();
        _hostIke = new HostIke(Engine);
        Backend = new WfpBackend(Engine);
        Ike = new IkeSa(0xa1, "mn@example.org", "psk", new AddressSet(Home), new AddressSet(Gateway));
        Backend.Add(Ike);
        AddressPrefix inner = new(Inner, 32), remote = new(IpAddress.Parse("10.1.0.0"), 16);
        bool isInitiator = end == WfpEnd.Initiator;
        (IpAddress local, IpAddress peer) = isInitiator ? (Home, Gateway) : (Gateway, Home);
        _hostIke.AddTunnel(local, peer, isInitiator ? inner : remote, isInitiator ? remote : inner, isInitiator ? 0xc1000001 : 0xd1000001, isInitiator ? 0xd1000001 : 0xc1000001);
        _hostIke.AddTransport(local, peer, isInitiator ? 0xc1000002 : 0xd1000002, isInitiator ? 0xd1000002 : 0xc1000002);
        _hostIke.AddTransport(local, Stranger, 0xe1000001, 0xe1000002);
        Tunnel = new ChildSa(Ike, 0xc1000001, IpsecProto.Esp, IpsecMode.Tunnel, new AddressSet(Home), new AddressSet(Gateway), new AddressSet(Inner), remote);
        Transport = new ChildSa(Ike, 0xc1000002, IpsecProto.Esp, IpsecMode.Transport, new AddressSet(Home), new AddressSet(Gateway));
        Backend.Adopt(Tunnel, end);
        Backend.Adopt(Transport, end);
        Platform.ForgetCalls();
    }

    public WfpEngine Engine { get; }

    public HostIke HostIke => _hostIke;

    public WfpBackend Backend { get; }

    public IkeSa Ike { get; }

    public ChildSa Tunnel { get; }

    public ChildSa Transport { get; }

    public WfpSa TunnelSa => SaOf(0xc1000001);

    public WfpSa TransportSa => SaOf(0xc1000002);

    /// <summary>What the stand-in holds that is none of ours.</summary>
    public WfpSa ForeignSa => SaOf(0xe1000001);

    public WfpSa SaOf(uint spi) => Engine.ListSas().Single(sa => sa.InboundSpi == spi || sa.OutboundSpi == spi);

    public bool Apply(SaChange change, params SecurityAssociation[] sas) => Backend.TryApply(change, SetOf(sas));

    public static SaSelection SetOf(params SecurityAssociation[] sas)
    {
        SaSelection selection = new();
        Array.ForEach(sas, selection.Add);
        return selection;
    }

    public void Dispose()
    {
        _hostIke.Dispose();
        Engine.Dispose();
    }
}
