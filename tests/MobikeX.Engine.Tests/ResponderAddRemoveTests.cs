using MobikeX.Protocol;
using MobikeX.Runtime;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>Sections 6.7, 6.8 and 7.6: ADD_SA_ADDRESS and REMOVE_SA_ADDRESS at the Responder.</summary>
public class ResponderAddRemoveTests
{
    private readonly ResponderBed _bed = new();

    [Fact]
    public void By_default_CHILD_SAs_get_the_source_of_the_packet_and_the_IKE_SA_is_skipped()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        ChildSa transport = _bed.NewTransport(2);
        Assert.Empty(_bed.Send(new RequestNotifies().AddAddress(), from: Away));
        Assert.Equal(Set(Home, Away), tunnel.Initiator);
        Assert.Equal(Set(Home, Away), transport.Initiator);
        Assert.Equal(Set(Home), _bed.Ike.Initiator);
    }

    [Fact]
    public void A_selected_IKE_SA_is_skipped_without_an_error()
    {
        _bed.NewTunnel(1);
        RequestNotifies request = new RequestNotifies().Selector(IkeSpi(_bed.Ike.Spi)).AddAddress(Ip(Away)).RemoveAddress(Ip(Home));
        Assert.Empty(_bed.Send(request));
        Assert.Equal(Set(Home), _bed.Ike.Initiator);
    }

    [Fact]
    public void Adding_what_is_there_succeeds_and_changes_nothing()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        Assert.Empty(_bed.Send(new RequestNotifies().AddAddress(Ip(Home))));
        Assert.Equal(Set(Home), tunnel.Initiator);
    }

    [Fact]
    public void No_SA_gets_more_addresses_than_local_policy_has_room_for()
    {
        ResponderBed bed = new(new ResponderOptions { MostAddresses = 2 });
        ChildSa full = bed.NewTunnel(1);
        ChildSa other = bed.NewTunnel(2);
        full.Initiator = Set(Home, Away);
        Assert.Equal(["UNACCEPTABLE_ADDRESS 1"], bed.Send(new RequestNotifies().AddAddress(Ip(Third), Id(1))));
        Assert.Equal(Set(Home), other.Initiator);
        Assert.Empty(bed.Send(new RequestNotifies().AddAddress(Ip(Away))));
        Assert.Equal(Set(Home, Away), other.Initiator);
    }

    [Fact]
    public void The_bits_O_and_N_are_ignored()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        Assert.Empty(_bed.Send(new RequestNotifies().AddAddress(Ip(Away, old: true)).RemoveAddress(Ip(Home, @new: true))));
        Assert.Equal(Set(Away), tunnel.Initiator);
    }

    public static TheoryData<byte[][]> UnacceptableParameters => new()
    {
        new[] { Ip(Away), Ip(Third), Id(7) },
        new[] { Ip(Away, header: false), Id(7) },
        new[] { Ip(Away), Id(7), Mode(IpsecMode.Tunnel) },
    };

    [Theory]
    [MemberData(nameof(UnacceptableParameters))]
    public void Unacceptable_parameters_are_refused_with_the_ID(byte[][] parameters)
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        Assert.Equal(["UNACCEPTABLE_PARAMETER 7"], _bed.Send(new RequestNotifies().AddAddress(parameters)));
        Assert.Equal(["UNACCEPTABLE_PARAMETER 7"], _bed.Send(new RequestNotifies().RemoveAddress(parameters)));
        Assert.Equal(Set(Home), tunnel.Initiator);
    }

    [Fact]
    public void An_address_is_added_inside_the_tunnel()
    {
        IpAddress second = IpAddress.Parse("10.0.0.3");
        ChildSa tunnel = _bed.NewTunnel(1, inner: InnerHost);
        Assert.Empty(_bed.Send(new RequestNotifies().AddAddress(Ip(second, header: false, inner: true))));
        Assert.Equal(Set(InnerHost, second), tunnel.Inner);
        _bed.Backend.AllowedSelectors = [];
        Assert.Equal(["DOES_NOT_FIT_SPD"], _bed.Send(new RequestNotifies().AddAddress(Ip(IpAddress.Parse("10.0.0.4"), header: false, inner: true))));
    }

    [Fact]
    public void Policy_and_SPD_refuse_an_added_address()
    {
        ResponderBed bed = new(new ResponderOptions { AcceptsAddress = address => address != Third });
        bed.NewTransport(1);
        bed.Backend.AllowedSelectors = [new AddressPrefix(Home, 32)];
        Assert.Equal(["UNACCEPTABLE_ADDRESS 1", "DOES_NOT_FIT_SPD 2"], bed.Send(new RequestNotifies().AddAddress(Ip(Third), Id(1)).AddAddress(Ip(Away), Id(2))));
    }

    [Fact]
    public void Removing_one_of_several_leaves_the_SA_open()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        tunnel.Initiator = Set(Home, Away);
        Assert.Empty(_bed.Send(new RequestNotifies().RemoveAddress(Ip(Home))));
        Assert.Equal(Set(Away), tunnel.Initiator);
        Assert.False(tunnel.IsClosed);
    }

    [Fact]
    public void Removing_the_last_address_closes_the_SA_and_warns()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        ChildSa other = _bed.NewTunnel(2);
        other.Initiator = Set(Home, Away);
        Assert.Equal(["CLOSING_SA 5"], _bed.Send(new RequestNotifies().RemoveAddress(Ip(Home), Id(5))));
        Assert.True(tunnel.IsClosed);
        Assert.False(other.IsClosed);
        Assert.Equal([new SaClosed(tunnel)], _bed.Events);
    }

    [Fact]
    public void A_CHECK_of_removing_the_last_address_warns_and_closes_nothing()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        Assert.Equal(["CLOSING_SA 5"], _bed.Send(new RequestNotifies().RemoveAddress(Ip(Home, check: true), Id(5))));
        Assert.False(tunnel.IsClosed);
        Assert.Equal(Set(Home), tunnel.Initiator);
        Assert.Empty(_bed.Events);
    }

    [Fact]
    public void Removing_an_address_that_no_SA_has_is_unmatched()
    {
        _bed.NewTunnel(1);
        Assert.Equal(["UNMATCHED_SELECTOR_SET"], _bed.Send(new RequestNotifies().RemoveAddress(Ip(Away))));
    }

    [Fact]
    public void A_removal_that_fails_closes_nothing()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        _bed.Backend.FailNext(afterSas: 0);
        Assert.Equal(["TEMPORARY_FAILURE 6"], _bed.Send(new RequestNotifies().RemoveAddress(Ip(Home), Id(6))));
        Assert.False(tunnel.IsClosed);
        Assert.Empty(_bed.Events);
    }

    [Fact]
    public void A_closed_SA_is_no_longer_among_the_selected()
    {
        _bed.NewTunnel(1);
        RequestNotifies request = new RequestNotifies().Selector(Spi(1)).RemoveAddress(Ip(Home), Id(1)).Update(New(Away), Id(2));
        Assert.Equal(["CLOSING_SA 1", "UNMATCHED_SELECTOR_SET 2"], _bed.Send(request));
    }
}
