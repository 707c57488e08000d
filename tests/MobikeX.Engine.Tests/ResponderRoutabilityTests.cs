using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>Return routability (RFC 4555 section 3.7), where the Responder is configured for it.</summary>
public class ResponderRoutabilityTests
{
    [Fact]
    public void Before_moving_the_IKE_SA_moves_and_the_CHILD_SAs_wait_for_the_cookie()
    {
        ResponderBed bed = NewBed(ReturnRoutability.BeforeMoving);
        ChildSa tunnel = bed.NewTunnel(1);
        Assert.Empty(bed.Send(new RequestNotifies().Update(), from: Away));
        Assert.Equal(Set(Away), bed.Ike.Initiator);
        Assert.Equal(Set(Home), tunnel.Initiator);

        Transmit check = Assert.Single(bed.Requests);
        Assert.Equal(Away, check.Packet.Destination);
        Respond(bed, check, AnswerReader.DataOf(check, NotifyType.Cookie2));
        Assert.Equal(Set(Away), tunnel.Initiator);
        Assert.Contains(new ReturnRoutabilityConfirmed(Away), bed.Events);
        Assert.Null(bed.Responder.NextDeadline);
    }

    [Fact]
    public void After_moving_all_have_moved_and_the_upper_layer_hears_the_result()
    {
        ResponderBed bed = NewBed(ReturnRoutability.AfterMoving);
        ChildSa tunnel = bed.NewTunnel(1);
        bed.Send(new RequestNotifies().Update(), from: Away);
        Assert.Equal(Set(Away), tunnel.Initiator);
        Transmit check = Assert.Single(bed.Requests);
        Respond(bed, check, AnswerReader.DataOf(check, NotifyType.Cookie2));
        Assert.Equal([new ReturnRoutabilityConfirmed(Away)], bed.Events);
    }

    [Fact]
    public void Another_cookie_closes_the_IKE_SA()
    {
        ResponderBed bed = NewBed(ReturnRoutability.BeforeMoving);
        ChildSa tunnel = bed.NewTunnel(1);
        bed.Send(new RequestNotifies().Update(), from: Away);
        Respond(bed, bed.Requests[0], new byte[16]);
        Assert.True(bed.Ike.IsClosed);
        Assert.True(tunnel.IsClosed);
        Assert.Equal([new ReturnRoutabilityFailed(Away, Mismatch: true), new SaClosed(bed.Ike)], bed.Events);
    }

