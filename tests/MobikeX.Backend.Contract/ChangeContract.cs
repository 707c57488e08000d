using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Backend.Contract;

/// <summary>What each change makes of the addresses of the SAs.</summary>
public abstract class ChangeContract(IBackendUnderTest underTest) : BackendContract(underTest)
{
    [Fact]
    public void An_update_without_an_old_address_replaces_every_one()
    {
        Apply(SaChange.Add(AddressPlaces.Header, Third), Tunnel);
        Apply(SaChange.Update(AddressPlaces.Header, default, Away), Ike, Tunnel, Transport);
        Assert.Equal(Addresses(Away), Ike.Initiator);
        Assert.Equal(Addresses(Away), Tunnel.Initiator);
        Assert.Equal(Addresses(Away), Transport.Initiator);
    }

    [Fact]
    public void An_update_with_an_old_address_replaces_that_one()
    {
        Apply(SaChange.Add(AddressPlaces.Header, Third), Tunnel);
        Apply(SaChange.Update(AddressPlaces.Header, Home, Away), Tunnel);
        Assert.Equal(Addresses(Away, Third), Tunnel.Initiator);
    }

    [Fact]
    public void An_address_never_stands_twice()
    {
        Apply(SaChange.Add(AddressPlaces.Header, Away), Tunnel);
        Apply(SaChange.Update(AddressPlaces.Header, Home, Away), Tunnel);
        Assert.Equal(1, Tunnel.Initiator.Count);
    }

    [Fact]
    public void A_change_of_the_outer_address_leaves_the_inner_one_and_the_other_way_round()
    {
        IpAddress other = IpAddress.Parse("10.0.0.3");
        Apply(SaChange.Update(AddressPlaces.Header, default, Away), Tunnel);
        Assert.Equal(Addresses(InnerHost), Tunnel.Inner);
        Apply(SaChange.Update(AddressPlaces.Inner, InnerHost, other), Tunnel);
        Assert.Equal(Addresses(other), Tunnel.Inner);
        Assert.Equal(Addresses(Away), Tunnel.Initiator);
    }

    [Fact]
    public void SAs_that_are_not_in_the_set_stay()
    {
        Apply(SaChange.Update(AddressPlaces.Header, default, Away), Tunnel);
        Assert.Equal(Addresses(Home), Transport.Initiator);
        Assert.Equal(Addresses(Home), Ike.Initiator);
    }

    [Fact]
    public void An_address_is_added_and_removed()
    {
        Apply(SaChange.Add(AddressPlaces.Header, Away), Transport);
        Assert.Equal(Addresses(Home, Away), Transport.Initiator);
        Apply(SaChange.Remove(AddressPlaces.Header, Home), Transport);
        Assert.Equal(Addresses(Away), Transport.Initiator);
        Assert.False(Transport.IsClosed);
    }

    [Fact]
    public void Removing_the_last_address_closes_the_SA_in_both_directions()
    {
        Apply(SaChange.Remove(AddressPlaces.Header, Home), Transport);
        Assert.True(Transport.IsClosed);
        Assert.Null(Backend.Directory.FindChildSa(Ike, Transport.Spi));
        Assert.False(UnderTest.TryReceive(Transport, Home, 1));
        Assert.False(Tunnel.IsClosed);
    }

    [Fact]
    public void Closing_an_IKE_SA_closes_its_CHILD_SAs()
    {
        Apply(SaChange.Close(), Ike, Tunnel, Transport);
        Assert.True(Ike.IsClosed);
        Assert.True(Tunnel.IsClosed);
        Assert.True(Transport.IsClosed);
        Assert.Null(Backend.Directory.FindIkeSa(Ike, Ike.Spi));
    }

    [Theory]
    [InlineData(true, IpsecMode.UdpEncapsulatedTunnel)]
    [InlineData(false, IpsecMode.Tunnel)]
    public void UDP_encapsulation_comes_and_goes_with_the_NAT(bool nat, IpsecMode expected)
    {
        Apply(SaChange.Update(AddressPlaces.Header, default, Away).Along(default, 4500, !nat), Tunnel);
        Apply(SaChange.Update(AddressPlaces.None, default, default).Along(default, 1024, nat), Tunnel);
        Assert.Equal(expected, Tunnel.Mode);
        Assert.Equal(1024, Tunnel.InitiatorPort);
        Assert.Equal(Addresses(Away), Tunnel.Initiator);
    }

    [Fact]
    public void The_Responders_address_moves_where_the_change_says_so()
    {
        IpAddress second = IpAddress.Parse("203.0.113.2");
        Apply(SaChange.Update(AddressPlaces.Header, default, Away).Along(second, 4500, null), Ike, Tunnel);
        Assert.Equal(Addresses(second), Ike.Responder);
        Assert.Equal(Addresses(second), Tunnel.Responder);
    }

    [Fact]
    public void What_is_restored_is_as_it_was_before_other_changes()
    {
        SecurityAssociation[] sas = [Ike, Tunnel, Transport];
        var before = sas.ToDictionary(static sa => sa, SaAddresses.Of);
        Apply(SaChange.Update(AddressPlaces.Header, default, Away).Along(IpAddress.Parse("203.0.113.2"), 1024, null), sas);
        Apply(SaChange.Update(AddressPlaces.None, default, default).Along(default, 4500, true), Tunnel);
        Apply(SaChange.Add(AddressPlaces.Header, Third), Tunnel);

        Apply(SaChange.Restore(before), sas);

        Assert.All(sas, sa => Assert.Equal(before[sa], SaAddresses.Of(sa)));
        Assert.Equal(IpsecMode.Tunnel, Tunnel.Mode);
    }

    [Fact]
    public void The_SPD_says_which_addresses_may_be_selectors()
    {
        UnderTest.AllowSelectors(new AddressPrefix(IpAddress.Parse("192.0.2.0"), 24));
        Assert.True(Backend.FitsSpd(Transport, AddressPlaces.Header, IpAddress.Parse("192.0.2.9")));
        Assert.False(Backend.FitsSpd(Transport, AddressPlaces.Header, Away));
    }
}
