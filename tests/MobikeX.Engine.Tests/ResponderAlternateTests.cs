using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>Sections 6.5 and 7.2: alternate addresses, and their use when the Initiator is gone.</summary>
public class ResponderAlternateTests
{
    private readonly ResponderBed _bed = new();

    [Fact]
    public void Those_of_a_message_replace_the_list_as_a_whole()
    {
        Assert.Empty(_bed.Send(new RequestNotifies().Alternate(Ip(Away)).Alternate(Ip(Third))));
        Assert.Equal([Away, Third], List());
        Assert.Empty(_bed.Send(new RequestNotifies().Alternate(Ip(Home))));
        Assert.Equal([Home], List());
    }

    [Fact]
    public void Refused_ones_are_answered_one_by_one_and_left_out()
    {
        ResponderBed bed = new(new ResponderOptions { AcceptsAddress = address => address != Third });
        Assert.Equal(["UNACCEPTABLE_ADDRESS 2"], bed.Send(new RequestNotifies().Alternate(Ip(Away), Id(1)).Alternate(Ip(Third), Id(2)).Alternate(Ip(Home), Id(3))));
        Assert.Equal(2, bed.Ike.Alternates.Count);
    }

    [Fact]
    public void Where_all_are_refused_those_told_before_are_forgotten()
    {
        ResponderBed bed = new(new ResponderOptions { AcceptsAddress = address => address != Third });
        bed.Send(new RequestNotifies().Alternate(Ip(Away)));
        bed.Events.Clear();
        Assert.Equal(["UNACCEPTABLE_ADDRESS 1"], bed.Send(new RequestNotifies().Alternate(Ip(Third), Id(1))));
        Assert.Equal(0, bed.Ike.Alternates.Count);
        Assert.IsType<AlternatesReplaced>(Assert.Single(bed.Events));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void One_that_is_refused_and_not_meant_for_the_list_leaves_it(bool check, bool selected)
    {
        ResponderBed bed = new(new ResponderOptions { AcceptsAddress = address => address != Third });
        bed.NewTunnel(1);
        bed.Send(new RequestNotifies().Alternate(Ip(Away)));
        RequestNotifies request = selected ? new RequestNotifies().Selector(Spi(1)) : new RequestNotifies();
        Assert.Equal(["UNACCEPTABLE_ADDRESS"], bed.Send(request.Alternate(Ip(Third, check: check))));
        Assert.Equal(Away, bed.Ike.Alternates[0].Address);
    }

    [Fact]
    public void A_CHECK_changes_nothing()
    {
        _bed.Send(new RequestNotifies().Alternate(Ip(Away)));
        Assert.Empty(_bed.Send(new RequestNotifies().Alternate(Ip(Third, check: true))));
        Assert.Equal([Away], List());
    }

    [Fact]
    public void NO_ADDITIONAL_ADDRESSES_empties_the_list()
    {
        _bed.Send(new RequestNotifies().Alternate(Ip(Away)));
        Assert.Empty(_bed.Send(new RequestNotifies().Add(NotifyType.NoAdditionalAddresses)));
        Assert.Empty(List());
    }

    [Fact]
    public void Behind_a_SELECTOR_they_are_handed_up_and_the_list_stays()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        Assert.Empty(_bed.Send(new RequestNotifies().Selector(Spi(1)).Alternate(Ip(Away))));
        AlternateOffered offered = Assert.IsType<AlternateOffered>(Assert.Single(_bed.Events));
        Assert.Equal([tunnel], offered.Sas);
        Assert.Equal((Away, null), (offered.Address, offered.Information));
        Assert.Empty(List());
    }

    [Fact]
    public void Behind_a_SELECTOR_each_is_handed_up_once_for_all_of_the_selected_SAs()
    {
        ChildSa[] tunnels = [.. Enumerable.Range(1, 40).Select(spi => _bed.NewTunnel((uint)spi))];
        RequestNotifies request = new RequestNotifies().Selector(Mode(IpsecMode.Tunnel)).Alternate(Ip(Away)).Alternate(Ip(Third));
        Assert.Empty(_bed.Send(request.End().Selector(Spi(1)).Alternate(Ip(Away))));
        AlternateOffered[] offered = [.. _bed.Events.Cast<AlternateOffered>()];
        Assert.Equal([Away, Third, Away], offered.Select(static each => each.Address));
        Assert.Equal(tunnels.Reverse(), offered[0].Sas);
        Assert.Same(offered[0].Sas, offered[1].Sas);
        Assert.Equal([tunnels[0]], offered[2].Sas);
    }

