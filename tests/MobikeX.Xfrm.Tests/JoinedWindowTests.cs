using MobikeX.Engine;
using MobikeX.Runtime;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Tests;

/// <summary>When one of two own addresses goes, the SA at the one that stays refuses what came to the other, and is hardly away for it.</summary>
public sealed class JoinedWindowTests
{
    private static readonly SaChange Leave = SaChange.Remove(AddressPlaces.Header, ModelBed.Home);

    [Fact]
    public void What_came_to_an_address_that_goes_is_refused_at_the_one_that_stays()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        Receive(bed, 50);
        Assert.True(bed.Apply(Leave, bed.Tunnel), bed.Backend.LastFailure);
        AssertLeft(bed, 50);
        Assert.Equal(ModelBed.Away, bed.Tunnel.Initiator[0]);
        Assert.Equal([2], bed.Kernel.Together);
    }

    [Fact]
    public void An_SA_that_has_received_later_packets_stays_where_it_is()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        XfrmSaKey stays = Receive(bed, 50);
        bed.Kernel.Receive(stays, 50 + 32);
        bed.Kernel.Changes.Clear();
        Assert.True(bed.Apply(Leave, bed.Tunnel), bed.Backend.LastFailure);
        Assert.DoesNotContain(bed.Kernel.Changes, change => change.EndsWith(stays.ToString(), StringComparison.Ordinal));
        AssertLeft(bed, 50, 50 + 32);
    }

    [Fact]
    public void What_comes_before_it_goes_is_refused_too()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        XfrmSaKey stays = Receive(bed, 50);
        bool hasCome = false;
        bed.Kernel.BeforeDeletion = key =>
        {
            if (key == stays && !hasCome)
            {
                hasCome = true;
                bed.Kernel.Receive(stays, 51);
            }
        };
        Assert.True(bed.Apply(Leave, bed.Tunnel), bed.Backend.LastFailure);
        Assert.True(hasCome);
        AssertLeft(bed, 50, 51);
    }

    [Theory]
    [InlineData("delete sa")]
    [InlineData("new sa")]
    public void Where_the_kernel_refuses_half_of_it_both_SAs_are_as_they_were(string refused)
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        XfrmSaKey stays = Receive(bed, 50);
        bed.Kernel.Refuse = change =>
        {
            if (change != $"{refused} {stays}")
            {
                return 0;
            }

            bed.Kernel.Refuse = static _ => 0;
            return Errno.NoBufferSpace;
        };
        Assert.False(bed.Apply(Leave, bed.Tunnel));
        Assert.Contains("anew", bed.Backend.LastFailure, StringComparison.Ordinal);
        Assert.Equal(AddressSet.Of(ModelBed.Home, ModelBed.Away), bed.Tunnel.Initiator);
        foreach (IpAddress own in (IpAddress[])[ModelBed.Home, ModelBed.Away])
        {
            using XfrmSa sa = bed.Kernel[new XfrmSaKey(own, bed.Tunnel.Spi, XfrmProtocol.Esp)];
            Assert.True(sa.Replay!.Refuses(50));
            Assert.False(sa.Replay.Refuses(51));
        }
    }

    /// <summary>Both addresses are own ones, and a packet comes to the one that is to go.</summary>
    /// <returns>The name of the SA that stays.</returns>
    private static XfrmSaKey Receive(ModelBed bed, ulong sequence)
    {
        Assert.True(bed.Apply(SaChange.Add(AddressPlaces.Header, ModelBed.Away), bed.Tunnel), bed.Backend.LastFailure);
        bed.Kernel.Receive(new XfrmSaKey(ModelBed.Home, bed.Tunnel.Spi, XfrmProtocol.Esp), sequence);
        return new XfrmSaKey(ModelBed.Away, bed.Tunnel.Spi, XfrmProtocol.Esp);
    }

    private static void AssertLeft(ModelBed bed, params ulong[] refused)
    {
        using XfrmSa left = bed.Kernel[bed.InboundOf(bed.Tunnel)];
        Assert.Equal(ModelBed.Away, left.Destination);
        Assert.All(refused, sequence => Assert.True(left.Replay!.Refuses(sequence)));
        Assert.False(left.Replay!.Refuses(refused[^1] + 1));
    }
}
