using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;
using MobikeX.Runtime;
using MobikeX.Xfrm.Netlink;

namespace MobikeX.Xfrm.Tests;

/// <summary>What the kernel is asked for when pairs of CHILD_SAs are installed and removed, and what is left when it refuses.</summary>
public sealed class InstallationTests
{
    private static readonly IpAddress InnerHost = IpAddress.Parse("10.0.0.9");
    private static readonly TrafficRange Behind = new(IpAddress.Parse("10.1.0.0"), IpAddress.Parse("10.1.255.255"));

    [Fact]
    public void Policies_come_first_then_the_SA_that_is_received_on_then_the_one_that_is_sent_on()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        bed.Kernel.Changes.Clear();
        Install(bed, Tunnel(bed, 7));
        Assert.Equal(
            [
                "new policy policy out 10.0.0.9/32 → 10.1.0.0/16",
                "new policy policy in 10.1.0.0/16 → 10.0.0.9/32",
                "new policy policy forward 10.1.0.0/16 → 10.0.0.9/32",
                "new sa ESP c1000007 to 192.0.2.1",
                "new sa ESP c2000007 to 203.0.113.1",
            ],
            bed.Kernel.Changes);
    }

    [Theory]
    [InlineData(XfrmEnd.Initiator)]
    [InlineData(XfrmEnd.Responder)]
    public void A_pair_that_was_installed_and_removed_leaves_nothing_behind(XfrmEnd local)
    {
        using var bed = new ModelBed(local);
        string before = bed.Kernel.Dump();
        ChildSa child = Tunnel(bed, 7);
        Install(bed, child);
        Assert.NotEqual(before, bed.Kernel.Dump());
        Assert.True(bed.Backend.TryRemove(child), bed.Backend.LastFailure);
        Assert.Equal(before, bed.Kernel.Dump());
    }

    [Fact]
    public void A_step_that_the_kernel_refuses_leaves_all_as_it_was()
    {
        const int steps = 5;
        for (int failing = 0; failing < steps; failing++)
        {
            using var bed = new ModelBed(XfrmEnd.Responder);
            string before = bed.Kernel.Dump();
            int left = failing;
            bed.Kernel.Refuse = what => what.StartsWith("new", StringComparison.Ordinal) && left-- == 0 ? Errno.NoBufferSpace : 0;
            ChildSa child = Tunnel(bed, 7);
            using ChildSaSetup setup = Setup(bed, child);
            Assert.False(bed.Backend.TryInstall(child, setup));
            Assert.Contains("the model says no", bed.Backend.LastFailure, StringComparison.Ordinal);
            Assert.Equal(before, bed.Kernel.Dump());
            Assert.Null(child.BackendState);
        }
    }

    [Fact]
    public void A_pair_that_replaces_another_shares_its_policies_and_request_ID()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        ChildSa old = Tunnel(bed, 7), replacing = Tunnel(bed, 8);
        Install(bed, old);
        bed.Kernel.Changes.Clear();
        Install(bed, replacing, Setup(bed, replacing, old));
        Assert.Equal(["new sa ESP c1000008 to 192.0.2.1", "new sa ESP c2000008 to 203.0.113.1"], bed.Kernel.Changes);
        Assert.Equal(RequestIdOf(bed, old), RequestIdOf(bed, replacing));
        int policies = bed.Kernel.Policies.Count();
        Assert.True(bed.Backend.TryRemove(old), bed.Backend.LastFailure);
        Assert.Equal(policies, bed.Kernel.Policies.Count());
        Assert.True(bed.Backend.TryRemove(replacing), bed.Backend.LastFailure);
        Assert.Equal(policies - 3, bed.Kernel.Policies.Count());
    }

    [Fact]
    public void The_end_that_answers_a_rekeying_makes_the_new_SA_older_than_the_one_it_sends_on()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        ChildSa old = Tunnel(bed, 7), replacing = Tunnel(bed, 8);
        Install(bed, old);
        using XfrmSa first = bed.Kernel[bed.OutboundOf(old)];
        using (XfrmSa aged = first.Revised(new SaRevision { Lifetime = new XfrmLifetime(0, 0, 1000, 0) }))
        {
            bed.Client.DeleteSa(first.Key).Dispose();
            bed.Client.NewSa(aged);
        }

        Install(bed, replacing, Setup(bed, replacing, old, sendsOnReplaced: true));
        using XfrmSa second = bed.Kernel[bed.OutboundOf(replacing)];
        Assert.Equal(999UL, second.Lifetime.AddTime);
    }

    [Fact]
    public void The_SAs_have_the_limits_and_keep_them_when_they_move()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        ChildSa child = Tunnel(bed, 7);
        ChildSaLimits limits = new() { SoftOctets = 900, HardOctets = 1000, SoftPackets = 90 };
        Install(bed, child, Setup(bed, child, limits: limits));
        AssertLimits();
        Assert.True(bed.Apply(SaChange.Update(AddressPlaces.Header, default, ModelBed.Away), child), bed.Backend.LastFailure);
        AssertLimits();

        void AssertLimits() => Assert.All((XfrmSaKey[])[bed.OutboundOf(child), bed.InboundOf(child)], key =>
        {
            using XfrmSa sa = bed.Kernel[key];
            Assert.Equal((900UL, 1000UL, 90UL, null), (sa.Limits.SoftOctets, sa.Limits.HardOctets, sa.Limits.SoftPackets, sa.Limits.HardPackets));
        });
    }

    [Fact]
    public void The_end_that_answers_a_rekeying_sends_on_the_old_SA_whatever_its_soft_limit_is()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        ChildSa old = Tunnel(bed, 7), replacing = Tunnel(bed, 8);
        Install(bed, old, Setup(bed, old, limits: new ChildSaLimits { SoftPackets = 90, HardPackets = 100 }));
        string before = bed.Kernel.Dump();
        bed.Kernel.Refuse = static what => what == "new sa ESP c1000008 to 192.0.2.1" ? Errno.NoBufferSpace : 0;
        using (ChildSaSetup refused = Setup(bed, replacing, old, sendsOnReplaced: true))
        {
            Assert.False(bed.Backend.TryInstall(replacing, refused));
        }

        Assert.Equal(before, bed.Kernel.Dump());
        bed.Kernel.Refuse = static _ => 0;
        Install(bed, replacing, Setup(bed, replacing, old, sendsOnReplaced: true));
        using XfrmSa sentOn = bed.Kernel[bed.OutboundOf(old)];
        Assert.Equal((null, 100UL), (sentOn.Limits.SoftPackets, sentOn.Limits.HardPackets));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_pair_replaces_one_of_which_the_kernel_has_ended_the_SA_that_was_sent_on(bool sendsOnReplaced)
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        string before = bed.Kernel.Dump();
        ChildSa old = Tunnel(bed, 7), replacing = Tunnel(bed, 8);
        Install(bed, old);
        uint requestId = RequestIdOf(bed, old);
        bed.Client.DeleteSa(bed.OutboundOf(old)).Dispose();
        Install(bed, replacing, Setup(bed, replacing, old, sendsOnReplaced));
        Assert.Equal(requestId, RequestIdOf(bed, replacing));
        Assert.True(bed.Backend.TryRemove(old), bed.Backend.LastFailure);
        Assert.True(bed.Backend.TryRemove(replacing), bed.Backend.LastFailure);
        Assert.Equal(before, bed.Kernel.Dump());
    }

    [Fact]
    public void A_policy_of_another_is_not_touched()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        bed.NewPolicy(XfrmSelector.Between(new AddressPrefix(InnerHost, 32), ModelBed.Remote), XfrmDirection.Out, ModelBed.Home, ModelBed.Gateway, 77, isTunnel: true);
        string before = bed.Kernel.Dump();
        ChildSa child = Tunnel(bed, 7);
        using ChildSaSetup setup = Setup(bed, child);
        Assert.False(bed.Backend.TryInstall(child, setup));
        Assert.Equal(before, bed.Kernel.Dump());
    }

    [Fact]
    public void Policies_that_a_run_which_was_cut_off_has_left_are_taken_over()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        ChildSa lost = Tunnel(bed, 7), next = Tunnel(bed, 8);
        Install(bed, lost);
        int policies = bed.Kernel.Policies.Count();
        bed.Backend.Release(lost);
        Install(bed, next);
        Assert.Equal(policies, bed.Kernel.Policies.Count());
        Assert.NotEqual(0u, RequestIdOf(bed, next));
        using XfrmSa left = bed.Kernel[new XfrmSaKey(ModelBed.Gateway, 0xc2000007, XfrmProtocol.Esp)];
        Assert.NotEqual(left.RequestId, RequestIdOf(bed, next));
    }

    [Fact]
    public void Of_a_pair_that_the_kernel_has_lost_in_part_the_rest_is_removed()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        string before = bed.Kernel.Dump();
        ChildSa child = Tunnel(bed, 7);
        Install(bed, child);
        bed.Client.DeleteSa(bed.OutboundOf(child)).Dispose();
        Assert.Null(bed.Backend.UsageOf(child));
        Assert.True(bed.Backend.TryRemove(child), bed.Backend.LastFailure);
        Assert.True(child.IsClosed);
        Assert.Equal(before, bed.Kernel.Dump());
    }

    [Fact]
    public void A_pair_counts_what_it_carries()
    {
        using var bed = new ModelBed(XfrmEnd.Initiator);
        ChildSa child = Tunnel(bed, 7);
        Install(bed, child);
        bed.Kernel.Send(bed.OutboundOf(child), 1);
        bed.Kernel.Receive(bed.InboundOf(child), 1);
        bed.Kernel.Receive(bed.InboundOf(child), 2);
        Assert.Equal(new ChildSaUsage(2, 200, 1, 100), bed.Backend.UsageOf(child));
    }

    [Fact]
    public void In_transport_mode_in_UDP_the_SAs_name_the_ports_of_UDP_and_the_policies_the_hosts()
    {
        using var bed = new ModelBed(XfrmEnd.Responder);
        ChildSa child = new(
            bed.Ike, 0xc1000007, IpsecProto.Esp, IpsecMode.UdpEncapsulatedTransport, new AddressSet(ModelBed.Away), new AddressSet(ModelBed.Gateway))
        {
            InitiatorPort = 1024,
        };
        Install(bed, child, new ChildSaSetup
        {
            IsInitiator = false,
            ResponderSpi = 0xc2000007,
            Encryption = EncryptionAlgorithm.AesGcm16,
            Outbound = Keys(20, 0),
            Inbound = Keys(20, 0),
            Local = [new TrafficRange(ModelBed.Gateway, ModelBed.Gateway, 17, 53, 53)],
            Remote = [new TrafficRange(ModelBed.Away, ModelBed.Away)],
            ExtendedSequenceNumbers = true,
        });
        using XfrmSa outbound = bed.Kernel[bed.OutboundOf(child)];
        Assert.Equal(new XfrmEncapsulation(4500, 1024), outbound.Encapsulation);
        Assert.True(outbound.Selector.IsAnyAddress);
        Assert.Equal(default, outbound.Selector.Protocol);
        Assert.True(outbound.Replay!.IsLarge);
        using XfrmSa inbound = bed.Kernel[bed.InboundOf(child)];
        Assert.True(inbound.Selector.IsAnyAddress);
        Assert.Equal((17, default, new XfrmPort(53, ushort.MaxValue)), (inbound.Selector.Protocol, inbound.Selector.SourcePort, inbound.Selector.DestinationPort));
        Assert.DoesNotContain(bed.Kernel.Policies, static key => key.Direction == XfrmDirection.Forward && key.Selector.Protocol == 17);
        XfrmPolicyKey @in = Assert.Single(bed.Kernel.Policies, static key => key.Direction == XfrmDirection.In && key.Selector.Protocol == 17);
        Assert.Equal(new XfrmPort(53, ushort.MaxValue), @in.Selector.DestinationPort);
        Assert.Equal((XfrmSelectorSide.Host(ModelBed.Away), XfrmSelectorSide.Host(ModelBed.Gateway)), (@in.Selector.Source, @in.Selector.Destination));
    }

    private static uint RequestIdOf(ModelBed bed, ChildSa child)
    {
        using XfrmSa sa = bed.Kernel[bed.OutboundOf(child)];
        return sa.RequestId;
    }

    private static ChildSa Tunnel(ModelBed bed, uint number) => new(
        bed.Ike, 0xc1000000 + number, IpsecProto.Esp, IpsecMode.Tunnel, new AddressSet(ModelBed.Home), new AddressSet(ModelBed.Gateway), new AddressSet(InnerHost), ModelBed.Remote);

    private static ChildSaSetup Setup(ModelBed bed, ChildSa child, ChildSa? replaces = null, bool sendsOnReplaced = false, ChildSaLimits? limits = null)
    {
        bool isInitiator = bed.Local == XfrmEnd.Initiator;
        TrafficRange host = new(InnerHost, InnerHost);
        return new ChildSaSetup
        {
            IsInitiator = isInitiator,
            ResponderSpi = child.Spi + 0x01000000,
            Encryption = EncryptionAlgorithm.AesCbc,
            Integrity = IntegrityAlgorithm.HmacSha256,
            Outbound = Keys(16, 32),
            Inbound = Keys(16, 32),
            Local = [isInitiator ? host : Behind],
            Remote = [isInitiator ? Behind : host],
            Replaces = replaces,
            SendsOnReplaced = sendsOnReplaced,
            Limits = limits,
        };
    }

    private static ChildSaKeys Keys(int encryption, int integrity) => new(
        [.. Enumerable.Range(1, encryption).Select(static i => (byte)i)], [.. Enumerable.Range(101, integrity).Select(static i => (byte)i)]);

    private static void Install(ModelBed bed, ChildSa child) => Install(bed, child, Setup(bed, child));

    private static void Install(ModelBed bed, ChildSa child, ChildSaSetup setup)
    {
        using (setup)
        {
            Assert.True(bed.Backend.TryInstall(child, setup), bed.Backend.LastFailure);
        }
    }
}