    [Fact]
    public void One_behind_an_action_that_closes_an_SA_is_handed_up_for_those_that_are_left()
    {
        ChildSa[] tunnels = [_bed.NewTunnel(1, inner: InnerHost), _bed.NewTunnel(2)];
        _bed.Send(new RequestNotifies().Selector(Mode(IpsecMode.Tunnel)).Alternate(Ip(Away)).RemoveAddress(Ip(InnerHost, header: false, inner: true)).Alternate(Ip(Third)));
        AlternateOffered[] offered = [.. _bed.Events.OfType<AlternateOffered>()];
        Assert.Equal([tunnels[1], tunnels[0]], offered[0].Sas);
        Assert.Equal([tunnels[1]], offered[1].Sas);
    }

    [Fact]
    public void For_a_transport_SA_the_SPD_is_asked_and_for_an_IKE_SA_it_is_not()
    {
        _bed.NewTransport(1);
        _bed.Backend.AllowedSelectors = [];
        Assert.Empty(_bed.Send(new RequestNotifies().Alternate(Ip(Away))));
        Assert.Equal(["DOES_NOT_FIT_SPD 8"], _bed.Send(new RequestNotifies().Selector(Spi(1)).Alternate(Ip(Away), Id(8))));
    }

    [Fact]
    public void Start_and_life_time_count_from_receipt()
    {
        _bed.Now = TimeSpan.FromSeconds(100);
        _bed.Send(new RequestNotifies().Alternate(Ip(Away, information: Information(startTime: 10, lifeTime: 60))));
        Assert.Empty(_bed.Ike.Alternates.Usable(TimeSpan.FromSeconds(109)));
        Assert.Single(_bed.Ike.Alternates.Usable(TimeSpan.FromSeconds(110)));
        Assert.Single(_bed.Ike.Alternates.Usable(TimeSpan.FromSeconds(159)));
        Assert.Empty(_bed.Ike.Alternates.Usable(TimeSpan.FromSeconds(160)));
    }

    [Fact]
    public void The_order_is_reachability_then_preference_then_arrival()
    {
        IpAddress[] addresses = [.. Enumerable.Range(1, 5).Select(i => IpAddress.Parse($"198.51.100.{i}"))];
        _bed.Send(new RequestNotifies()
            .Alternate(Ip(addresses[0], information: Information(preference: 9)))
            .Alternate(Ip(addresses[1], information: Information(preference: 200, reachability: Reachability.Unreachable)))
            .Alternate(Ip(addresses[2], information: Information(preference: 1, reachability: Reachability.Reachable)))
            .Alternate(Ip(addresses[3]))
            .Alternate(Ip(addresses[4], information: Information(preference: 9))));
        Assert.Equal([addresses[2], addresses[0], addresses[4], addresses[3]], _bed.Ike.Alternates.Usable(default).Select(alternate => alternate.Address));
    }

