using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>Actions on sets that have IKE_SAs and CHILD_SAs of several IKE_SAs of a peer, with every answer that they may get.</summary>
public class MixedSelectionTests
{
    private static readonly IpAddress Refused = IpAddress.Parse("10.9.9.9");
    private static readonly IpAddress Unfit = IpAddress.Parse("198.51.100.99");

    private readonly ResponderBed _bed = new(new ResponderOptions { AcceptsAddress = static address => address != Refused });
    private readonly IkeSa _second;
    private readonly ChildSa _tunnel;
    private readonly ChildSa _transport;
    private readonly ChildSa _underSecond;

    public MixedSelectionTests()
    {
        _second = _bed.NewIkeSa(0xa2, "mn@example.org", "psk");
        _tunnel = _bed.NewTunnel(1, inner: InnerHost);
        _transport = _bed.NewTransport(2);
        _underSecond = _bed.NewTunnel(3, _second);
        _bed.Backend.AllowedSelectors = [new AddressPrefix(Home, 24), new AddressPrefix(Away, 28), new AddressPrefix(InnerHost, 24)];
    }

    [Fact]
    public void An_UPDATE_moves_those_of_the_set_under_whichever_IKE_SA_and_no_other()
    {
        Assert.Empty(_bed.Send(new RequestNotifies().Selector(IkeSpi(0xa2)).Selector(Spi(1)).Selector(Spi(3)).Update(New(Away))));
        Assert.Equal([Set(Away), Set(Away), Set(Away)], [_second.Initiator, _tunnel.Initiator, _underSecond.Initiator]);
        Assert.Equal([Set(Home), Set(Home)], [_bed.Ike.Initiator, _transport.Initiator]);
    }

    [Fact]
    public void An_UPDATE_with_an_old_address_passes_over_those_that_do_not_have_it()
    {
        _tunnel.Initiator = Set(Third, Away);
        _underSecond.Initiator = Set(Home, Third);
        Assert.Empty(_bed.Send(new RequestNotifies().Selector(Value(SelectorValue.AllIkeSa)).Selector(Mode(IpsecMode.Tunnel)).Update(Old(Third), New(Away))));
        Assert.Equal([Set(Away), Set(Home, Away)], [_tunnel.Initiator, _underSecond.Initiator]);
        Assert.Equal([Set(Home), Set(Home)], [_bed.Ike.Initiator, _second.Initiator]);
    }

    [Fact]
    public void ADD_and_REMOVE_pass_over_the_IKE_SAs_of_the_set()
    {
        RequestNotifies set = new RequestNotifies().Selector(Value(SelectorValue.AllIkeSa)).Selector(Spi(1)).Selector(Spi(3));
        Assert.Empty(_bed.Send(set.AddAddress(Ip(Away)).AddAddress(Ip(Away)).RemoveAddress(Ip(Home))));
        Assert.Equal([Set(Away), Set(Away)], [_tunnel.Initiator, _underSecond.Initiator]);
        Assert.Equal([Set(Home), Set(Home)], [_bed.Ike.Initiator, _second.Initiator]);
        Assert.Empty(_bed.Send(new RequestNotifies().Selector(Value(SelectorValue.AllIkeSa)).RemoveAddress(Ip(Home))));
    }

    [Fact]
    public void A_REMOVE_of_the_last_address_of_some_closes_those_and_warns_once()
    {
        _underSecond.Initiator = Set(Home, Away);
        RequestNotifies set = new RequestNotifies().Selector(IkeSpi(0xa1)).Selector(Spi(1)).Selector(Spi(3));
        Assert.Equal(["CLOSING_SA 65535", "CLOSING_SA 0"], _bed.Send(set.RemoveAddress(Ip(Home, check: true), Id(65535)).RemoveAddress(Ip(Home), Id(0))));
        Assert.Equal([true, false, false], [_tunnel.IsClosed, _underSecond.IsClosed, _bed.Ike.IsClosed]);
        Assert.Equal(Set(Away), _underSecond.Initiator);
        Assert.Equal([new SaClosed(_tunnel)], _bed.Events);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65535)]
    public void A_CHECK_of_each_action_gets_each_answer_with_its_ID_and_changes_nothing(ushort id)
    {
        byte[] withId = Id(id);
        RequestNotifies request = new RequestNotifies()
            .Update(Old(Third, check: true), New(Away, check: true), withId)
            .Update(New(Refused, check: true), withId)
            .Update(New(Unfit, check: true), withId)
            .Update(New(Away, check: true), New(Third, check: true), withId)
            .AddAddress(Ip(Refused, check: true), withId)
            .AddAddress(Ip(Unfit, check: true), withId)
            .AddAddress(Ip(Away, check: true, header: false), withId)
            .AddAddress(Ip(Home, check: true), withId)
            .RemoveAddress(Ip(Third, check: true), withId)
            .RemoveAddress(Ip(Home, check: true), withId)
            .RemoveAddress(Ip(Home, check: true), Ip(Home, check: true), withId)
            .Alternate(Ip(Refused, check: true), withId)
            .Alternate(Ip(Away, check: true), withId);

        string[] expected =
        [
            "UNMATCHED_SELECTOR_SET", "UNACCEPTABLE_ADDRESS", "DOES_NOT_FIT_SPD", "UNACCEPTABLE_PARAMETER",
            "UNACCEPTABLE_ADDRESS", "DOES_NOT_FIT_SPD", "UNACCEPTABLE_PARAMETER",
            "UNMATCHED_SELECTOR_SET", "CLOSING_SA", "UNACCEPTABLE_PARAMETER",
            "UNACCEPTABLE_ADDRESS",
        ];
        Assert.Equal(expected.Select(answer => $"{answer} {id}"), _bed.Send(request));
        Assert.All([_bed.Ike, _second, _tunnel, _transport, (SecurityAssociation)_underSecond], static sa => Assert.Equal(Set(Home), sa.Initiator));
        Assert.Equal(0, _bed.Ike.Alternates.Count);
        Assert.Empty(_bed.Events);
    }

    [Fact]
    public void A_move_under_way_ends_where_it_leads_though_the_version_changes_meanwhile()
    {
        ResponderBed bed = new(new ResponderOptions { ReturnRoutability = ReturnRoutability.BeforeMoving });
        ChildSa tunnel = bed.NewTunnel(1);
        bed.Send(new RequestNotifies().Update(), from: Away);
        Assert.Equal(
            ["MOBIKE_SUPPORTED"],
            bed.Send(
                new RequestNotifies()
                    .Add(NotifyType.MobikeUnsupportedVersion, VersionData.Of([MobikeVersion.None]))
                    .Add(NotifyType.MobikeSupported, VersionData.Of([MobikeVersion.Mobike])),
                from: Away));
        Assert.Equal(MobikeVersion.Mobike, bed.Ike.Version);
        bed.ReturnCookie(bed.Requests[0]);
        Assert.Equal([Set(Away), Set(Away)], [bed.Ike.Initiator, tunnel.Initiator]);
    }
}
