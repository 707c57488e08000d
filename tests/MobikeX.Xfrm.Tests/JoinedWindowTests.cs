using MobikeX.Engine;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Tests;

/// <summary>When one of two own addresses goes, the SA at the one that stays refuses what came to the other, and is there all the while.</summary>
public sealed class JoinedWindowTests
{
    private static readonly SaChange Leave = SaChange.Remove(AddressPlaces.Header, ModelBed.Home);

    [Fact]
    public void What_came_to_an_address_that_goes_is_refused_at_the_one_that_stays()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        XfrmSaKey stays = Receive(bed, 50);
        Leaves(bed);
        AssertStayed(bed, stays);
        AssertLeft(bed, 50);
        Assert.Equal(ModelBed.Away, bed.Tunnel.Initiator[0]);
        Assert.Equal(2u, bed.Kernel.ThresholdOf(stays));
    }

    [Fact]
    public void An_SA_that_has_received_later_packets_is_left_alone()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        XfrmSaKey stays = Receive(bed, 50);
        bed.Kernel.Receive(stays, 50 + 32);
        Leaves(bed);
        Assert.DoesNotContain(bed.Kernel.Changes, change => change.EndsWith(stays.ToString(), StringComparison.Ordinal));
        AssertLeft(bed, 50, 50 + 32);
    }

    /// <summary>The counters that are set are those that were read before.</summary>
    [Theory]
    [InlineData(51)]
    [InlineData(51, 52, 53)]
    [InlineData(51, 90)]
    [InlineData(49)]
    [InlineData(49, 51)]
    [InlineData(52, 51)]
    public void A_packet_that_comes_while_the_window_is_set_is_refused_too(params int[] numbers)
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        XfrmSaKey stays = Receive(bed, 50);
        bed.Kernel.BeforeReplay = _ =>
        {
            bed.Kernel.BeforeReplay = null;
            Array.ForEach(numbers, number => bed.Kernel.Receive(stays, (ulong)number));
        };
        Leaves(bed);
        AssertStayed(bed, stays);
        AssertLeft(bed, [50, .. numbers.Order().Select(static number => (ulong)number)]);
    }

    /// <summary>Where the kernel does not tell of a number, nothing that may be it is taken.</summary>
    [Fact]
    public void A_packet_whose_number_is_not_told_is_refused_too()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        XfrmSaKey stays = Receive(bed, 50);
        bed.Kernel.TellsNumbers = false;
        bed.Kernel.BeforeReplay = _ =>
        {
            bed.Kernel.BeforeReplay = null;
            bed.Kernel.Receive(stays, 48);
        };
        Leaves(bed);
        AssertStayed(bed, stays);
        AssertLeft(bed, 48, 49, 50);
    }

    [Fact]
    public void Where_packets_come_too_fast_the_SA_is_made_anew()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        XfrmSaKey stays = Receive(bed, 50);
        ulong next = 51;
        bed.Kernel.BeforeReplay = _ => bed.Kernel.Receive(stays, next++);
        Leaves(bed);
        Assert.Contains($"new sa {stays}", bed.Kernel.Changes);
        AssertLeft(bed, [50, .. Enumerable.Range(51, (int)next - 51).Select(static number => (ulong)number)]);
    }

    [Fact]
    public void Where_the_kernel_refuses_both_SAs_are_as_they_were()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        XfrmSaKey stays = Receive(bed, 50);
        bed.Kernel.Refuse = change => change == $"set state {stays}" ? Errno.NoBufferSpace : 0;
        Assert.False(bed.Apply(Leave, bed.Tunnel));
        Assert.Contains("threshold", bed.Backend.LastFailure, StringComparison.Ordinal);
        Assert.Equal(AddressSet.Of(ModelBed.Home, ModelBed.Away), bed.Tunnel.Initiator);
        using XfrmSa home = bed.Kernel[new XfrmSaKey(ModelBed.Home, bed.Tunnel.Spi, XfrmProtocol.Esp)], away = bed.Kernel[stays];
        Assert.True(home.Replay!.Refuses(50));
        Assert.False(home.Replay.Refuses(51));
        Assert.False(away.Replay!.Refuses(50));
        Assert.Equal(2u, bed.Kernel.ThresholdOf(stays));
    }

    /// <summary>How much a pair may carry, and what is told of it, does not grow by an address.</summary>
    [Fact]
    public void What_a_pair_has_received_is_counted_once_whatever_addresses_come_and_go()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        XfrmSaKey home = bed.InboundOf(bed.Tunnel);
        bed.Kernel.Receive(home, 1);
        bed.Kernel.Receive(home, 2);
        XfrmSaKey away = Receive(bed, 3);
        AssertReceived(bed, 3);
        bed.Kernel.Receive(away, 4);
        AssertReceived(bed, 4);
        Leaves(bed);
        AssertReceived(bed, 4);
        Assert.True(bed.Apply(SaChange.Update(AddressPlaces.Header, ModelBed.Away, ModelBed.Home), bed.Tunnel), bed.Backend.LastFailure);
        AssertReceived(bed, 4);
        using XfrmSa whole = bed.Kernel[bed.InboundOf(bed.Tunnel)];
        Assert.Equal((4UL, 400UL, 1UL), (whole.Lifetime.Packets, whole.Lifetime.Octets, whole.Lifetime.AddTime));
    }

    [Fact]
    public void Where_what_was_received_cannot_be_counted_all_is_as_it_was()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        XfrmSaKey away = Receive(bed, 50);
        bed.Kernel.Receive(away, 50 + 32);
        XfrmSaKey[] before = [.. bed.Kernel.Sas.OrderBy(static key => key.ToString(), StringComparer.Ordinal)];
        bed.Kernel.Refuse = change => change == $"set state {away}" ? Errno.NoBufferSpace : 0;
        Assert.False(bed.Apply(Leave, bed.Tunnel));
        Assert.Contains("set the use", bed.Backend.LastFailure, StringComparison.Ordinal);
        Assert.Equal(before, bed.Kernel.Sas.OrderBy(static key => key.ToString(), StringComparer.Ordinal));
        Assert.Equal(AddressSet.Of(ModelBed.Home, ModelBed.Away), bed.Tunnel.Initiator);
        AssertReceived(bed, 2);
    }

    private static void AssertReceived(ModelBed bed, ulong packets)
    {
        ChildSaUsage? usage = bed.Backend.UsageOf(bed.Tunnel);
        Assert.Equal((packets, packets * 100), (usage!.Value.InboundPackets, usage.Value.InboundOctets));
    }

    /// <summary>Both addresses are own ones, and a packet comes to the one that is to go.</summary>
    /// <returns>The name of the SA that stays.</returns>
    private static XfrmSaKey Receive(ModelBed bed, ulong sequence)
    {
        Assert.True(bed.Apply(SaChange.Add(AddressPlaces.Header, ModelBed.Away), bed.Tunnel), bed.Backend.LastFailure);
        bed.Kernel.Receive(new XfrmSaKey(ModelBed.Home, bed.Tunnel.Spi, XfrmProtocol.Esp), sequence);
        return new XfrmSaKey(ModelBed.Away, bed.Tunnel.Spi, XfrmProtocol.Esp);
    }

    private static void Leaves(ModelBed bed)
    {
        bed.Kernel.Changes.Clear();
        Assert.True(bed.Apply(Leave, bed.Tunnel), bed.Backend.LastFailure);
    }

    private static void AssertStayed(ModelBed bed, XfrmSaKey stays) =>
        Assert.Empty(bed.Kernel.Changes.Intersect([$"delete sa {stays}", $"new sa {stays}"]));

    private static void AssertLeft(ModelBed bed, params ulong[] refused)
    {
        using XfrmSa left = bed.Kernel[bed.InboundOf(bed.Tunnel)];
        Assert.Equal(ModelBed.Away, left.Destination);
        Assert.All(refused, sequence => Assert.True(left.Replay!.Refuses(sequence)));
        Assert.False(left.Replay!.Refuses(refused.Max() + 1));
    }
}
