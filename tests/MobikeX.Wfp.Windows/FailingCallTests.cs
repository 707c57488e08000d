using MobikeX.Engine;
using MobikeX.Protocol;

namespace MobikeX.Wfp.Windows;

/// <summary>Each call that a change makes is made to fail, one after the other: what the platform holds, and what the directory says, is as before.</summary>
public sealed class FailingCallTests
{
    [Theory]
    [InlineData("update")]
    [InlineData("update in UDP")]
    [InlineData("update of the inner address")]
    [InlineData("update of the Responder's address")]
    [InlineData("add")]
    [InlineData("use of another address")]
    [InlineData("remove of one of two")]
    [InlineData("remove of the last")]
    [InlineData("close of one")]
    public void Whichever_call_fails_nothing_has_changed(string change)
    {
        int calls = CallsOf(change);
        Assert.NotEqual(0, calls);
        for (int call = 0; call < calls; call++)
        {
            using var bed = new WfpBed();
            Prepare(bed, change);
            (string held, string known) = (Platform.Holds, Known(bed));
            int outstanding = Platform.Outstanding;
            Platform.Fail("any", call);
            Assert.False(Make(bed, change), $"call {call}");
            Assert.True(Platform.HasFailed);
            Assert.Contains("0x80320012", bed.Backend.LastFailure, StringComparison.Ordinal);
            Assert.Equal(held, Platform.Holds);
            Assert.Equal(known, Known(bed));
            Assert.Equal(outstanding, Platform.Outstanding);
            Assert.True(Make(bed, change), $"again after call {call}: {bed.Backend.LastFailure}");
        }
    }

    [Fact]
    public void A_close_of_several_that_fails_before_the_first_is_gone_closes_none()
    {
        using var bed = new WfpBed();
        string held = Platform.Holds;
        Platform.Fail("IPsecSaContextDeleteById0", 0);
        Assert.False(bed.Apply(SaChange.Close(), bed.Ike));
        Assert.Equal(held, Platform.Holds);
        Assert.False(bed.Ike.IsClosed);
        Assert.False(bed.Tunnel.IsClosed);
    }

    [Fact]
    public void A_close_of_several_that_fails_later_is_finished_with_the_next_change()
    {
        using var bed = new WfpBed();
        Platform.Fail("IPsecSaContextDeleteById0", 1);
        Assert.True(bed.Apply(SaChange.Close(), bed.Ike));
        Assert.True(bed.Tunnel.IsClosed);
        Assert.True(bed.Transport.IsClosed);
        Assert.Contains("still to be deleted", bed.Backend.LastFailure, StringComparison.Ordinal);
        Assert.Equal(2, bed.Engine.ListSas().Count);
        Assert.True(bed.Apply(SaChange.Close()));
        Assert.Null(bed.Backend.LastFailure);
        Assert.Single(bed.Engine.ListSas());
    }

    [Fact]
    public void Filters_that_cannot_be_narrowed_after_an_SA_has_closed_go_with_the_next_change()
    {
        using var bed = new WfpBed();
        Assert.True(bed.Apply(SaChange.Add(AddressPlaces.Header, WfpBed.Away), bed.Transport));
        Platform.Fail("FwpmFilterDeleteById0", 0);
        Assert.True(bed.Apply(SaChange.Remove(AddressPlaces.Header, WfpBed.Home), bed.Tunnel, bed.Transport));
        Assert.True(bed.Tunnel.IsClosed);
        Assert.Equal(new AddressSet(WfpBed.Away), bed.Transport.Initiator);
        Assert.Contains("still to be deleted", bed.Backend.LastFailure, StringComparison.Ordinal);
        Assert.True(bed.Apply(SaChange.Add(AddressPlaces.Header, WfpBed.Away), bed.Transport));
        Assert.Null(bed.Backend.LastFailure);
        Assert.Equal(2, bed.Engine.ListFilters().Count(filter => filter.HostAt(local: true) == WfpBed.Away));
        Assert.DoesNotContain(bed.Engine.ListFilters(), filter => filter.HostAt(local: true) == WfpBed.Home && filter.HostAt(local: false) == WfpBed.Gateway);
    }

    private static int CallsOf(string change)
    {
        using var bed = new WfpBed();
        Prepare(bed, change);
        Platform.ForgetCalls();
        Assert.True(Make(bed, change), bed.Backend.LastFailure);
        return Platform.Calls.Length;
    }

    private static void Prepare(WfpBed bed, string change)
    {
        if (change is "use of another address" or "remove of one of two")
        {
            Assert.True(bed.Apply(SaChange.Add(AddressPlaces.Header, WfpBed.Away), bed.Tunnel, bed.Transport));
        }
    }

    private static bool Make(WfpBed bed, string change) => change switch
    {
        "update" => bed.Apply(SaChange.Update(AddressPlaces.Header, default, WfpBed.Away), bed.Ike, bed.Tunnel, bed.Transport),
        "update in UDP" => bed.Apply(SaChange.Update(AddressPlaces.Header, default, WfpBed.Away).Along(default, 1024, true), bed.Ike, bed.Tunnel, bed.Transport),
        "update of the inner address" => bed.Apply(SaChange.Update(AddressPlaces.Inner, WfpBed.Inner, Runtime.IpAddress.Parse("10.0.0.3")), bed.Tunnel),
        "update of the Responder's address" =>
            bed.Apply(SaChange.Update(AddressPlaces.Header, default, WfpBed.Away).Along(WfpBed.Third, 0, null), bed.Tunnel, bed.Transport),
        "add" => bed.Apply(SaChange.Add(AddressPlaces.Header, WfpBed.Away), bed.Tunnel, bed.Transport),
        "use of another address" => bed.Backend.TryUse(WfpBed.Away, WfpBed.SetOf(bed.Tunnel, bed.Transport)),
        "remove of one of two" => bed.Apply(SaChange.Remove(AddressPlaces.Header, WfpBed.Home), bed.Tunnel, bed.Transport),
        "remove of the last" => bed.Apply(SaChange.Remove(AddressPlaces.Header, WfpBed.Home), bed.Transport),
        "close of one" => bed.Apply(SaChange.Close(), bed.Tunnel),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static string Known(WfpBed bed) => string.Join("; ", new SecurityAssociation[] { bed.Ike, bed.Tunnel, bed.Transport }.Select(Describe));

    private static string Describe(SecurityAssociation sa) =>
        $"{sa} {sa.Initiator} {sa.Responder} {sa.Inner} {sa.InitiatorPort} {(sa as ChildSa)?.Mode ?? (IpsecMode)0} {sa.IsClosed}";
}