    [Fact]
    public void When_the_Initiator_is_gone_its_SAs_move_to_the_best_alternate()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        _bed.Send(new RequestNotifies().Alternate(Ip(Third)).Alternate(Ip(Away, information: Information(preference: 1))));
        _bed.Events.Clear();
        Assert.True(_bed.Responder.PeerUnreachable([], _bed.Now, _bed.Backend));
        _bed.Drain();
        Assert.Equal(Set(Away), _bed.Ike.Initiator);
        Assert.Equal(Set(Away), tunnel.Initiator);
        Assert.Equal([new MovedToAlternate(Away)], _bed.Events);
    }

    [Fact]
    public void Without_a_usable_alternate_nothing_moves()
    {
        _bed.Send(new RequestNotifies().Alternate(Ip(Away, information: Information(reachability: Reachability.Unreachable))));
        _bed.Events.Clear();
        Assert.False(_bed.Responder.PeerUnreachable([], _bed.Now, _bed.Backend));
        _bed.Drain();
        Assert.Equal(Set(Home), _bed.Ike.Initiator);
        Assert.Equal([new NoAlternateLeft()], _bed.Events);
    }

    [Fact]
    public void An_alternate_where_the_Initiator_was_sought_in_vain_is_passed_over()
    {
        _bed.Send(new RequestNotifies().Alternate(Ip(Third)).Alternate(Ip(Away)));
        Assert.True(_bed.Responder.PeerUnreachable([Third], _bed.Now, _bed.Backend));
        _bed.Drain();
        Assert.Equal(Set(Away), _bed.Ike.Initiator);
        Assert.False(_bed.Responder.PeerUnreachable([Third, Away], _bed.Now, _bed.Backend));
    }

    [Fact]
    public void An_alternate_that_no_way_leads_to_is_passed_over()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        IpAddress v6 = IpAddress.Parse("2001:db8::7");
        _bed.Send(new RequestNotifies().Alternate(Ip(v6)).Alternate(Ip(Away)));
        Assert.True(_bed.Responder.PeerUnreachable([], _bed.Now, _bed.Backend));
        _bed.Drain();
        Assert.Equal(Set(Away), _bed.Ike.Initiator);
        Assert.Equal(Set(Away), tunnel.Initiator);
        Assert.False(_bed.Responder.PeerUnreachable([], _bed.Now, _bed.Backend));

        _bed.Ike.Responder = Set(IpAddress.Parse("2001:db8::1"));
        tunnel.Responder = _bed.Ike.Responder;
        Assert.True(_bed.Responder.PeerUnreachable([], _bed.Now, _bed.Backend));
        _bed.Drain();
        Assert.Equal(Set(v6), tunnel.Initiator);
    }

    [Fact]
    public void After_a_deactivation_none_is_known_and_nothing_moves()
    {
        _bed.Send(new RequestNotifies().Alternate(Ip(Away)));
        _bed.Responder.Deactivate(_bed.Now);
        Assert.Equal(0, _bed.Ike.Alternates.Count);
        Assert.False(_bed.Responder.PeerUnreachable([], _bed.Now, _bed.Backend));
        _bed.Drain();
        Assert.Equal(Set(Home), _bed.Ike.Initiator);
    }

    [Fact]
    public void Those_of_a_request_that_ends_the_use_of_the_version_are_forgotten_with_it()
    {
        _bed.Send(new RequestNotifies().Alternate(Ip(Away)).Add(NotifyType.MobikeUnsupportedVersion, VersionData.Of([MobikeVersion.None])));
        Assert.Equal(0, _bed.Ike.Alternates.Count);
        Assert.False(_bed.Responder.PeerUnreachable([], _bed.Now, _bed.Backend));
        _bed.Send(new RequestNotifies().Add(NotifyType.MobikeSupported, VersionData.Of([MobikeVersion.MobikeX])));
        Assert.Equal(0, _bed.Ike.Alternates.Count);
    }

    [Fact]
    public void Those_of_a_request_that_waits_for_the_backend_while_the_use_of_the_version_ends_are_forgotten()
    {
        _bed.NewTunnel(1);
        RequestNotifies request = new RequestNotifies().Alternate(Ip(Third)).Update();
        _bed.Responder.HandleRequest(
            new ReceivedMessage(ExchangeType.Informational, 0, request.First, request.Octets, new PacketAddresses(Away, Port, Gateway, Port)), _bed.Now, _bed.Backend);
        _bed.Responder.Deactivate(_bed.Now);
        EngineDriver.Run(_bed.Responder, _bed.Backend, _bed.Now);
        Assert.Equal(0, _bed.Ike.Alternates.Count);
    }

    [Fact]
    public void Receipt_is_when_the_request_came_however_long_the_backend_takes()
    {
        _bed.NewTunnel(1);
        RequestNotifies request = new RequestNotifies().Update().Alternate(Ip(Third));
        _bed.Responder.HandleRequest(
            new ReceivedMessage(ExchangeType.Informational, 0, request.First, request.Octets, new PacketAddresses(Away, Port, Gateway, Port)), TimeSpan.FromSeconds(5), _bed.Backend);
        _bed.Now = TimeSpan.FromSeconds(9);
        EngineDriver.Run(_bed.Responder, _bed.Backend, _bed.Now);
        Assert.Equal(TimeSpan.FromSeconds(5), _bed.Ike.Alternates[0].Received);
    }

    [Fact]
    public void No_more_are_kept_than_local_policy_has_room_for()
    {
        ResponderBed bed = new(new ResponderOptions { MostAddresses = 2 });
        Assert.Equal(
            ["UNACCEPTABLE_ADDRESS 3"],
            bed.Send(new RequestNotifies().Alternate(Ip(Away), Id(1)).Alternate(Ip(Third), Id(2)).Alternate(Ip(Home), Id(3))));
        Assert.Equal([Away, Third], [bed.Ike.Alternates[0].Address, bed.Ike.Alternates[1].Address]);
        Assert.Equal(2, bed.Ike.Alternates.Count);
    }

    private static MultihomingInformation Information(byte preference = 0, Reachability reachability = Reachability.NoInfo, uint startTime = 0, uint lifeTime = 0) =>
        new(preference, AddressClass.None, reachability, startTime, lifeTime);

    private IEnumerable<IpAddress> List() => Enumerable.Range(0, _bed.Ike.Alternates.Count).Select(i => _bed.Ike.Alternates[i].Address);
}
