using MobikeX.Backend.Contract;
using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Wfp.Windows;

/// <summary>The backend on the platform that is there: the stand-in, or the base filtering engine of Windows. This host is the Responder.</summary>
internal sealed class WfpBackendUnderTest : IBackendUnderTest
{
    private const ulong PacketLength = 100;

    /// <summary>This host receives on the SPI of the pair with this bit changed.</summary>
    private const uint OwnSpi = 0x1000_0000;

    private readonly WfpEngine _engine;
    private readonly HostIke _ike;
    private readonly WfpBackend _backend;

    public WfpBackendUnderTest()
    {
        Platform.Reset();
        _engine = WfpEngine.Open();
        _ike = new HostIke(_engine);
        _backend = new WfpBackend(_engine);
    }

    public IIpsecBackend Backend => _backend;

    public void Install(IkeSa ike) => _backend.Add(ike);

    public void Install(ChildSa child)
    {
        IpAddress local = child.Responder[0], remote = child.Initiator[0];
        if (child.IsTunnel)
        {
            _ike.AddTunnel(local, remote, child.Remote, Host(child.Inner[0]), child.Spi ^ OwnSpi, child.Spi);
        }
        else
        {
            _ike.AddTransport(local, remote, child.Spi ^ OwnSpi, child.Spi);
        }

        _backend.Adopt(child, WfpEnd.Responder);
    }

    public void AllowSelectors(params AddressPrefix[] allowed)
    {
        foreach (AddressPrefix prefix in allowed)
        {
            _ike.AddFilter(WfpDirection.Inbound, false, prefix.Address.IsIPv6, Host(IpAddress.Parse("203.0.113.1")), prefix);
            _ike.AddFilter(WfpDirection.Outbound, false, prefix.Address.IsIPv6, Host(IpAddress.Parse("203.0.113.1")), prefix);
        }
    }

    public void FailNextChangeAfter(int sas)
    {
        if (sas == 0)
        {
            Platform.Fail("change", 0);
            return;
        }

        int moved = 0;
        _backend.Moving = _ =>
        {
            if (moved++ == sas)
            {
                _backend.Moving = null;
                Platform.Fail("any", 0);
            }
        };
    }

    public void ObserveSteps(Action<ChildSa> observer) => _backend.Stepped = observer;

    public ulong Send(ChildSa child) => Platform.Send(child.Spi, PacketLength);

    public bool TryReceive(ChildSa child, IpAddress source, ulong sequence) => Platform.Receive(child.Spi ^ OwnSpi, source, sequence, PacketLength);

    public ulong OctetsOf(ChildSa child) => Platform.Octets(child.Spi);

    public AddressSet CoveredBy(ChildSa child)
    {
        AddressSet covered = default;
        foreach (WfpFilter filter in _engine.ListFilters().Where(filter => filter.IsTunnel == child.IsTunnel && filter.IsAbout(local: true, child.Responder[0])))
        {
            // Both directions have to stand.
            IpAddress address = filter.HostAt(local: false);
            covered = _engine.ListFilters().Any(other => other.Direction != filter.Direction && other.HostAt(local: false) == address) ? covered.With(address) : covered;
        }

        return covered;
    }

    public void Dispose()
    {
        _ike.Dispose();
        _engine.Dispose();
    }

    private static AddressPrefix Host(IpAddress address) => new(address, address.Length * 8);
}
