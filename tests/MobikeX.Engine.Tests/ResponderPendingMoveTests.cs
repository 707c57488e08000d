using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using static MobikeX.Engine.Tests.RequestNotifies;
using static MobikeX.Engine.Tests.ResponderBed;

namespace MobikeX.Engine.Tests;

/// <summary>What becomes of SAs while a move of them waits for return routability, or for the backend: both ends are to have the same in the end.</summary>
public class ResponderPendingMoveTests
{
    private static readonly IpAddress Other = IpAddress.Parse("192.0.2.2");

    private static readonly RequestNotifies[] WhatMeansOtherAddresses =
    [
        new RequestNotifies().AddAddress(Ip(Third), Id(7)),
        new RequestNotifies().AddAddress(Ip(Third, check: true), Id(7)),
        new RequestNotifies().RemoveAddress(Ip(Home), Id(7)),
        new RequestNotifies().RemoveAddress(Ip(Away), Id(7)),
        new RequestNotifies().Update(Old(Away), New(Third), Id(7)),
        new RequestNotifies().Selector(Spi(1)).Update(Old(Home), New(Third), Id(7)),
    ];

    [Theory(DisplayName = "7.4: the Initiator has moved its SA, and an action that names an address must wait until this end has")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Waits(int action)
    {
        ResponderBed bed = new(new ResponderOptions { ReturnRoutability = ReturnRoutability.BeforeMoving });
        ChildSa tunnel = bed.NewTunnel(1);
        Assert.Empty(bed.Send(new RequestNotifies().Update(), from: Away));

        Assert.Equal(["TEMPORARY_FAILURE 7"], bed.Send(WhatMeansOtherAddresses[action], from: Away));
        Assert.Equal(Set(Away), bed.Ike.Initiator);
        Assert.Equal(Set(Home), tunnel.Initiator);

        bed.ReturnCookie(bed.Requests[0]);
        Assert.Equal(Set(Away), tunnel.Initiator);
        Assert.Empty(bed.Send(new RequestNotifies().AddAddress(Ip(Third)), from: Away));
        Assert.Equal(Set(Away, Third), tunnel.Initiator);
    }

    [Theory(DisplayName = "7.4: an address that a move is still to take away is not one that an action finds there")]
    [InlineData(0)]
    [InlineData(1)]
    public void WaitsToBringInWhatIsStillToGo(int action)
    {
        ResponderBed bed = new(new ResponderOptions { ReturnRoutability = ReturnRoutability.BeforeMoving });
        ChildSa tunnel = bed.NewTunnel(1);
        tunnel.Initiator = Set(Home, Other);
        Assert.Empty(bed.Send(new RequestNotifies().Selector(Spi(1)).Update(Old(Home), New(Away))));
        RequestNotifies request = new RequestNotifies().Selector(Spi(1));
        RequestNotifies then = action == 0 ? request.AddAddress(Ip(Home), Id(7)) : request.Update(Old(Other), New(Home), Id(7));

        Assert.Equal(["TEMPORARY_FAILURE 7"], bed.Send(then));
        bed.ReturnCookie(bed.Requests[0]);
        Assert.Empty(bed.Send(then));
        if (action == 1)
        {
            bed.ReturnCookie(bed.Requests[1]);
        }

        Assert.Equal(action == 0 ? Set(Away, Other, Home) : Set(Away, Home), tunnel.Initiator);
    }

    [Fact(DisplayName = "7.4: a move that waits may be one of the inner address too")]
    public void WaitsInside()
    {
        ResponderBed bed = new(new ResponderOptions { ReturnRoutability = ReturnRoutability.BeforeMoving });
        ChildSa tunnel = bed.NewTunnel(1, inner: InnerHost);
        Assert.Empty(bed.Send(new RequestNotifies().Update(New(Away, inner: true))));
        RequestNotifies then = new RequestNotifies().Selector(Spi(1)).Update(New(InnerHost, header: false, inner: true), Id(7));

        Assert.Equal(["TEMPORARY_FAILURE 7"], bed.Send(then, from: Away));
        bed.ReturnCookie(bed.Requests[0]);
        Assert.Empty(bed.Send(then, from: Away));
        Assert.Equal(Set(InnerHost), tunnel.Inner);
    }

    [Fact(DisplayName = "7.4: what has nothing to do with the move that waits is done")]
    public void GoesOnBesideIt()
    {
        ResponderBed bed = new(new ResponderOptions { ReturnRoutability = ReturnRoutability.BeforeMoving });
        ChildSa moving = bed.NewTunnel(1, inner: InnerHost);
        ChildSa beside = bed.NewTunnel(2);
        moving.Initiator = Set(Home, Other);
        Assert.Empty(bed.Send(new RequestNotifies().Selector(Spi(1)).Update(Old(Home), New(Away))));

        Assert.Empty(bed.Send(new RequestNotifies().Selector(Spi(2)).AddAddress(Ip(Third)).RemoveAddress(Ip(Home))));
        Assert.Empty(bed.Send(new RequestNotifies().Selector(Spi(1)).AddAddress(Ip(Third)).RemoveAddress(Ip(Other))));
        Assert.Empty(bed.Send(new RequestNotifies().Selector(Spi(1)).AddAddress(Ip(Other, header: false, inner: true))));
        bed.ReturnCookie(bed.Requests[0]);

        Assert.Equal(Set(Third), beside.Initiator);
        Assert.Equal(Set(Away, Third), moving.Initiator);
        Assert.Equal(Set(InnerHost, Other), moving.Inner);
    }

    [Fact(DisplayName = "RFC 4555 3.7: an SA that was closed meanwhile does not hold up the others")]
    public void ForgetsTheClosed()
    {
        ResponderBed bed = new(new ResponderOptions { ReturnRoutability = ReturnRoutability.BeforeMoving });
        ChildSa closed = bed.NewTunnel(1);
        ChildSa tunnel = bed.NewTunnel(2);
        bed.Send(new RequestNotifies().Update(), from: Away);
        Assert.True(bed.Backend.TryRemove(closed));
        bed.ReturnCookie(bed.Requests[0]);
        Assert.Equal(Set(Away), tunnel.Initiator);
        Assert.Equal([new ReturnRoutabilityConfirmed(Away)], bed.Events);
    }

    [Theory(DisplayName = "RFC 7296 1.3.3: the successor of an SA that waits for the cookie moves with the others, whether its check is under way or still to come")]
    [InlineData(0)]
    [InlineData(1)]
    public void TakesTheSuccessorAlong(int before)
    {
        ResponderBed bed = new(new ResponderOptions { ReturnRoutability = ReturnRoutability.BeforeMoving });
        ChildSa beside = bed.NewTunnel(1);
        ChildSa replaced = bed.NewTunnel(2);
        ChildSa alone = bed.NewTunnel(3);
        for (int i = 0; i < before; i++)
        {
            Assert.Empty(bed.Send(new RequestNotifies().Selector(Spi(3)).Update(New(Third))));
        }

        Assert.Empty(bed.Send(new RequestNotifies().Selector(Spi(1)).Selector(Spi(2)).Update(New(Away))));
        ChildSa successor = bed.NewTunnel(4);
        bed.Responder.HandleChildRekey(replaced, successor);
        Assert.True(bed.Backend.TryRemove(replaced));
        ChildSa stranger = bed.NewTunnel(5);
        for (int i = 0; i <= before; i++)
        {
            bed.ReturnCookie(bed.Requests[i]);
        }

        Assert.Equal(Set(Away), beside.Initiator);
        Assert.Equal(Set(Away), successor.Initiator);
        Assert.Equal(Set(before == 0 ? Home : Third), alone.Initiator);
        Assert.Equal(Set(Home), stranger.Initiator);
    }

    [Fact(DisplayName = "RFC 4555 3.7: an address that was left again is not checked, however it was left, so that a peer cannot make checks pile up")]
    public void ForgetsWhatWasLeft()
    {
        ResponderBed bed = new(new ResponderOptions { ReturnRoutability = ReturnRoutability.AfterMoving });
        ChildSa tunnel = bed.NewTunnel(1);
        IpAddress last = Home;
        for (int i = 1; i <= 20; i++)
        {
            IpAddress next = IpAddress.Parse($"198.51.100.{i}");
            Assert.Empty(bed.Send(new RequestNotifies().Selector(Spi(1)).Update(Old(last), New(next))));
            last = next;
        }

        bed.ReturnCookie(bed.Requests[0]);
        Assert.Equal(["198.51.100.1", "198.51.100.20"], bed.Requests.Select(static request => request.Packet.Destination.ToString()));
        bed.ReturnCookie(bed.Requests[1]);
        Assert.Null(bed.Responder.NextDeadline);
        Assert.Equal(Set(last), tunnel.Initiator);
    }

    [Fact(DisplayName = "7.4: where the Initiator is gone from there, what waited for a cookie from there does not go back")]
    public void IsOvertakenByAnAlternate()
    {
        ResponderBed bed = new(new ResponderOptions { ReturnRoutability = ReturnRoutability.BeforeMoving });
        ChildSa tunnel = bed.NewTunnel(1);
        bed.Send(new RequestNotifies().Update().Alternate(Ip(Third)), from: Away);
        Assert.True(bed.Responder.PeerUnreachable([], bed.Now, bed.Backend));
        bed.Drain();
        bed.ReturnCookie(bed.Requests[0]);
        Assert.Equal(Set(Third), bed.Ike.Initiator);
        Assert.Equal(Set(Third), tunnel.Initiator);
    }

    [Fact(DisplayName = "7.4: an UPDATE back, while the backend is still moving the SA, is not taken for one that changes nothing")]
    public void IsNotUnchangedWhileMoving()
    {
        ResponderBed bed = new(new ResponderOptions { ReturnRoutability = ReturnRoutability.BeforeMoving });
        ChildSa tunnel = bed.NewTunnel(1);
        bed.Send(new RequestNotifies().Selector(Spi(1)).Update(New(Away)));
        Transmit check = bed.Requests[0];
        RequestNotifies returned = new RequestNotifies().Add(NotifyType.Cookie2, AnswerReader.DataOf(check, NotifyType.Cookie2));
        bed.Responder.HandleResponse(new ReceivedMessage(check.Exchange, check.Token, returned.First, returned.Octets, check.Packet.Reversed), bed.Now, bed.Backend);
        Assert.Equal(Set(Home), tunnel.Initiator);

        Assert.Empty(bed.Send(new RequestNotifies().Selector(Spi(1)).Update(New(Home))));
        bed.ReturnCookie(bed.Requests[1]);
        Assert.Equal(Set(Home), tunnel.Initiator);
    }
}
