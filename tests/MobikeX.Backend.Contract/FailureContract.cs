using MobikeX.Engine;
using MobikeX.Protocol;

namespace MobikeX.Backend.Contract;

/// <summary>A change that fails leaves the SAD and the SPD as they were.</summary>
public abstract class FailureContract(IBackendUnderTest underTest) : BackendContract(underTest)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Wherever_an_update_fails_nothing_has_changed(int after)
    {
        UnderTest.FailNextChangeAfter(after);
        Refuse(SaChange.Update(AddressPlaces.Header, default, Away).Along(Third, 1024, true), Ike, Tunnel, Transport);
        Assert.Equal(Addresses(Home), Ike.Initiator);
        Assert.Equal(Addresses(Gateway), Ike.Responder);
        Assert.Equal(Addresses(Home), Tunnel.Initiator);
        Assert.Equal(Addresses(Home), Transport.Initiator);
        Assert.Equal(IpsecMode.Tunnel, Tunnel.Mode);
        Assert.Equal(0, Tunnel.InitiatorPort);
        Assert.Equal(Addresses(Home), UnderTest.CoveredBy(Transport));
    }

    [Fact]
    public void A_failed_removal_closes_nothing()
    {
        UnderTest.FailNextChangeAfter(1);
        Refuse(SaChange.Remove(AddressPlaces.Header, Home), Transport, Tunnel);
        Assert.False(Transport.IsClosed);
        Assert.False(Tunnel.IsClosed);
        Assert.Same(Transport, Backend.Directory.FindChildSa(Ike, Transport.Spi));
        Assert.True(UnderTest.TryReceive(Transport, Home, 1));
    }

    [Fact]
    public void A_failed_change_keeps_the_counters()
    {
        ulong before = UnderTest.Send(Tunnel);
        Assert.True(UnderTest.TryReceive(Tunnel, Home, 5));
        UnderTest.FailNextChangeAfter(1);
        Refuse(SaChange.Update(AddressPlaces.Header, default, Away), Tunnel, Transport);
        Assert.Equal(before + 1, UnderTest.Send(Tunnel));
        Assert.False(UnderTest.TryReceive(Tunnel, Home, 5));
    }

    [Fact]
    public void A_change_of_a_set_with_a_closed_SA_changes_none()
    {
        Apply(SaChange.Close(), Transport);
        Refuse(SaChange.Update(AddressPlaces.Header, default, Away), Tunnel, Transport);
        Assert.Equal(Addresses(Home), Tunnel.Initiator);
    }

    [Fact]
    public void The_change_after_a_failed_one_is_made()
    {
        // Of a transport SA: a backend may have nothing to do for one more source of a tunnel's packets, and then nothing fails.
        UnderTest.FailNextChangeAfter(0);
        Refuse(SaChange.Add(AddressPlaces.Header, Away), Transport);
        Apply(SaChange.Add(AddressPlaces.Header, Away), Transport);
        Assert.Equal(Addresses(Home, Away), Transport.Initiator);
    }

    private void Refuse(SaChange change, params SecurityAssociation[] sas)
    {
        Assert.False(Backend.TryApply(change, SetOf(sas)));
        Assert.NotNull(Backend.LastFailure);
    }
}
