using MobikeX.Xfrm.Layouts;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Tests;

/// <summary>The two forms that the kernel has of sequence numbers and replay windows (RFC 4303, section 3.4.3).</summary>
public sealed class ReplayStateTests
{
    [Fact]
    public void The_old_form_marks_the_highest_as_bit_0()
    {
        ReplayState replay = Small(sent: 5, highest: 10, bitmap: 0b101);
        Assert.True(replay.Refuses(10));
        Assert.False(replay.Refuses(9));
        Assert.True(replay.Refuses(8));
        Assert.False(replay.Refuses(11));
        Assert.True(replay.Refuses(0));
        Assert.Equal(5ul, replay.Sent);
    }

    [Fact]
    public void What_is_behind_the_window_is_refused()
    {
        ReplayState replay = Small(sent: 0, highest: 100, bitmap: 1);
        Assert.False(replay.Refuses(69));
        Assert.True(replay.Refuses(68));
    }

    [Fact]
    public void The_large_form_goes_round_in_its_bitmap()
    {
        // The highest is 70: its mark is at (70 - 1) modulo 64, and those of 69 and 7 are at 4 and 6.
        ReplayState replay = Large(highest: 70, window: 64, marks: [5, 6]);
        Assert.True(replay.Refuses(70));
        Assert.False(replay.Refuses(69));
        Assert.True(replay.Refuses(7));
        Assert.True(replay.Refuses(6));
        Assert.False(replay.Refuses(8));
    }

    [Fact]
    public void The_large_form_has_numbers_of_64_bits()
    {
        ReplayState replay = Large(highest: (3ul << 32) + 2, window: 64, marks: [1]);
        Assert.Equal((3ul << 32) + 2, replay.Highest);
        Assert.True(replay.Refuses((3ul << 32) + 2));
        Assert.False(replay.Refuses((3ul << 32) + 1));
        Assert.False(replay.Refuses((3ul << 32) - 5));
    }

    [Fact]
    public void A_union_refuses_what_either_refuses()
    {
        ReplayState one = Small(sent: 9, highest: 40, bitmap: 0b1001), two = Small(sent: 4, highest: 43, bitmap: 0b1);
        ReplayState union = one.Union(two);
        Assert.Equal(43ul, union.Highest);
        Assert.Equal(9ul, union.Sent);
        foreach (ulong sequence in (ulong[])[43, 40, 37])
        {
            Assert.True(union.Refuses(sequence));
        }

        foreach (ulong sequence in (ulong[])[44, 42, 41, 39, 38, 36])
        {
            Assert.False(union.Refuses(sequence));
        }

        Assert.True(union.Covers(one));
        Assert.True(union.Covers(two));
        Assert.False(two.Covers(one));
    }

    [Fact]
    public void A_union_of_the_large_form_keeps_every_mark()
    {
        ReplayState one = Large(highest: 70, window: 64, marks: [5, 6]), two = Large(highest: 80, window: 64, marks: [15]);
        ReplayState union = one.Union(two);
        Assert.True(union.Refuses(70));
        Assert.True(union.Refuses(80));
        Assert.False(union.Refuses(79));
        Assert.True(union.Refuses(7));
        Assert.Equal(union, two.Union(one));
    }

    [Fact]
    public void What_one_has_received_beyond_another_is_counted()
    {
        ReplayState one = Small(sent: 0, highest: 40, bitmap: 0b1001), two = Small(sent: 0, highest: 43, bitmap: 0b1000_0001);
        Assert.Equal(2, one.CountBeyond(two));
        Assert.Equal(2, two.CountBeyond(one));
        Assert.Equal(0, one.CountBeyond(one));
        Assert.Equal(0, one.CountBeyond(Small(sent: 0, highest: 40 + 32, bitmap: 1)));
        Assert.Equal(1, Large(highest: 70, window: 64, marks: [5, 6]).CountBeyond(Large(highest: 69, window: 64, marks: [4, 6])));
    }

    [Fact]
    public void A_filled_one_refuses_all_up_to_the_highest()
    {
        foreach (ReplayState replay in (ReplayState[])[Small(sent: 7, highest: 20, bitmap: 1), Small(sent: 7, highest: 100, bitmap: 1), Large(highest: 70, window: 64, marks: [5])])
        {
            ReplayState filled = replay.Filled();
            Assert.Equal((replay.Sent, replay.Highest, replay.Window), (filled.Sent, filled.Highest, filled.Window));
            Assert.All(Enumerable.Range(1, (int)replay.Highest), number => Assert.True(filled.Refuses((ulong)number)));
            Assert.False(filled.Refuses(replay.Highest + 1));
        }
    }

    [Fact]
    public void A_number_that_is_ahead_stops_at_the_last_one()
    {
        Assert.Equal(uint.MaxValue, Small(sent: uint.MaxValue - 1, highest: 0, bitmap: 0).Ahead(10).Sent);
        Assert.Equal(15ul, Small(sent: 5, highest: 0, bitmap: 0).Ahead(10).Sent);
    }

    [Fact]
    public void It_is_given_back_to_the_kernel_as_it_came()
    {
        foreach (ReplayState replay in (ReplayState[])[Small(7, 9, 0xdeadbeef), Large((1ul << 33) + 5, 128, [3, 100])])
        {
            using var request = new NetlinkRequest(0, NetlinkFlags.None);
            request.WriteAttribute(replay.AttributeType, replay.ToOctets());
            Assert.Equal(replay, ReplayState.Read(request.Octets[NetlinkHeader.Size..], 32));
        }
    }

    [Fact]
    public void A_bitmap_that_is_shorter_than_it_says_is_none()
    {
        var layout = new EsnReplayLayout { BitmapWords = 4, Window = 128 };
        using var request = new NetlinkRequest(0, NetlinkFlags.None);
        request.WriteAttribute(XfrmAttribute.ReplayEsn, layout);
        Assert.Null(ReplayState.Read(request.Octets[NetlinkHeader.Size..], 0));
    }

    private static ReplayState Small(uint sent, uint highest, uint bitmap)
    {
        using var request = new NetlinkRequest(0, NetlinkFlags.None);
        request.WriteAttribute(XfrmAttribute.Replay, new ReplayLayout { Outbound = sent, Inbound = highest, Bitmap = bitmap });
        return ReplayState.Read(request.Octets[NetlinkHeader.Size..], 32)!;
    }

    private static ReplayState Large(ulong highest, uint window, int[] marks)
    {
        var layout = new EsnReplayLayout { BitmapWords = window / 32, Inbound = (uint)highest, InboundHigh = (uint)(highest >> 32), Window = window };
        byte[] bitmap = new byte[window / 8];
        foreach (int mark in marks)
        {
            bitmap[mark / 8] |= (byte)(1 << (mark % 8));
        }

        using var header = new NetlinkRequest(0, NetlinkFlags.None);
        header.Write(layout).WriteOctets(bitmap);
        using var request = new NetlinkRequest(0, NetlinkFlags.None);
        request.WriteAttribute(XfrmAttribute.ReplayEsn, header.Octets[NetlinkHeader.Size..]);
        return ReplayState.Read(request.Octets[NetlinkHeader.Size..], 0)!;
    }
}
