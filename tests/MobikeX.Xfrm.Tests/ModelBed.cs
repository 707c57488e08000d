using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Xfrm.Tests;

/// <summary>A backend on the model of a kernel, with an IKE_SA, a tunnel and a transport SA that it was given, and some that it was not.</summary>
internal sealed class ModelBed : IDisposable
{
    public static readonly IpAddress Home = IpAddress.Parse("192.0.2.1");
    public static readonly IpAddress Away = IpAddress.Parse("198.51.100.7");
    public static readonly IpAddress Gateway = IpAddress.Parse("203.0.113.1");
    public static readonly IpAddress Inner = IpAddress.Parse("10.0.0.2");
    public static readonly AddressPrefix Remote = new(IpAddress.Parse("10.1.0.0"), 16);

    private readonly string _folder;

    public ModelBed(XfrmEnd local, bool migratesStates = false, bool inUdp = false)
    {
        Local = local;
        Kernel = new KernelModel { MigratesStates = migratesStates };
        Client = new XfrmClient(Kernel, "net:[4711]");
        _folder = JournalFolder();
        Backend = Open();
        Ike = new IkeSa(0xa1, "mn@example.org", "psk", new AddressSet(Home), new AddressSet(Gateway));
        Backend.Add(Ike);
        Tunnel = Install(1, isTunnel: true, inUdp);
        Transport = Install(2, isTunnel: false, inUdp);
        InstallForeign();
    }

    public XfrmEnd Local { get; }

    public KernelModel Kernel { get; }

    public XfrmClient Client { get; }

    public XfrmBackend Backend { get; private set; }

    public IkeSa Ike { get; }

    public ChildSa Tunnel { get; }

    public ChildSa Transport { get; }

    public string Folder => _folder;

    public XfrmSaKey OutboundOf(ChildSa child) => ((KernelChild)child.BackendState!).Outbound;

    public XfrmSaKey InboundOf(ChildSa child) => ((KernelChild)child.BackendState!).Inbound[0];

    public bool Apply(SaChange change, params SecurityAssociation[] sas)
    {
        var targets = new SaSelection();
        foreach (SecurityAssociation sa in sas)
        {
            targets.Add(sa);
        }

        return Backend.TryApply(change, targets);
    }

    /// <summary>Lets go of the journal, as a process that is killed does.</summary>
    public void Kill() => Backend.Dispose();

    public void Dispose()
    {
        Backend.Dispose();
        Client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public static string JournalFolder()
    {
        // Keys are kept on file systems in memory only, and this is one on every Linux.
        string folder = Path.Combine("/dev/shm", "mobikex-tests." + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    private XfrmBackend Open() => new(Client, new XfrmBackendOptions { JournalFolder = _folder });

    private ChildSa Install(uint number, bool isTunnel, bool inUdp)
    {
        IpsecMode mode = ChildSa.ModeOf(IpsecProto.Esp, isTunnel, inUdp);
        var child = new ChildSa(
            Ike, 0xc1000000 + number, IpsecProto.Esp, mode, new AddressSet(Home), new AddressSet(Gateway), isTunnel ? new AddressSet(Inner) : default, isTunnel ? Remote : default);
        uint responderSpi = 0xc2000000 + number;
        NewSa(Define(Home, Gateway, responderSpi, number, isTunnel, inUdp));
        NewSa(Define(Gateway, Home, child.Spi, number, isTunnel, inUdp));
        XfrmSelector there = isTunnel ? XfrmSelector.Between(new AddressPrefix(Inner, 32), Remote) : XfrmSelector.Between(Home, Gateway);
        XfrmSelector back = there with { Source = there.Destination, Destination = there.Source };
        bool isInitiator = Local == XfrmEnd.Initiator;
        NewPolicy(there, isInitiator ? XfrmDirection.Out : XfrmDirection.In, Home, Gateway, number, isTunnel);
        NewPolicy(back, isInitiator ? XfrmDirection.In : XfrmDirection.Out, Gateway, Home, number, isTunnel);
        if (isTunnel)
        {
            NewPolicy(isInitiator ? back : there, XfrmDirection.Forward, isInitiator ? Gateway : Home, isInitiator ? Home : Gateway, number, isTunnel);
        }

        using XfrmSa any = Client.GetSa(new XfrmSaKey(Gateway, responderSpi, XfrmProtocol.Esp));
        Backend.Adopt(child, new XfrmRegistration { Local = Local, ResponderSpi = responderSpi, Policies = Client.PoliciesOf(any) });
        return child;
    }

    /// <summary>SAs and policies of another's, some of the same addresses.</summary>
    private void InstallForeign()
    {
        NewSa(Define(Home, Gateway, 0xf2000001, 900, isTunnel: true, inUdp: false));
        NewSa(Define(Gateway, Home, 0xf1000001, 900, isTunnel: true, inUdp: false));
        XfrmSelector there = XfrmSelector.Between(new AddressPrefix(Inner, 32), new AddressPrefix(IpAddress.Parse("10.9.0.0"), 16));
        NewPolicy(there, XfrmDirection.Out, Home, Gateway, 900, isTunnel: true);
    }

    public static XfrmSaDefinition Define(IpAddress source, IpAddress destination, uint spi, uint requestId, bool isTunnel, bool inUdp) => new()
    {
        Source = source,
        Destination = destination,
        Spi = spi,
        Mode = isTunnel ? XfrmMode.Tunnel : XfrmMode.Transport,
        RequestId = requestId,
        Aead = new XfrmAlgorithm("rfc4106(gcm(aes))", [.. Enumerable.Range(1, 20).Select(i => (byte)(spi + i))], 128),
        ReplayWindow = 32,
        Selector = isTunnel ? null : XfrmSelector.Between(source, destination),
        Encapsulation = inUdp ? new XfrmEncapsulation(4500, 4500) : null,
    };

    public void NewSa(XfrmSaDefinition definition)
    {
        using XfrmSa sa = XfrmSa.From(definition);
        Client.NewSa(sa);
    }

    public void NewPolicy(XfrmSelector selector, XfrmDirection direction, IpAddress source, IpAddress destination, uint requestId, bool isTunnel) =>
        Client.NewPolicy(XfrmPolicy.Create(
            new XfrmPolicyKey(selector, direction),
            new XfrmTemplate(
                XfrmProtocol.Esp, isTunnel ? XfrmMode.Tunnel : XfrmMode.Transport, requestId, isTunnel ? source : default, isTunnel ? destination : default),
            priority: 1000));
}
