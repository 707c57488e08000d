using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Backend.Contract;

/// <summary>What the contract's classes have in common: a peer with an IKE_SA, a tunnel and a transport SA.</summary>
public abstract class BackendContract : IDisposable
{
    protected static readonly IpAddress Home = IpAddress.Parse("192.0.2.1");
    protected static readonly IpAddress Away = IpAddress.Parse("198.51.100.7");
    protected static readonly IpAddress Third = IpAddress.Parse("198.51.100.8");
    protected static readonly IpAddress Gateway = IpAddress.Parse("203.0.113.1");
    protected static readonly IpAddress InnerHost = IpAddress.Parse("10.0.0.2");

    private readonly IBackendUnderTest _underTest;

    protected BackendContract(IBackendUnderTest underTest)
    {
        _underTest = underTest;
        Ike = new IkeSa(0xa1, "mn@example.org", "psk", new AddressSet(Home), new AddressSet(Gateway));
        underTest.Install(Ike);
        AddressPrefix remote = new(IpAddress.Parse("10.1.0.0"), 16);
        Tunnel = new ChildSa(Ike, 0xc1000001, IpsecProto.Esp, IpsecMode.Tunnel, new AddressSet(Home), new AddressSet(Gateway), new AddressSet(InnerHost), remote);
        Transport = new ChildSa(Ike, 0xc1000002, IpsecProto.Esp, IpsecMode.Transport, new AddressSet(Home), new AddressSet(Gateway));
        underTest.Install(Tunnel);
        underTest.Install(Transport);
    }

    protected IBackendUnderTest UnderTest => _underTest;

    protected IIpsecBackend Backend => _underTest.Backend;

    protected IkeSa Ike { get; }

    protected ChildSa Tunnel { get; }

    protected ChildSa Transport { get; }

    public void Dispose()
    {
        _underTest.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static SaSelection SetOf(params SecurityAssociation[] sas)
    {
        SaSelection selection = new();
        foreach (SecurityAssociation sa in sas)
        {
            selection.Add(sa);
        }

        return selection;
    }

    protected static AddressSet Addresses(params IpAddress[] addresses) => AddressSet.Of(addresses);

    protected void Apply(SaChange change, params SecurityAssociation[] sas) =>
        Assert.True(Backend.TryApply(change, SetOf(sas)));
}
