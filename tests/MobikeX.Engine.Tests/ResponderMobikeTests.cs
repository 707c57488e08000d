using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>Version 1 at the Responder: RFC 4555, and nothing of the draft.</summary>
public class ResponderMobikeTests
{
    private static readonly byte[] RawV4 = [198, 51, 100, 7];

    private readonly ResponderBed _bed = new(version: MobikeVersion.Mobike);

    [Fact]
    public void An_UPDATE_moves_tunnels_to_the_addresses_of_its_packet()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        ChildSa transport = _bed.NewTransport(2);
        Assert.Empty(_bed.Send(new RequestNotifies().Update(), from: Away));
        Assert.Equal(Set(Away), _bed.Ike.Initiator);
        Assert.Equal(Set(Away), tunnel.Initiator);
        Assert.Equal(Set(Home), transport.Initiator);
    }

    [Fact]
    public void An_UPDATE_that_was_overtaken_does_nothing()
    {
        Assert.Empty(_bed.Send(new RequestNotifies().Update(), from: Away, messageId: 8));
        Assert.Empty(_bed.Send(new RequestNotifies().Update(), from: Third, messageId: 7));
        Assert.Equal(Set(Away), _bed.Ike.Initiator);
    }

    [Fact]
    public void An_UPDATE_that_was_overtaken_is_answered_without_an_error_whatever_else_it_says()
    {
        byte[] addresses = [192, 0, 2, 1, 203, 0, 113, 1, 0x11, 0x94, 0x11, 0x94];
        RequestNotifies overtaken = new RequestNotifies().Add(NotifyType.NoNatsAllowed, addresses).Update().Add(NotifyType.NoAdditionalAddresses);
        Assert.Empty(_bed.Send(new RequestNotifies().Update().Add(NotifyType.AdditionalIp4Address, RawV4), from: Away, messageId: 8));
        Assert.Empty(_bed.Send(overtaken, from: Third, messageId: 7));
        Assert.Equal(Set(Away), _bed.Ike.Initiator);
        Assert.Equal(1, _bed.Ike.Alternates.Count);
    }

    [Fact]
    public void Under_version_2_actions_are_performed_as_they_come()
    {
        ResponderBed bed = new();
        bed.Send(new RequestNotifies().Update(), from: Away, messageId: 8);
        bed.Send(new RequestNotifies().Update(), from: Third, messageId: 7);
        Assert.Equal(Set(Third), bed.Ike.Initiator);
    }

    [Fact]
    public void An_address_that_local_policy_refuses_is_unacceptable()
    {
        ResponderBed bed = new(new ResponderOptions { AcceptsAddress = address => address != Away }, MobikeVersion.Mobike);
        Assert.Equal(["UNACCEPTABLE_ADDRESS"], bed.Send(new RequestNotifies().Update(), from: Away));
        Assert.Equal(Set(Home), bed.Ike.Initiator);
    }

    [Fact]
    public void Alternates_are_raw_addresses()
    {
        byte[] v6 = new byte[16];
        IpAddress further = IpAddress.Parse("2001:db8::1");
        Assert.True(further.TryWrite(v6));
        Assert.Empty(_bed.Send(new RequestNotifies().Add(NotifyType.AdditionalIp4Address, RawV4).Add(NotifyType.AdditionalIp6Address, v6)));
        Assert.Equal(2, _bed.Ike.Alternates.Count);
        Assert.Equal(Away, _bed.Ike.Alternates[0].Address);
        Assert.Equal(further, _bed.Ike.Alternates[1].Address);
        Assert.Empty(_bed.Send(new RequestNotifies().Add(NotifyType.NoAdditionalAddresses)));
        Assert.Equal(0, _bed.Ike.Alternates.Count);
    }

    [Fact]
    public void An_alternate_that_is_not_taken_is_left_out_without_an_answer()
    {
        ResponderBed bed = new(new ResponderOptions { AcceptsAddress = address => address != Away }, MobikeVersion.Mobike);
        Assert.Empty(bed.Send(new RequestNotifies().Add(NotifyType.AdditionalIp4Address, RawV4)));
        Assert.Equal(0, bed.Ike.Alternates.Count);
    }

    [Fact]
    public void COOKIE2_comes_back()
    {
        byte[] cookie = [1, 2, 3, 4, 5, 6, 7, 8];
        Transmit response = _bed.SendForResponse(new RequestNotifies().Add(NotifyType.Cookie2, cookie));
        Assert.Equal(cookie, AnswerReader.DataOf(response, NotifyType.Cookie2));
    }

    [Fact]
    public void What_the_draft_adds_is_ignored()
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        Assert.Empty(_bed.Send(new RequestNotifies().Selector(Spi(1)).AddAddress(Ip(Away)).RemoveAddress(Ip(Home)).End()));
        Assert.Equal(Set(Home), tunnel.Initiator);
    }

    [Theory(DisplayName = "11.1: a notify that names an SPI is malformed under version 1 too, and ignored")]
    [InlineData("0000000c03044010aabbccdd")]
    [InlineData("000000100304400dc1000001c6336407")]
    [InlineData("0000001403044011c10000010102030405060708")]
    public void Has_no_SPI(string notify)
    {
        ChildSa tunnel = _bed.NewTunnel(1);
        Assert.Empty(AnswerReader.Read(_bed.SendForResponse(PayloadType.Notify, Convert.FromHexString(notify), new PacketAddresses(Away, Port, Gateway, Port))));
        Assert.Equal(Set(Home), _bed.Ike.Initiator);
        Assert.Equal(Set(Home), tunnel.Initiator);
        Assert.Equal(0, _bed.Ike.Alternates.Count);
    }

    [Fact]
    public void Before_a_version_is_agreed_nothing_is_done()
    {
        ResponderBed bed = new(version: null);
        Assert.Empty(bed.Send(new RequestNotifies().Update(), from: Away));
        Assert.Empty(bed.Send(new RequestNotifies().Alternate(Ip(Away))));
        Assert.Equal(Set(Home), bed.Ike.Initiator);
        Assert.Equal(0, bed.Ike.Alternates.Count);
    }
}
