using MobikeX.Protocol;
using MobikeX.Runtime;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>Sections 7.4 and 7.5: UPDATE_SA_ADDRESSES at the Responder.</summary>
public class ResponderUpdateTests
{
    private readonly ResponderBed _bed = new();

    [Fact]
    public void Without_addresses_the_IKE_SA_and_its_CHILD_SAs_move_to_the_source_of_the_packet()
    {
        ChildSa tunnel = _bed.NewTunnel(1, inner: InnerHost);
        ChildSa transport = _bed.NewTransport(2);
        Assert.Empty(_bed.Send(new RequestNotifies().Update(), from: Away));
        Assert.Equal(Set(Away), _bed.Ike.Initiator);
        Assert.Equal(Set(Away), tunnel.Initiator);
        Assert.Equal(Set(InnerHost), tunnel.Inner);
        Assert.Equal(Set(Away), transport.Initiator);
    }

    [Fact]
    public void With_OLD_alone_that_address_becomes_the_source_of_the_packet()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        tunnel.Initiator = Set(Home, Third);
        Assert.Empty(_bed.Send(new RequestNotifies().Update(Old(Third)), from: Away));
        Assert.Equal(Set(Home, Away), tunnel.Initiator);
        Assert.Equal(Set(Home), _bed.Ike.Initiator);
    }

    [Fact]
    public void With_NEW_alone_it_replaces_every_address()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        tunnel.Initiator = Set(Home, Third);
        Assert.Empty(_bed.Send(new RequestNotifies().Update(New(Away))));
        Assert.Equal(Set(Away), tunnel.Initiator);
    }

    [Fact]
    public void An_address_never_stands_twice_in_an_SA()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        tunnel.Initiator = Set(Home, Away);
        Assert.Empty(_bed.Send(new RequestNotifies().Update(Old(Home), New(Away))));
        Assert.Equal(1, tunnel.Initiator.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Fetching_memory_ahead_changes_nothing(int children)
    {
        List<ChildSa> tunnels = [.. Enumerable.Range(1, children).Select(spi => _bed.NewTunnel((uint)spi, inner: InnerHost))];
        MobikeXEngine.Prefetch([]);
        MobikeXEngine.Prefetch([_bed.Responder, _bed.Responder]);
        Assert.Equal(Set(Home), _bed.Ike.Initiator);
        Assert.False(_bed.Responder.TryPollEffect(out _) || _bed.Responder.TryPollTransmit(out _) || _bed.Responder.TryPollEvent(out _));
        Assert.Empty(_bed.Send(new RequestNotifies().Update(New(Away))));
        Assert.All(new List<SecurityAssociation>([_bed.Ike, .. tunnels]), sa => Assert.Equal(Set(Away), sa.Initiator));
    }

    public static TheoryData<string, byte[][]> UnacceptableParameters => new()
    {
        { "two OLD", new[] { Old(Home), Old(Third), Id(7) } },
        { "two NEW", new[] { New(Away), New(Third), Id(7) } },
        { "O and N both", new[] { Ip(Away, old: true, @new: true), Id(7) } },
        { "O and N neither", new[] { Ip(Away), Id(7) } },
        { "H and I both 0", new[] { New(Away, header: false), Id(7) } },
        { "H differs", new[] { Old(Home), New(Away, header: false, inner: true), Id(7) } },
        { "I differs", new[] { Old(Home), New(Away, inner: true), Id(7) } },
        { "C differs", new[] { Old(Home, check: true), New(Away), Id(7) } },
        { "another parameter", new[] { New(Away), Id(7), Spi(1) } },
    };

    [Theory]
    [MemberData(nameof(UnacceptableParameters))]
    public void Unacceptable_parameters_are_refused_with_the_ID(string what, byte[][] parameters)
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        Assert.Equal(["UNACCEPTABLE_PARAMETER 7"], _bed.Send(new RequestNotifies().Update(parameters)));
        Assert.True(Set(Home) == tunnel.Initiator, what);
    }

    [Fact]
    public void Two_IDs_are_refused_and_none_is_echoed() =>
        Assert.Equal(["UNACCEPTABLE_PARAMETER"], _bed.Send(new RequestNotifies().Update(Id(1), Id(2))));

    [Fact]
    public void OLD_that_no_selected_SA_uses_is_unmatched() =>
        Assert.Equal(["UNMATCHED_SELECTOR_SET 3"], _bed.Send(new RequestNotifies().Update(Old(Third), New(Away), Id(3))));

    [Fact]
    public void The_checks_have_an_order()
    {
        ResponderBed bed = new(new ResponderOptions { AcceptsAddress = address => address == Home });
        bed.NewTransport(1);
        bed.Backend.AllowedSelectors = [new AddressPrefix(Home, 32)];
        Assert.Equal(["UNACCEPTABLE_PARAMETER"], bed.Send(new RequestNotifies().Update(Old(Third), Old(Home))));
        Assert.Equal(["UNMATCHED_SELECTOR_SET"], bed.Send(new RequestNotifies().Update(Old(Third), New(Away))));
        Assert.Equal(["UNACCEPTABLE_ADDRESS"], bed.Send(new RequestNotifies().Update(Old(Home), New(Away))));
    }

    [Fact]
    public void A_transport_address_that_the_SPD_refuses_does_not_fit()
    {
        ChildSa transport = _bed.NewTransport(1);
        _bed.Backend.AllowedSelectors = [new AddressPrefix(Home, 32)];
        Assert.Equal(["DOES_NOT_FIT_SPD 9"], _bed.Send(new RequestNotifies().Update(New(Away), Id(9))));
        Assert.Equal(Set(Home), transport.Initiator);
        Assert.Equal(Set(Home), _bed.Ike.Initiator);
    }

    [Fact]
    public void An_outer_tunnel_address_meets_the_local_policy_only()
    {
        ChildSa tunnel = _bed.NewTunnel(1, inner: InnerHost);
        _bed.Backend.AllowedSelectors = [];
        Assert.Empty(_bed.Send(new RequestNotifies().Update(New(Away))));
        Assert.Equal(Set(Away), tunnel.Initiator);
    }

    [Fact]
    public void An_inner_address_is_changed_where_there_is_one()
    {
        IpAddress other = IpAddress.Parse("10.0.0.3");
        ChildSa host = _bed.NewTunnel(1, inner: InnerHost);
        ChildSa network = _bed.NewTunnel(2);
        Assert.Empty(_bed.Send(new RequestNotifies().Update(New(other, header: false, inner: true))));
        Assert.Equal(Set(other), host.Inner);
        Assert.Equal(Set(Home), host.Initiator);
        Assert.True(network.Inner.IsEmpty);
    }

    [Fact]
    public void An_inner_address_where_there_is_none_is_unmatched()
    {
        _bed.NewTunnel(1);
        _bed.NewTransport(2);
        Assert.Equal(["UNMATCHED_SELECTOR_SET"], _bed.Send(new RequestNotifies().Update(New(InnerHost, header: false, inner: true))));
    }

    [Fact]
    public void The_outer_address_may_change_its_family_and_the_inner_one_may_not()
    {
        IpAddress v6 = IpAddress.Parse("2001:db8::7");
        ChildSa tunnel = _bed.NewTunnel(1, inner: InnerHost);
        Assert.Empty(_bed.Send(new RequestNotifies().Update(Old(Home), New(v6))));
        Assert.Equal(Set(v6), tunnel.Initiator);
        Assert.Equal(["DOES_NOT_FIT_SPD"], _bed.Send(new RequestNotifies().Update(Old(InnerHost, header: false, inner: true), New(v6, header: false, inner: true))));
        Assert.Equal(Set(InnerHost), tunnel.Inner);
    }

    [Fact]
    public void Of_several_inner_addresses_each_that_is_replaced_has_to_be_of_the_family()
    {
        ChildSa tunnel = _bed.NewTunnel(1, inner: InnerHost);
        IpAddress v6 = IpAddress.Parse("2001:db8:1::2");
        IpAddress next = IpAddress.Parse("10.0.0.3");
        tunnel.Inner = Set(InnerHost, v6);
        Assert.Equal(["DOES_NOT_FIT_SPD 1"], _bed.Send(new RequestNotifies().Update(New(next, header: false, inner: true), Id(1))));
        Assert.Empty(_bed.Send(new RequestNotifies().Update(Old(InnerHost, header: false, inner: true), New(next, header: false, inner: true))));
        Assert.Equal(Set(next, v6), tunnel.Inner);
    }

    [Fact]
    public void A_CHECK_changes_nothing_and_says_what_would_be()
    {
        ChildSa transport = _bed.NewTransport(1);
        Assert.Empty(_bed.Send(new RequestNotifies().Update(New(Away, check: true))));
        _bed.Backend.AllowedSelectors = [];
        Assert.Equal(["DOES_NOT_FIT_SPD"], _bed.Send(new RequestNotifies().Update(New(Away, check: true))));
        Assert.Equal(Set(Home), transport.Initiator);
        Assert.Equal(Set(Home), _bed.Ike.Initiator);
    }

    [Fact]
    public void A_change_that_fails_half_way_is_a_temporary_failure_and_leaves_all_as_it_was()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        _bed.Backend.FailNext(afterSas: 1);
        Assert.Equal(["TEMPORARY_FAILURE 4"], _bed.Send(new RequestNotifies().Update(New(Away), Id(4))));
        Assert.Equal(Set(Home), _bed.Ike.Initiator);
        Assert.Equal(Set(Home), tunnel.Initiator);
    }

    [Fact]
    public void Several_actions_are_performed_and_answered_in_order()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        RequestNotifies request = new RequestNotifies()
            .Update(Old(Third), New(Away), Id(1))
            .Update(Old(Home), New(Away), Id(2))
            .AddAddress(Ip(Third), Id(3))
            .RemoveAddress(Ip(Home), Id(4));
        Assert.Equal(["UNMATCHED_SELECTOR_SET 1", "UNMATCHED_SELECTOR_SET 4"], _bed.Send(request));
        Assert.Equal(Set(Away, Third), tunnel.Initiator);
    }

    [Fact]
    public void Information_about_an_address_goes_to_the_upper_layer_and_changes_nothing_else()
    {
        MultihomingInformation information = new(preference: 5, AddressClass.CareOfAddress, Reachability.Reachable, startTime: 0, lifeTime: 60);
        ChildSa tunnel = _bed.NewTunnel(1);
        Assert.Empty(_bed.Send(new RequestNotifies().Update(Ip(Away, @new: true, information: information))));
        Assert.Equal(Set(Away), tunnel.Initiator);
        Assert.Equal(new InformationReceived(ActionTrait.Update, Away, information), Assert.Single(_bed.Events));
    }
}
