using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>Sections 8, 9 and 12: which SAs an action applies to, and what ends a SELECTOR_SET.</summary>
public class SelectorSetTests
{
    private readonly ResponderBed _bed = new();
    private readonly ChildSa _tunnel;
    private readonly ChildSa _transport;
    private readonly IkeSa _second;
    private readonly ChildSa _underSecond;
    private readonly ChildSa _ofOther;
    private readonly ChildSa _ofOtherMethod;

    public SelectorSetTests()
    {
        _tunnel = _bed.NewTunnel(1, inner: InnerHost);
        _transport = _bed.NewTransport(2, protocol: IpsecProto.Ah);
        _second = _bed.NewIkeSa(0xa2, "mn@example.org", "psk");
        _underSecond = _bed.NewTunnel(3, _second);
        _ofOther = _bed.NewTunnel(4, _bed.NewIkeSa(0xa3, "other@example.org", "psk"));
        _ofOtherMethod = _bed.NewTunnel(5, _bed.NewIkeSa(0xa4, "mn@example.org", "rsa"));
    }

    [Fact]
    public void An_SPI_of_four_octets_selects_a_CHILD_SA()
    {
        Assert.Equal([_tunnel], Selected([Spi(1)]));
        Assert.Equal([_underSecond], Selected([Spi(3)]));
    }

    [Fact]
    public void An_SPI_of_eight_octets_selects_an_IKE_SA_alone() => Assert.Equal([_second], Selected([IkeSpi(0xa2)]));

    [Fact]
    public void Every_parameter_of_a_SELECTOR_must_match_and_one_SELECTOR_of_the_set()
    {
        Assert.Empty(Selected([Spi(1), Mode(IpsecMode.Transport)]));
        Assert.Equal([_tunnel, _transport], Selected([Spi(1), Mode(IpsecMode.Tunnel)], [OfProtocol(IpsecProto.Ah)]));
    }

    [Fact]
    public void A_mode_is_exact()
    {
        _tunnel.Mode = IpsecMode.UdpEncapsulatedTunnel;
        Assert.Equal([_underSecond], Selected([Mode(IpsecMode.Tunnel)]));
        Assert.Equal([_tunnel], Selected([Mode(IpsecMode.UdpEncapsulatedTunnel)]));
    }

    [Fact]
    public void The_protocol_IKE_selects_IKE_SAs() => Assert.Equal([_bed.Ike, _second], Selected([OfProtocol(IpsecProto.Ike)]));

    [Fact]
    public void An_address_is_looked_for_where_H_and_I_say()
    {
        Assert.Equal([_tunnel], Selected([Ip(InnerHost, header: false, inner: true)]));
        Assert.Empty(Selected([Ip(InnerHost)]));
        Assert.Equal([_tunnel], Selected([Ip(InnerHost, header: false)]));
        Assert.Equal([_tunnel], Selected([Ip(InnerHost, header: true, inner: true)]));
    }

