using MobikeX.Engine;
using MobikeX.Protocol;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>CHILD_SAs that have carried what they may (RFC 4303, section 3.3.3; RFC 7296, section 2.8).</summary>
public class ChildLimitTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void One_that_is_near_its_limit_is_rekeyed_by_the_end_that_sees_it(bool atInitiator, bool isInbound)
    {
        var (network, initiator, responder) = TestConnections.Connected();
        TestHost sees = atInitiator ? initiator : responder;
        IkeChild old = sees.Peer.Children[0];

        Expire(sees, old, isInbound, isHard: false);
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.Equal(old.LocalSpi, Assert.Single(sees.Events.OfType<ChildRekeyed>()).FormerSpi);
        Assert.False(Assert.Single(sees.Events.OfType<ChildAtLimit>()).IsHard);
    }

    [Fact]
    public void Both_directions_at_their_limit_at_both_ends_leave_one_new_CHILD_SA()
    {
        var (network, initiator, responder) = TestConnections.Connected();

        foreach (TestHost host in (TestHost[])[initiator, responder])
        {
            IkeChild old = host.Peer.Children[0];
            Expire(host, old, isInbound: true, isHard: false);
            Expire(host, old, isInbound: false, isHard: false);
        }

        network.Run(10);

        ChildAssert.Agree(initiator, responder, 1);
    }

    [Fact]
    public void One_of_which_an_SA_is_gone_is_made_anew_and_deleted_at_the_peer()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        IkeChild old = responder.Peer.Children[0];

        Expire(responder, old, isInbound: false, isHard: true);
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.NotEqual(old.LocalSpi, responder.Peer.Children[0].LocalSpi);
        Assert.Equal(old.RemoteSpi, Assert.Single(initiator.Events.OfType<ChildEnded>()).LocalSpi32);
        Assert.True(Assert.Single(responder.Events.OfType<ChildAtLimit>()).IsHard);
    }

    [Fact]
    public void One_of_which_an_SA_is_gone_and_that_the_peer_does_not_rekey_ends_at_both()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        responder.Backend.FailNext();

        Expire(initiator, initiator.Peer.Children[0], isInbound: true, isHard: true);
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 0);
        Assert.True(initiator.Has<ChildFailed>());
    }

    [Fact]
    public void One_near_its_limit_that_the_peer_does_not_rekey_is_tried_again_soon()
    {
        static IkeConnectionOptions Never(IkeConnectionOptions options) => options with { Children = [options.Children[0] with { RekeyTime = TimeSpan.Zero }] };
        var (network, initiator, responder) = TestConnections.Connected(Never, Never);
        responder.Backend.FailNext();

        Expire(initiator, initiator.Peer.Children[0], isInbound: true, isHard: false);
        network.Run(1);
        Assert.False(initiator.Has<ChildRekeyed>());
        network.Run(20);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.True(initiator.Has<ChildRekeyed>());
    }

    [Fact]
    public void SAs_of_others_are_not_looked_at()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        IkeChild child = initiator.Peer.Children[0];
        IpAddress own = initiator.Addresses[0], other = IpAddress.Parse("192.0.2.99");

        initiator.Do((endpoint, now) => endpoint.HandleExpiry(new SaExpiry(IpsecProto.Esp, own, child.LocalSpi ^ 1, true), now));
        initiator.Do((endpoint, now) => endpoint.HandleExpiry(new SaExpiry(IpsecProto.Ah, own, child.LocalSpi, true), now));
        initiator.Do((endpoint, now) => endpoint.HandleExpiry(new SaExpiry(IpsecProto.Esp, other, child.LocalSpi, true), now));
        network.Run(1);

        ChildAssert.Agree(initiator, responder, 1);
        Assert.Same(child, initiator.Peer.Children[0]);
        Assert.False(initiator.Has<ChildAtLimit>());
    }

    [Fact]
    public void Without_extended_sequence_numbers_it_is_rekeyed_before_they_come_again()
    {
        ChildSaLimits limits = LimitsOf(options => options with { Proposals = [TestConnections.ChildProposal("aes128gcm16-noesn")] });

        Assert.InRange(limits.SoftPackets!.Value, 3_400_000_000, 3_900_000_000);
        Assert.Equal(uint.MaxValue, limits.HardPackets);
        Assert.Null(limits.SoftOctets);
        Assert.Null(limits.HardOctets);
    }

    [Fact]
    public void With_extended_sequence_numbers_there_is_no_limit_but_those_that_are_configured()
    {
        ChildSaLimits none = LimitsOf(static options => options), some = LimitsOf(static options => options with { RekeyOctets = 1_000_000, LifePackets = 1_000 });

        Assert.Equal((null, null, null, null), (none.SoftOctets, none.HardOctets, none.SoftPackets, none.HardPackets));
        Assert.InRange(some.SoftOctets!.Value, 900_000UL, 1_000_000UL);
        Assert.Equal(1_100_000UL, some.HardOctets);
        Assert.InRange(some.SoftPackets!.Value, 810UL, 900UL);
        Assert.Equal(1_000UL, some.HardPackets);
    }

    private static ChildSaLimits LimitsOf(Func<ChildOptions, ChildOptions> change)
    {
        IkeConnectionOptions Changed(IkeConnectionOptions options) => options with { Children = [change(options.Children[0])] };
        var (_, initiator, _) = TestConnections.Connected(Changed, Changed);
        return initiator.Installer.Installations[initiator.Peer.Children[0].Sa].Limits!;
    }

    private static void Expire(TestHost host, IkeChild child, bool isInbound, bool isHard)
    {
        IpAddress own = host.Addresses[0];
        IpAddress peer = IpAddress.Parse(own.ToString() == TestConnections.InitiatorAddress ? TestConnections.ResponderAddress : TestConnections.InitiatorAddress);
        host.Do((endpoint, now) => endpoint.HandleExpiry(new SaExpiry(IpsecProto.Esp, isInbound ? own : peer, isInbound ? child.LocalSpi : child.RemoteSpi, isHard), now));
    }
}
