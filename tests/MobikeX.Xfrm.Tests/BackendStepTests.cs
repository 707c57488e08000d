using MobikeX.Engine;
using MobikeX.Runtime;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Tests;

/// <summary>The order of what a move does to the kernel, and that a failure at any of it leaves everything as it was.</summary>
public sealed class BackendStepTests
{
    private static readonly SaChange ToAway = SaChange.Update(AddressPlaces.Header, default, ModelBed.Away);

    public static TheoryData<string, bool> Changes
    {
        get
        {
            TheoryData<string, bool> data = [];
            foreach (string change in Named.Keys)
            {
                data.Add(change, false);
                data.Add(change, true);
            }

            return data;
        }
    }

    private static Dictionary<string, SaChange> Named { get; } = new()
    {
        ["update"] = ToAway,
        ["update with NAT"] = ToAway.Along(IpAddress.Parse("203.0.113.2"), 1024, true),
        ["update of the inner address"] = SaChange.Update(AddressPlaces.Inner, ModelBed.Inner, IpAddress.Parse("10.0.0.3")),
        ["update to IPv6"] = SaChange.Update(AddressPlaces.Header, default, IpAddress.Parse("2001:db8::1")).Along(IpAddress.Parse("2001:db8::2"), 0, null),
        ["add"] = SaChange.Add(AddressPlaces.Header, ModelBed.Away),
        ["remove the last"] = SaChange.Remove(AddressPlaces.Header, ModelBed.Home),
        ["close"] = SaChange.Close(),
    };

