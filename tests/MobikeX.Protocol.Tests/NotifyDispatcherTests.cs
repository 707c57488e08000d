using MobikeX.Protocol.Ikev2;
using Cookie2Notify = MobikeX.Protocol.Mobike.Cookie2Notify;

namespace MobikeX.Protocol.Tests;

/// <summary>From a Notify payload to the notify that it carries.</summary>
public class NotifyDispatcherTests
{
    private static readonly byte[] Cookie = [1, 2, 3, 4, 5, 6, 7, 8];

    [Fact]
    public void A_payload_is_read_as_the_notify_that_it_is()
    {
        Assert.True(NotifyDispatcher.TryRead(Payload(Cookie2Notify.Type, Cookie), out Cookie2Notify cookie));
        Assert.Equal(Cookie, cookie.Data.ToArray());
    }

    [Fact]
    public void A_payload_of_another_type_is_not() =>
        Assert.False(NotifyDispatcher.TryRead(Payload(NotifyType.Cookie, Cookie), out Cookie2Notify _));

    [Fact]
    public void Data_at_fault_are_not() => Assert.False(NotifyDispatcher.TryRead(Payload(Cookie2Notify.Type, Cookie[1..]), out Cookie2Notify _));

    [Fact]
    public void A_value_that_is_not_understood_is_not()
    {
        byte[] mode = [(byte)NotifyParameter.IpsecMode, 9, 0, 0];

        Assert.True(SelectorNotify.TryRead(mode, out _, out _));
        Assert.False(NotifyDispatcher.TryRead(Payload(SelectorNotify.Type, mode), out SelectorNotify _));
    }

    [Fact]
    public void What_is_refused_leaves_nothing_behind()
    {
        byte[] old = [(byte)NotifyParameter.Ip, 0x2a, 0, 0, 192, 0, 2, 1];
        byte[] mode = [(byte)NotifyParameter.IpsecMode, 0, 0, 0];

        Assert.True(UpdateSaAddressesNotify.TryRead(old, out UpdateSaAddressesNotify update));
        Assert.NotEqual(default, update);
        Assert.False(UpdateSaAddressesNotify.TryRead([.. old, 0xff], out update));
        Assert.Equal(default, update);
        Assert.False(UpdateSaAddressesNotify.TryRead([.. old, .. old], out update));
        Assert.Equal(default, update);

        Assert.False(SelectorNotify.TryRead([.. mode, 0xff], out SelectorNotify selector));
        Assert.True(selector.Data.IsEmpty);
        Assert.False(selector.TryWrite(stackalloc byte[8], out _, out _));
    }

    [Fact]
    public void An_SPI_is_refused_where_a_notify_takes_none()
    {
        Assert.False(NotifyDispatcher.TryRead(Payload(Cookie2Notify.Type, Cookie, spi: [1, 2, 3, 4]), out Cookie2Notify _));
        Assert.True(NotifyDispatcher.TryRead(Payload(RekeySaNotify.Type, [], spi: [1, 2, 3, 4]), out RekeySaNotify _));
    }

    [Fact]
    public void What_a_handler_has_no_method_for_it_takes_alike()
    {
        Counter counter = new();
        foreach (NotifyType type in (NotifyType[])[Cookie2Notify.Type, NotifyType.Cookie, NotifyType.NoProposalChosen])
        {
            NotifyDispatcher.Dispatch(Payload(type, Cookie), ref counter);
        }

        NotifyDispatcher.Dispatch(Payload(Cookie2Notify.Type, []), ref counter);
        Assert.Equal((1, 3), (counter.Cookies, counter.Others));
    }

    private static NotifyPayload Payload(NotifyType type, ReadOnlySpan<byte> data, ReadOnlySpan<byte> spi = default) =>
        new(PayloadType.NoNextPayload, ProtocolId.None, type, spi, data);

    private sealed class Counter : NotifyHandler
    {
        public int Cookies { get; private set; }

        public int Others { get; private set; }

        public override void OnCookie2(in Cookie2Notify notify) => Cookies++;

        protected override void OnRest() => Others++;
    }
}
