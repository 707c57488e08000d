using MobikeX.Engine;

namespace MobikeX.Backend.Contract;

/// <summary>What traffic sees of a change: nothing is sent twice, accepted twice, lost, or sent in clear.</summary>
public abstract class TrafficContract(IBackendUnderTest underTest) : BackendContract(underTest)
{
    [Fact]
    public void A_move_keeps_the_sequence_number_and_the_lifetime()
    {
        ulong before = UnderTest.Send(Tunnel);
        ulong octets = UnderTest.OctetsOf(Tunnel);
        Apply(SaChange.Update(AddressPlaces.Header, default, Away), Tunnel);
        Assert.Equal(octets, UnderTest.OctetsOf(Tunnel));
        Assert.Equal(before + 1, UnderTest.Send(Tunnel));
    }

    [Fact]
    public void A_move_keeps_the_replay_window()
    {
        Assert.True(UnderTest.TryReceive(Tunnel, Home, 7));
        Apply(SaChange.Update(AddressPlaces.Header, default, Away), Tunnel);
        Assert.False(UnderTest.TryReceive(Tunnel, Away, 7));
        Assert.True(UnderTest.TryReceive(Tunnel, Away, 6));
        Assert.True(UnderTest.TryReceive(Tunnel, Away, 8));
    }

    /// <summary>Where the address is a selector. The source around a tunnel is none: an SA is found by its SPI and destination (RFC 4301, section 4.1).</summary>
    [Fact]
    public void After_a_move_the_old_address_is_not_accepted()
    {
        Apply(SaChange.Update(AddressPlaces.Header, default, Away), Transport);
        Assert.False(UnderTest.TryReceive(Transport, Home, 1));
        Assert.True(UnderTest.TryReceive(Transport, Away, 2));
    }

    [Fact]
    public void An_added_address_is_accepted_and_shares_the_one_counter_and_window()
    {
        Apply(SaChange.Add(AddressPlaces.Header, Away), Tunnel);
        Assert.True(UnderTest.TryReceive(Tunnel, Away, 1));
        Assert.False(UnderTest.TryReceive(Tunnel, Home, 1));
        Assert.True(UnderTest.TryReceive(Tunnel, Home, 2));
        Assert.Equal(UnderTest.Send(Tunnel) + 1, UnderTest.Send(Tunnel));
    }

    [Fact]
    public void Policies_cover_the_address_in_use_at_every_step_of_a_move()
    {
        List<AddressSet> uncovered = [];
        int steps = 0;
        UnderTest.ObserveSteps(child =>
        {
            steps++;
            AddressSet covered = UnderTest.CoveredBy(child);
            for (int i = 0; i < child.SelectorAddresses.Count; i++)
            {
                if (!covered.Contains(child.SelectorAddresses[i]))
                {
                    uncovered.Add(child.SelectorAddresses);
                }
            }
        });
        Apply(SaChange.Update(AddressPlaces.Header, default, Away), Transport);
        Assert.NotEqual(0, steps);
        Assert.Empty(uncovered);
        Assert.Equal(Addresses(Away), UnderTest.CoveredBy(Transport));
    }
}