    [Fact]
    public void Without_a_response_the_CHILD_SAs_stay_and_the_upper_layer_hears_of_it()
    {
        ResponderBed bed = NewBed(ReturnRoutability.BeforeMoving);
        ChildSa tunnel = bed.NewTunnel(1);
        bed.Send(new RequestNotifies().Update(), from: Away);
        bed.Now = bed.Responder.NextDeadline!.Value;
        bed.Responder.HandleTimeout(bed.Now);
        bed.Drain();
        Assert.Equal(Set(Home), tunnel.Initiator);
        Assert.Equal([new ReturnRoutabilityFailed(Away, Mismatch: false)], bed.Events);
        Assert.Null(bed.Responder.NextDeadline);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_deactivation_does_not_leave_a_move_half_done(bool byPeer)
    {
        ResponderBed bed = NewBed(ReturnRoutability.BeforeMoving);
        ChildSa tunnel = bed.NewTunnel(1);
        bed.Send(new RequestNotifies().Update(), from: Away);
        Deactivate(bed, byPeer);
        Respond(bed, bed.Requests[0], AnswerReader.DataOf(bed.Requests[0], NotifyType.Cookie2));
        Assert.Equal(Set(Away), tunnel.Initiator);
        Assert.Equal([new Deactivated(byPeer), new ReturnRoutabilityConfirmed(Away)], bed.Events);
        Assert.Null(bed.Responder.NextDeadline);
    }

    [Fact]
    public void A_peer_that_returns_no_cookie_after_a_deactivation_is_not_closed()
    {
        ResponderBed bed = NewBed(ReturnRoutability.BeforeMoving);
        ChildSa tunnel = bed.NewTunnel(1);
        bed.Send(new RequestNotifies().Update(), from: Away);
        Deactivate(bed, byPeer: true);
        Respond(bed, bed.Requests[0], new byte[16]);
        Assert.False(bed.Ike.IsClosed);
        Assert.Equal(Set(Home), tunnel.Initiator);
        Assert.Equal([new Deactivated(ByPeer: true), new ReturnRoutabilityFailed(Away, Mismatch: false)], bed.Events);
        Assert.Null(bed.Responder.NextDeadline);
    }

    [Fact]
    [Requirement("R-6.5-03")]
    [Requirement("R-6.6-02")]
    [Requirement("R-6.7-01")]
    [Requirement("R-6.8-01")]
    public void It_is_no_part_of_a_CHECK()
    {
        ResponderBed bed = NewBed(ReturnRoutability.BeforeMoving);
        bed.NewTunnel(1);
        RequestNotifies checks = new RequestNotifies()
            .Update(New(Away, check: true))
            .AddAddress(Ip(Away, check: true))
            .RemoveAddress(Ip(Home, check: true))
            .Alternate(Ip(Away, check: true));
        Assert.Equal(["CLOSING_SA"], bed.Send(checks));
        Assert.Empty(bed.Requests);
    }

    [Fact]
    public void Several_moves_are_checked_one_after_the_other()
    {
        ResponderBed bed = NewBed(ReturnRoutability.BeforeMoving);
        ChildSa first = bed.NewTunnel(1);
        ChildSa second = bed.NewTunnel(2);
        bed.Send(new RequestNotifies().Selector(Spi(1)).Update(New(Away)).Selector(Spi(2)).Update(New(Third)));
        Transmit check = Assert.Single(bed.Requests);
        Respond(bed, check, AnswerReader.DataOf(check, NotifyType.Cookie2));
        Assert.Equal(2, bed.Requests.Count);
        Assert.Equal(Third, bed.Requests[1].Packet.Destination);
        Respond(bed, bed.Requests[1], AnswerReader.DataOf(bed.Requests[1], NotifyType.Cookie2));
        Assert.Equal(Set(Away), first.Initiator);
        Assert.Equal(Set(Third), second.Initiator);
    }

    [Fact]
    public void Of_several_moves_the_last_one_counts_and_no_other_waits()
    {
        ResponderBed bed = NewBed(ReturnRoutability.BeforeMoving);
        ChildSa tunnel = bed.NewTunnel(1);
        for (int i = 0; i < 20; i++)
        {
            bed.Send(new RequestNotifies().Update(), from: i % 2 == 0 ? Away : Home);
        }

        bed.Send(new RequestNotifies().Update(), from: Third);
        Transmit first = Assert.Single(bed.Requests);
        Respond(bed, first, AnswerReader.DataOf(first, NotifyType.Cookie2));
        Assert.Equal(Set(Home), tunnel.Initiator);

        Transmit last = Assert.Single(bed.Requests.Skip(1));
        Assert.Equal(Third, last.Packet.Destination);
        Respond(bed, last, AnswerReader.DataOf(last, NotifyType.Cookie2));
        Assert.Equal(Set(Third), tunnel.Initiator);
        Assert.Equal(2, bed.Requests.Count);
        Assert.Null(bed.Responder.NextDeadline);
    }

    [Fact]
    public void After_moving_an_address_that_was_left_again_is_not_checked()
    {
        ResponderBed bed = NewBed(ReturnRoutability.AfterMoving);
        bed.NewTunnel(1);
        bed.Send(new RequestNotifies().Update(), from: Away);
        bed.Send(new RequestNotifies().Update(), from: Home);
        bed.Send(new RequestNotifies().Update(), from: Third);
        Respond(bed, bed.Requests[0], AnswerReader.DataOf(bed.Requests[0], NotifyType.Cookie2));
        Assert.Equal([Away, Third], bed.Requests.Select(static request => request.Packet.Destination));
    }

    [Fact]
    public void A_move_that_is_taken_back_before_the_cookie_is_here_is_not_made()
    {
        ResponderBed bed = NewBed(ReturnRoutability.BeforeMoving);
        ChildSa first = bed.NewTunnel(1);
        ChildSa second = bed.NewTunnel(2);
        bed.Send(new RequestNotifies().Selector(Spi(1)).Selector(Spi(2)).Update(New(Away)));
        Assert.Empty(bed.Send(new RequestNotifies().Selector(Spi(1)).Update(New(Home))));

        Respond(bed, bed.Requests[0], AnswerReader.DataOf(bed.Requests[0], NotifyType.Cookie2));
        Assert.Equal(Set(Home), first.Initiator);
        Assert.Equal(Set(Away), second.Initiator);
        Respond(bed, bed.Requests[1], AnswerReader.DataOf(bed.Requests[1], NotifyType.Cookie2));
        Assert.Equal(Set(Home), first.Initiator);
        Assert.Equal(2, bed.Requests.Count);
    }

    [Fact]
    public void Moves_of_two_addresses_of_an_SA_are_both_made()
    {
        ResponderBed bed = NewBed(ReturnRoutability.BeforeMoving);
        ChildSa tunnel = bed.NewTunnel(1);
        IpAddress other = IpAddress.Parse("192.0.2.2"), its = IpAddress.Parse("198.51.100.9");
        tunnel.Initiator = Set(Home, other);
        bed.Send(new RequestNotifies().Selector(Spi(1)).Update(Old(Home), New(Away)).Selector(Spi(1)).Update(Old(other), New(its)));
        Respond(bed, bed.Requests[0], AnswerReader.DataOf(bed.Requests[0], NotifyType.Cookie2));
        Respond(bed, bed.Requests[1], AnswerReader.DataOf(bed.Requests[1], NotifyType.Cookie2));
        Assert.Equal(Set(Away, its), tunnel.Initiator);
    }

    [Fact]
    public void The_cookie_is_waited_for_from_when_the_carrier_has_sent_the_request()
    {
        ResponderBed bed = NewBed(ReturnRoutability.BeforeMoving);
        bed.NewTunnel(1);
        bed.Send(new RequestNotifies().Update(), from: Away);
        TimeSpan patience = bed.Responder.NextDeadline!.Value - bed.Now;
        TimeSpan sent = TimeSpan.FromSeconds(25);
        bed.Responder.HandleSent(bed.Requests[0].Token + 1, sent);
        Assert.Equal(bed.Now + patience, bed.Responder.NextDeadline);
        bed.Responder.HandleSent(bed.Requests[0].Token, sent);
        Assert.Equal(sent + patience, bed.Responder.NextDeadline);
    }

    private static void Deactivate(ResponderBed bed, bool byPeer)
    {
        if (byPeer)
        {
            Assert.Empty(bed.Send(new RequestNotifies().Add(NotifyType.MobikeUnsupportedVersion, VersionData.Of([MobikeVersion.None]))));
        }
        else
        {
            bed.Responder.Deactivate(bed.Now);
            bed.Drain();
        }
    }

    private static ResponderBed NewBed(ReturnRoutability returnRoutability)
    {
        byte next = 1;
        return new ResponderBed(new ResponderOptions
        {
            ReturnRoutability = returnRoutability,
            FillCookie = octets =>
            {
                for (int i = 0; i < octets.Length; i++)
                {
                    octets[i] = next++;
                }
            },
        });
    }

    private static void Respond(ResponderBed bed, in Transmit request, byte[] cookie) => bed.Respond(request, new RequestNotifies().Add(NotifyType.Cookie2, cookie));
}