    [Fact]
    public void A_transport_SA_is_blocked_then_sent_on_then_received_on_then_uncovered()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        bed.Kernel.Changes.Clear();
        Assert.True(bed.Apply(ToAway, bed.Transport), bed.Backend.LastFailure);
        Assert.Equal(
            [
                "block policy out 198.51.100.7/32 → 203.0.113.1/32",
                "block policy in 203.0.113.1/32 → 198.51.100.7/32",
                "delete sa ESP c2000002 to 203.0.113.1",
                "new sa ESP c2000002 to 203.0.113.1",
                "update policy policy out 198.51.100.7/32 → 203.0.113.1/32",
                "delete sa ESP c1000002 to 192.0.2.1",
                "new sa ESP c1000002 to 198.51.100.7",
                "update policy policy in 203.0.113.1/32 → 198.51.100.7/32",
                "delete policy policy out 192.0.2.1/32 → 203.0.113.1/32",
                "delete policy policy in 203.0.113.1/32 → 192.0.2.1/32",
            ],
            bed.Kernel.Changes.Select(static change => change.Replace("block policy policy", "block policy", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_kernel_that_moves_an_SA_in_one_step_is_asked_to()
    {
        using var bed = new ModelBed(XfrmEnd.Responder, migratesStates: true);
        bed.Kernel.Changes.Clear();
        Assert.True(bed.Apply(ToAway.Along(default, 1024, true), bed.Tunnel), bed.Backend.LastFailure);
        Assert.Equal(
            [
                "migrate sa ESP c1000001 to 192.0.2.1",
                "update policy policy out 10.1.0.0/16 → 10.0.0.2/32",
                "migrate sa ESP c2000001 to 203.0.113.1",
                "update policy policy in 10.0.0.2/32 → 10.1.0.0/16",
                "update policy policy forward 10.0.0.2/32 → 10.1.0.0/16",
            ],
            bed.Kernel.Changes.Order(StringComparer.Ordinal).OrderBy(change => bed.Kernel.Changes.IndexOf(change)));
        using XfrmSa outbound = bed.Kernel[bed.OutboundOf(bed.Tunnel)];
        Assert.Equal(new XfrmEncapsulation(4500, 1024), outbound.Encapsulation);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_step_that_the_kernel_refuses_leaves_all_as_it_was(string change, bool migratesStates)
    {
        int steps = StepsOf(change, migratesStates);
        Assert.NotEqual(0, steps);
        for (int failing = 0; failing < steps; failing++)
        {
            foreach (XfrmEnd local in Enum.GetValues<XfrmEnd>())
            {
                RefuseAt(change, failing, local, migratesStates);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_was_not_given_to_the_backend_stays_to_the_bit(string change, bool migratesStates)
    {
        using var bed = new ModelBed(XfrmEnd.Initiator, migratesStates);
        string[] before = Foreign(bed);
        Assert.Equal(3, before.Length);
        Assert.True(bed.Apply(Named[change], Targets(bed, change)), bed.Backend.LastFailure);
        Assert.Equal(before, Foreign(bed));
    }

    [Fact]
    public void Packets_of_the_last_moment_are_counted_in_a_move()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        bed.Kernel.BeforeDeletion = key =>
        {
            if (key == new XfrmSaKey(ModelBed.Gateway, 0xc2000002, XfrmProtocol.Esp))
            {
                bed.Kernel.Send(key, 5);
            }
            else
            {
                bed.Kernel.Receive(key, 9);
            }
        };
        Assert.True(bed.Apply(ToAway, bed.Transport), bed.Backend.LastFailure);
        using XfrmSa outbound = bed.Kernel[bed.OutboundOf(bed.Transport)], inbound = bed.Kernel[bed.InboundOf(bed.Transport)];
        Assert.Equal(5ul, outbound.Replay!.Sent);
        Assert.True(inbound.Replay!.Refuses(9));
        Assert.False(inbound.Replay.Refuses(8));
        Assert.Equal(1ul, outbound.Lifetime.Packets);
    }

    [Fact]
    public void A_failed_move_goes_on_with_the_numbers_that_were_used_meanwhile()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        bed.Kernel.Send(bed.OutboundOf(bed.Transport), 10);
        bed.Kernel.Refuse = change =>
        {
            if (change.StartsWith("delete sa ESP c1000002", StringComparison.Ordinal))
            {
                bed.Kernel.Send(new XfrmSaKey(ModelBed.Gateway, 0xc2000002, XfrmProtocol.Esp), 7);
                bed.Kernel.Refuse = static _ => 0;
                return Errno.Invalid;
            }

            return 0;
        };
        Assert.False(bed.Apply(ToAway, bed.Transport));
        using XfrmSa outbound = bed.Kernel[bed.OutboundOf(bed.Transport)];
        Assert.Equal(ModelBed.Home, outbound.Source);
        Assert.Equal(17ul, outbound.Replay!.Sent);
    }

    [Fact]
    public void Where_the_kernel_does_not_tell_what_it_deleted_numbers_are_left_out_that_may_have_been_used()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        bed.Kernel.TellsDeletions = false;
        bed.Kernel.Send(bed.OutboundOf(bed.Transport), 6);
        Assert.True(bed.Apply(ToAway, bed.Transport), bed.Backend.LastFailure);
        using XfrmSa outbound = bed.Kernel[bed.OutboundOf(bed.Transport)];
        Assert.Equal(6ul + XfrmRecovery.NumbersLeftOut, outbound.Replay!.Sent);
    }

    [Fact]
    public void A_policy_that_two_pairs_share_moves_with_both_and_goes_with_the_last()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        bed.NewSa(ModelBed.Define(ModelBed.Home, ModelBed.Gateway, 0xc2000009, 1, isTunnel: true, inUdp: false));
        bed.NewSa(ModelBed.Define(ModelBed.Gateway, ModelBed.Home, 0xc1000009, 1, isTunnel: true, inUdp: false));
        var rekeyed = new ChildSa(
            bed.Ike, 0xc1000009, bed.Tunnel.Protocol, bed.Tunnel.Mode, bed.Tunnel.Initiator, bed.Tunnel.Responder, bed.Tunnel.Inner, bed.Tunnel.Remote);
        IReadOnlyList<XfrmPolicyKey> policies = ((KernelChild)bed.Tunnel.BackendState!).Policies;
        bed.Backend.Adopt(rekeyed, new XfrmRegistration { Local = XfrmEnd.Responder, ResponderSpi = 0xc2000009, Policies = policies });
        Assert.False(bed.Apply(ToAway, bed.Tunnel));
        Assert.Contains("shared with CHILD_SA c1000009", bed.Backend.LastFailure, StringComparison.Ordinal);
        Assert.True(bed.Apply(ToAway, bed.Tunnel, rekeyed), bed.Backend.LastFailure);
        Assert.True(bed.Apply(SaChange.Close(), bed.Tunnel), bed.Backend.LastFailure);
        Assert.Subset(bed.Kernel.Policies.ToHashSet(), policies.ToHashSet());
        Assert.True(bed.Apply(SaChange.Close(), rekeyed), bed.Backend.LastFailure);
        Assert.Empty(bed.Kernel.Policies.Intersect(policies));
    }

    [Fact]
    public void There_is_never_a_second_SA_to_send_on()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        int most = 0;
        bed.Backend.Stepped = _ => most = Math.Max(most, bed.Kernel.Sas.Count(static key => key.Spi == 0xc1000001));
        Assert.True(bed.Apply(SaChange.Add(AddressPlaces.Header, ModelBed.Away), bed.Tunnel, bed.Transport), bed.Backend.LastFailure);
        Assert.True(bed.Apply(SaChange.Update(AddressPlaces.Header, ModelBed.Home, IpAddress.Parse("198.51.100.9")), bed.Tunnel), bed.Backend.LastFailure);
        Assert.Equal(1, most);
        Assert.Equal(IpAddress.Parse("198.51.100.9"), bed.OutboundOf(bed.Tunnel).Destination);
    }

    [Fact]
    public void An_own_address_that_is_added_receives_with_the_window_of_the_first()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        bed.Kernel.Receive(bed.InboundOf(bed.Tunnel), 40);
        Assert.True(bed.Apply(SaChange.Add(AddressPlaces.Header, ModelBed.Away), bed.Tunnel), bed.Backend.LastFailure);
        using XfrmSa twin = bed.Kernel[new XfrmSaKey(ModelBed.Away, bed.Tunnel.Spi, XfrmProtocol.Esp)];
        Assert.True(twin.Replay!.Refuses(40));
        Assert.False(twin.Replay.Refuses(41));
    }

    [Fact]
    public void An_address_in_use_is_changed_without_touching_what_is_received_on()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        Assert.True(bed.Apply(SaChange.Add(AddressPlaces.Header, ModelBed.Away), bed.Tunnel), bed.Backend.LastFailure);
        bed.Kernel.Changes.Clear();
        var targets = new SaSelection();
        targets.Add(bed.Tunnel);
        Assert.True(bed.Backend.TryUse(ModelBed.Away, targets), bed.Backend.LastFailure);
        Assert.Equal(ModelBed.Away, bed.OutboundOf(bed.Tunnel).Destination);
        Assert.DoesNotContain(bed.Kernel.Changes, static change => change.Contains("c2000001", StringComparison.Ordinal));
        Assert.False(bed.Backend.TryUse(IpAddress.Parse("198.51.100.99"), targets));
    }

