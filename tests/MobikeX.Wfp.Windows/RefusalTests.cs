using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Wfp.Windows;

/// <summary>What the platform cannot do, and what does not go together, is refused with a reason, and changes nothing.</summary>
public sealed class RefusalTests
{
    private static readonly IpAddress IPv6 = IpAddress.Parse("2001:db8::7");

    [Fact]
    public void A_context_does_not_change_its_address_family() =>
        Refuse("address family", bed => bed.Apply(SaChange.Update(AddressPlaces.Header, default, IPv6), bed.Transport, bed.Tunnel));

    [Fact]
    public void An_address_of_another_family_is_not_added() =>
        Refuse("address family", bed => bed.Apply(SaChange.Add(AddressPlaces.Header, IPv6), bed.Tunnel));

    [Fact]
    public void An_inner_address_of_another_family_has_no_filter() =>
        Refuse("filter", bed => bed.Apply(SaChange.Update(AddressPlaces.Inner, WfpBed.Inner, IPv6), bed.Tunnel));

    [Fact]
    public void An_SA_that_was_not_given_to_the_backend_is_not_changed() => Refuse("not one of this backend", bed =>
    {
        ChildSa other = new(bed.Ike, 0xc1000009, IpsecProto.Esp, IpsecMode.Tunnel, new AddressSet(WfpBed.Home), new AddressSet(WfpBed.Gateway));
        return bed.Apply(SaChange.Update(AddressPlaces.Header, default, WfpBed.Away), bed.Tunnel, other);
    });

    [Fact]
    public void IPv6_is_not_carried_in_UDP()
    {
        IpAddress gateway = IpAddress.Parse("2001:db8:ffff::1");
        using var bed = new WfpBed();
        bed.HostIke.AddTransport(IPv6, gateway, 0xc1000006, 0xd1000006);
        ChildSa child = new(bed.Ike, 0xc1000006, IpsecProto.Esp, IpsecMode.Transport, new AddressSet(IPv6), new AddressSet(gateway));
        bed.Backend.Adopt(child, WfpEnd.Initiator);
        Assert.False(bed.Apply(SaChange.Update(AddressPlaces.None, default, default).Along(default, 1024, true), child));
        Assert.Contains("IPv4 only", bed.Backend.LastFailure, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_no_filter_hands_to_IPsec_does_not_fit_the_SPD()
    {
        using var bed = new WfpBed();
        Assert.True(bed.Backend.FitsSpd(bed.Tunnel, AddressPlaces.Inner, WfpBed.Inner));
        Assert.False(bed.Backend.FitsSpd(bed.Tunnel, AddressPlaces.Inner, IpAddress.Parse("10.0.0.9")));
        Assert.Contains("10.0.0.9", bed.Backend.LastFailure, StringComparison.Ordinal);
        Assert.False(bed.Backend.FitsSpd(bed.Transport, AddressPlaces.Header, IPv6));
    }

    [Theory]
    [InlineData(0xc1000099u, IpsecProto.Esp, IpsecMode.Transport, "no SA context")]
    [InlineData(0xc1000002u, IpsecProto.Ah, IpsecMode.Transport, "is not")]
    [InlineData(0xc1000002u, IpsecProto.Esp, IpsecMode.Tunnel, "is not")]
    [InlineData(0xc1000002u, IpsecProto.Esp, IpsecMode.UdpEncapsulatedTransport, "is not")]
    public void A_pair_that_no_context_is_like_is_not_adopted(uint spi, IpsecProto protocol, IpsecMode mode, string reason)
    {
        using var bed = new WfpBed();
        bed.Backend.Release(bed.Transport);
        ChildSa child = new(bed.Ike, spi, protocol, mode, new AddressSet(WfpBed.Home), new AddressSet(WfpBed.Gateway));
        WfpException refused = Assert.Throws<WfpException>(() => bed.Backend.Adopt(child, WfpEnd.Initiator));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_is_gone_is_said_to_be()
    {
        using var bed = new WfpBed();
        bed.Engine.DeleteContext(bed.TransportSa.ContextId);
        Assert.False(bed.Apply(SaChange.Update(AddressPlaces.Header, default, WfpBed.Away), bed.Tunnel, bed.Transport));
        Assert.Equal("IPsecSaContextGetById1: there is no such object (0x80320008)", bed.Backend.LastFailure);
        Assert.Equal(new AddressSet(WfpBed.Home), bed.TunnelSa.Local);
    }

    private static void Refuse(string reason, Func<WfpBed, bool> change)
    {
        using var bed = new WfpBed();
        string held = Platform.Holds;
        Assert.False(change(bed));
        Assert.Contains(reason, bed.Backend.LastFailure, StringComparison.Ordinal);
        Assert.Equal(held, Platform.Holds);
        Assert.Equal(new AddressSet(WfpBed.Home), bed.Tunnel.Initiator);
    }
}
