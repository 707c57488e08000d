using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Wfp.Windows;

/// <summary>What a change makes of contexts and filters, at either end.</summary>
public sealed class MoveTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_update_moves_both_directions_of_each_context_and_the_filters_of_transport_mode(bool initiator)
    {
        using var bed = new WfpBed(initiator ? WfpEnd.Initiator : WfpEnd.Responder);
        Assert.True(bed.Apply(SaChange.Update(AddressPlaces.Header, default, WfpBed.Away), bed.Ike, bed.Tunnel, bed.Transport), bed.Backend.LastFailure);
        foreach (WfpSa sa in new[] { bed.TunnelSa, bed.TransportSa })
        {
            Assert.Equal(new AddressSet(WfpBed.Away), initiator ? sa.Local : sa.Remote);
            Assert.Equal(new AddressSet(WfpBed.Gateway), initiator ? sa.Remote : sa.Local);
        }

        Assert.Equal(2, bed.TransportSa.Filters.Count);
        Assert.All(bed.TransportSa.Filters, filter => Assert.Equal(WfpBed.Away, filter.HostAt(initiator)));
        Assert.DoesNotContain(bed.Engine.ListFilters(), filter => filter.HostAt(initiator) == WfpBed.Home && filter.HostAt(!initiator) == WfpBed.Gateway);
    }

    [Fact]
    public void Contexts_and_filters_of_others_stay_as_they_are()
    {
        using var bed = new WfpBed();
        WfpSa before = bed.ForeignSa;
        Assert.True(bed.Apply(SaChange.Update(AddressPlaces.Header, default, WfpBed.Away), bed.Ike, bed.Tunnel, bed.Transport));
        Assert.True(bed.Apply(SaChange.Close(), bed.Ike));
        WfpSa after = bed.ForeignSa;
        Assert.Equal(before.Local, after.Local);
        Assert.Equal(before.Remote, after.Remote);
        Assert.Equal(before.Filters.Select(filter => filter.Id), after.Filters.Select(filter => filter.Id));
    }

    [Fact]
    public void A_filter_that_another_context_uses_stays_when_one_moves()
    {
        using var bed = new WfpBed();
        ulong[] shared = [.. bed.TransportSa.Filters.Select(filter => filter.Id)];
        bed.HostIke.AddContextOn(bed.TransportSa, 0xe2000001, 0xe2000002);
        Assert.True(bed.Apply(SaChange.Update(AddressPlaces.Header, default, WfpBed.Away), bed.Transport));
        Assert.Equal(shared, bed.SaOf(0xe2000001).Filters.Select(filter => filter.Id));
        Assert.DoesNotContain(bed.TransportSa.Filters, filter => shared.Contains(filter.Id));
    }

    [Fact]
    public void The_context_is_not_touched_where_only_filters_change()
    {
        using var bed = new WfpBed();
        Assert.True(bed.Apply(SaChange.Add(AddressPlaces.Header, WfpBed.Away), bed.Tunnel, bed.Transport));
        Assert.DoesNotContain("IPsecSaContextUpdate0", Platform.Calls);
        Assert.Equal(2, bed.Engine.ListFilters().Count(filter => filter.HostAt(local: true) == WfpBed.Away));
    }

    [Fact]
    public void An_added_address_is_listed_with_its_SA_and_found_again()
    {
        using var bed = new WfpBed();
        Assert.True(bed.Apply(SaChange.Add(AddressPlaces.Header, WfpBed.Away), bed.Transport));
        Assert.Equal(AddressSet.Of(WfpBed.Home, WfpBed.Away), bed.TransportSa.Local);
        bed.Backend.Release(bed.Transport);
        var again = new WfpBackend(bed.Engine);
        again.Add(bed.Ike);
        ChildSa child = new(bed.Ike, bed.Transport.Spi, IpsecProto.Esp, IpsecMode.Transport, bed.TransportSa.Local, new AddressSet(WfpBed.Gateway));
        again.Adopt(child, WfpEnd.Initiator);
        Assert.True(again.TryApply(SaChange.Remove(AddressPlaces.Header, WfpBed.Home), WfpBed.SetOf(child)), again.LastFailure);
        Assert.Equal(new AddressSet(WfpBed.Away), bed.TransportSa.Local);
        Assert.Equal(2, bed.TransportSa.Filters.Count);
    }

    [Fact]
    public void Sending_moves_between_the_addresses_of_a_set_with_the_one_context()
    {
        using var bed = new WfpBed();
        Assert.True(bed.Apply(SaChange.Add(AddressPlaces.Header, WfpBed.Away), bed.Tunnel, bed.Transport));
        Assert.True(bed.Backend.TryUse(WfpBed.Away, WfpBed.SetOf(bed.Tunnel, bed.Transport)), bed.Backend.LastFailure);
        Assert.Equal(WfpBed.Away, bed.TunnelSa.Local[0]);
        Assert.Equal(AddressSet.Of(WfpBed.Home, WfpBed.Away), bed.Transport.Initiator);
        Assert.Equal(3, bed.Engine.ListSas().Count);
        Assert.False(bed.Backend.TryUse(WfpBed.Third, WfpBed.SetOf(bed.Tunnel)));
        Assert.Contains("does not have", bed.Backend.LastFailure, StringComparison.Ordinal);
    }

    [Fact]
    public void No_change_makes_a_second_outbound_SA()
    {
        using var bed = new WfpBed();
        Assert.True(bed.Apply(SaChange.Add(AddressPlaces.Header, WfpBed.Away), bed.Tunnel, bed.Transport));
        Assert.True(bed.Apply(SaChange.Update(AddressPlaces.Header, WfpBed.Home, WfpBed.Third), bed.Tunnel, bed.Transport));
        Assert.Equal([0xd1000001u, 0xd1000002u, 0xe1000002u], bed.Engine.ListSas().Select(sa => sa.OutboundSpi).Order());
    }

    [Fact]
    public void UDP_encapsulation_is_handed_over_only_where_it_changes()
    {
        using var bed = new WfpBed();
        Assert.True(bed.Apply(SaChange.Update(AddressPlaces.Header, default, WfpBed.Away).Along(default, 1024, true), bed.Tunnel), bed.Backend.LastFailure);
        Assert.True(bed.TunnelSa.IsUdpEncapsulated);
        Assert.Equal((1024, 4500), bed.TunnelSa.UdpPorts);
        Platform.ForgetCalls();
        Assert.True(bed.Apply(SaChange.Update(AddressPlaces.None, default, default).Along(default, 1024, true), bed.Tunnel));
        Assert.DoesNotContain("IPsecSaContextUpdate0", Platform.Calls);
        Assert.True(bed.Apply(SaChange.Update(AddressPlaces.None, default, default).Along(default, 0, false), bed.Tunnel));
        Assert.False(bed.TunnelSa.IsUdpEncapsulated);
    }

    [Fact]
    public void A_move_of_an_SA_in_UDP_keeps_its_ports()
    {
        using var bed = new WfpBed(WfpEnd.Responder);
        bed.HostIke.AddTransport(WfpBed.Gateway, WfpBed.Third, 0xd1000003, 0xc1000003, (4500, 40000));
        ChildSa child = new(bed.Ike, 0xc1000003, IpsecProto.Esp, IpsecMode.UdpEncapsulatedTransport, new AddressSet(WfpBed.Third), new AddressSet(WfpBed.Gateway));
        bed.Backend.Adopt(child, WfpEnd.Responder);
        Assert.True(bed.Apply(SaChange.Update(AddressPlaces.Header, default, WfpBed.Away), child), bed.Backend.LastFailure);
        Assert.Equal((4500, 40000), bed.SaOf(0xc1000003).UdpPorts);
        Assert.Equal(new AddressSet(WfpBed.Away), bed.SaOf(0xc1000003).Remote);
    }

    [Fact]
    public void IPv6_moves_as_IPv4_does()
    {
        IpAddress home = IpAddress.Parse("2001:db8::1"), away = IpAddress.Parse("2001:db8:1::7"), gateway = IpAddress.Parse("2001:db8:ffff::1");
        using var bed = new WfpBed();
        bed.HostIke.AddTransport(home, gateway, 0xc1000006, 0xd1000006);
        ChildSa child = new(bed.Ike, 0xc1000006, IpsecProto.Esp, IpsecMode.Transport, new AddressSet(home), new AddressSet(gateway));
        bed.Backend.Adopt(child, WfpEnd.Initiator);
        Assert.True(bed.Apply(SaChange.Update(AddressPlaces.Header, default, away), child), bed.Backend.LastFailure);
        Assert.Equal(new AddressSet(away), bed.SaOf(0xc1000006).Local);
        Assert.All(bed.SaOf(0xc1000006).Filters, filter => Assert.Equal(away, filter.HostAt(local: true)));
    }

    [Fact]
    public void All_that_was_returned_is_given_back_and_every_handle_closed()
    {
        using (var bed = new WfpBed())
        {
            Assert.True(bed.Apply(SaChange.Update(AddressPlaces.Header, default, WfpBed.Away), bed.Ike, bed.Tunnel, bed.Transport));
            Assert.True(bed.Backend.FitsSpd(bed.Transport, AddressPlaces.Header, WfpBed.Away));
            Assert.Equal(1, Platform.Outstanding);
        }

        Assert.Equal(0, Platform.Outstanding);
    }
}