    [Fact]
    public void A_name_that_another_has_in_the_kernel_stops_the_change_before_it_begins()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        bed.NewSa(ModelBed.Define(ModelBed.Gateway, ModelBed.Away, 0xc1000001, 77, isTunnel: true, inUdp: false));
        string before = bed.Kernel.Dump();
        bed.Kernel.Changes.Clear();
        Assert.False(bed.Apply(ToAway, bed.Tunnel));
        Assert.Empty(bed.Kernel.Changes);
        Assert.Equal(before, bed.Kernel.Dump());
        Assert.Contains("not of CHILD_SA c1000001", bed.Backend.LastFailure, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_whose_policy_another_has_does_not_fit_the_SPD()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        bed.NewPolicy(XfrmSelector.Between(ModelBed.Gateway, ModelBed.Away), XfrmDirection.Out, ModelBed.Gateway, ModelBed.Away, 77, isTunnel: false);
        Assert.False(bed.Backend.FitsSpd(bed.Transport, AddressPlaces.Header, ModelBed.Away));
        Assert.True(bed.Backend.FitsSpd(bed.Tunnel, AddressPlaces.Header, ModelBed.Away));
        Assert.True(bed.Backend.FitsSpd(bed.Transport, AddressPlaces.Header, IpAddress.Parse("198.51.100.8")));
    }

    private static void RefuseAt(string change, int failing, XfrmEnd local, bool migratesStates)
    {
        using var bed = new ModelBed(local, migratesStates);
        bed.Kernel.Send(bed.OutboundOf(bed.Tunnel), 3);
        bed.Kernel.Receive(bed.InboundOf(bed.Transport), 12);
        string before = bed.Kernel.Dump();
        int step = 0;
        bed.Kernel.Refuse = _ => step++ == failing ? Errno.Invalid : 0;
        bool done = bed.Apply(Named[change], Targets(bed, change));

        // The other end may need fewer steps.
        if (step <= failing)
        {
            Assert.True(done, bed.Backend.LastFailure);
            return;
        }

        Assert.False(done);
        Assert.Contains("the model says no", bed.Backend.LastFailure, StringComparison.Ordinal);
        Assert.Equal(before, bed.Kernel.Dump());
        Assert.Equal(new AddressSet(ModelBed.Home), bed.Tunnel.Initiator);
        Assert.Equal(new AddressSet(ModelBed.Gateway), bed.Transport.Responder);
        Assert.False(bed.Tunnel.IsClosed);
        Assert.Equal(Protocol.IpsecMode.Tunnel, bed.Tunnel.Mode);
        bed.Kernel.Refuse = static _ => 0;
        Assert.True(bed.Apply(Named[change], Targets(bed, change)), bed.Backend.LastFailure);
    }

    private static int StepsOf(string change, bool migratesStates)
    {
        int most = 0;
        foreach (XfrmEnd local in Enum.GetValues<XfrmEnd>())
        {
            using var bed = new ModelBed(local, migratesStates);
            bed.Kernel.Changes.Clear();
            Assert.True(bed.Apply(Named[change], Targets(bed, change)), bed.Backend.LastFailure);
            most = Math.Max(most, bed.Kernel.Changes.Count);
        }

        return most;
    }

    private static SecurityAssociation[] Targets(ModelBed bed, string change) =>
        change.Contains("inner", StringComparison.Ordinal) ? [bed.Tunnel] : [bed.Ike, bed.Tunnel, bed.Transport];

    private static string[] Foreign(ModelBed bed) =>
        [.. bed.Kernel.Dump().Split('\n').Where(static line => line.Contains("f1000001", StringComparison.Ordinal) || line.Contains("f2000001", StringComparison.Ordinal) || line.Contains("10.9.0.0/16", StringComparison.Ordinal))];
}