    [Fact]
    public void The_values_select_the_current_IKE_SA_with_its_CHILD_SAs_or_every_IKE_SA_of_the_peer()
    {
        Assert.Equal([_bed.Ike, _tunnel, _transport], Selected([Value(SelectorValue.IkeSaAndChildSa)]));
        Assert.Equal([_bed.Ike, _second], Selected([Value(SelectorValue.AllIkeSa)]));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void No_SELECTOR_reaches_SAs_of_another_identity_or_authentication_method(uint spi)
    {
        Assert.Equal(["UNMATCHED_SELECTOR_SET"], _bed.Send(new RequestNotifies().Selector(Spi(spi)).Update(New(Away))));
        Assert.Equal(Set(Home), _ofOther.Initiator);
        Assert.Equal(Set(Home), _ofOtherMethod.Initiator);
    }

    [Fact]
    public void An_SPI_that_two_peers_have_chosen_is_that_of_the_sender()
    {
        ChildSa same = _bed.NewTunnel(4);
        Assert.Equal([same], Selected([Spi(4)]));
        Assert.Equal(Set(Home), _ofOther.Initiator);
    }

    [Fact]
    public void Actions_share_a_set_which_stays_what_it_was_when_the_first_was_performed()
    {
        RequestNotifies request = new RequestNotifies().Selector(Ip(Home), Spi(1)).Update(Old(Home), New(Away)).AddAddress(Ip(Third)).RemoveAddress(Ip(Away));
        Assert.Empty(_bed.Send(request));
        Assert.Equal(Set(Third), _tunnel.Initiator);
        Assert.Equal(Set(Home), _transport.Initiator);
    }

    [Fact]
    public void Behind_END_OF_SELECTOR_an_action_has_its_default()
    {
        Assert.Empty(_bed.Send(new RequestNotifies().Selector(Spi(1)).Update(New(Third)).End().Update(New(Away))));
        Assert.Equal(Set(Away), _transport.Initiator);
        Assert.Equal(Set(Away), _bed.Ike.Initiator);
        Assert.Equal(Set(Home), _underSecond.Initiator);
    }

    [Fact]
    public void A_SELECTOR_behind_an_action_starts_a_new_set()
    {
        Assert.Empty(_bed.Send(new RequestNotifies().Selector(Spi(1)).Update(New(Third)).Selector(Spi(2)).Update(New(Away))));
        Assert.Equal(Set(Third), _tunnel.Initiator);
        Assert.Equal(Set(Away), _transport.Initiator);
    }

    [Fact]
    public void Something_else_behind_a_SELECTOR_is_unexpected_and_what_follows_is_refused()
    {
        RequestNotifies request = new RequestNotifies().Selector(Spi(1)).Add(NotifyType.InitialContact).Update(New(Away), Id(2));
        Assert.Equal(["UNEXPECTED_PAYLOAD_AFTER_SELECTOR", "UNACCEPTABLE_PARAMETER 2"], _bed.Send(request));
        Assert.Equal(Set(Home), _tunnel.Initiator);
    }

    [Fact]
    public void Something_else_behind_an_action_ends_the_set_silently()
    {
        Assert.Empty(_bed.Send(new RequestNotifies().Selector(Spi(1)).Update(New(Third)).Add(NotifyType.InitialContact).Update(New(Away))));
        Assert.Equal(Set(Away), _transport.Initiator);
    }

    [Fact]
    public void END_OF_SELECTOR_right_behind_a_SELECTOR_is_unexpected_and_acts_all_the_same()
    {
        Assert.Equal(["UNEXPECTED_PAYLOAD_AFTER_SELECTOR"], _bed.Send(new RequestNotifies().Selector(Spi(1)).End().Update(New(Away))));
        Assert.Equal(Set(Away), _transport.Initiator);
    }

    public static TheoryData<byte[][]> BadSelectors => new()
    {
        new[] { Id(9) },
        new[] { Spi(1), Id(9), Value((SelectorValue)1) },
        new[] { Mode((IpsecMode)9), Id(9) },
    };

    [Theory]
    [MemberData(nameof(BadSelectors))]
    public void While_ERROR_is_1_actions_are_refused_until_a_new_set(byte[][] selector)
    {
        RequestNotifies request = new RequestNotifies()
            .Selector(selector)
            .Selector(Spi(1))
            .Update(New(Third), Id(1))
            .AddAddress(Ip(Third), Id(2))
            .Selector(Spi(2))
            .Update(New(Away), Id(3));
        Assert.Equal(["UNACCEPTABLE_PARAMETER 9", "UNACCEPTABLE_PARAMETER 1", "UNACCEPTABLE_PARAMETER 2"], _bed.Send(request));
        Assert.Equal(Set(Home), _tunnel.Initiator);
        Assert.Equal(Set(Away), _transport.Initiator);
    }

    [Fact]
    public void ERROR_ends_with_END_OF_SELECTOR_and_with_the_message()
    {
        Assert.Equal(["UNACCEPTABLE_PARAMETER"], _bed.Send(new RequestNotifies().Unknown(critical: false).Update(New(Third)).End().Update(New(Away))));
        Assert.Equal(Set(Away), _tunnel.Initiator);
        Assert.Equal(["UNACCEPTABLE_PARAMETER"], _bed.Send(new RequestNotifies().Unknown(critical: false).Update(New(Third))));
        Assert.Empty(_bed.Send(new RequestNotifies().Update(New(Third))));
    }

    private List<SecurityAssociation> Selected(params byte[][][] selectors)
    {
        RequestNotifies request = new();
        foreach (byte[][] selector in selectors)
        {
            request.Selector(selector);
        }

        // Alternates are handed up with the selected SAs, and change nothing.
        _bed.Events.Clear();
        _bed.Send(request.Alternate(Ip(Away)));
        List<SecurityAssociation> selected = [.. _bed.Events.OfType<AlternateOffered>().SelectMany(offered => offered.Sas)];
        SecurityAssociation[] order = [_bed.Ike, _tunnel, _transport, _second, _underSecond, _ofOther, _ofOtherMethod];
        return [.. selected.OrderBy(sa => Array.IndexOf(order, sa))];
    }
}
