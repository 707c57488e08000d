using MobikeX.Engine;
using MobikeX.Ike.Crypto;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>However a host ends, its IPsec has no SA of it left.</summary>
public sealed class StoppedHostTests
{
    [Fact]
    public void The_SAs_with_a_peer_that_is_gone_do_not_outlive_the_host()
    {
        (LoopbackHost gateway, LoopbackHost mobile) = Connected();
        using LoopbackHost first = gateway, second = mobile;
        ChildSa child = Child(mobile);
        IkeKeys keys = mobile.Ask(static (endpoint, _) => Assert.Single(endpoint.Peers).Session.Keys!);
        gateway.Addresses.Give();
        mobile.Stop();
        Assert.Throws<ObjectDisposedException>(() => keys.D.FixedTimeEquals([]));
        Assert.Null(mobile.Failure);
        AssertGone(mobile, child);
        Assert.Contains("was not heard", mobile.Await<SaEnded>().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_SAs_go_where_another_request_is_outstanding_too()
    {
        (LoopbackHost gateway, LoopbackHost mobile) = Connected();
        using LoopbackHost first = gateway, second = mobile;
        ChildSa child = Child(mobile);
        gateway.Addresses.Give();
        Assert.True(mobile.Ask(static (endpoint, _) => Assert.Single(endpoint.Peers).RekeyIke()));
        mobile.Stop();
        Assert.Null(mobile.Failure);
        AssertGone(mobile, child);
    }

    [Fact]
    public void The_SAs_go_where_the_host_fails_and_the_failure_is_told()
    {
        (LoopbackHost gateway, LoopbackHost mobile) = Connected();
        using LoopbackHost first = gateway, second = mobile;
        ChildSa child = Child(mobile);
        IkeKeys keys = mobile.Ask(static (endpoint, _) => Assert.Single(endpoint.Peers).Session.Keys!);
        Action<IkeEvent> usual = mobile.Events;
        mobile.Events = told =>
        {
            mobile.Events = usual;
            throw new InvalidOperationException("the first");
        };
        Assert.True(mobile.Ask(static (endpoint, _) => Assert.Single(endpoint.Peers).RekeyIke()));
        mobile.AwaitEnd();
        Assert.Equal("the first", Assert.IsType<InvalidOperationException>(mobile.Failure).Message);
        AssertGone(mobile, child);
        Assert.Throws<ObjectDisposedException>(() => keys.D.FixedTimeEquals([]));
        Assert.Equal("this host has failed", mobile.Await<SaEnded>().Reason);
    }

    [Fact]
    public void What_fails_after_a_failure_is_told_beside_it_and_holds_up_nothing()
    {
        (LoopbackHost gateway, LoopbackHost mobile) = Connected();
        using LoopbackHost first = gateway, second = mobile;
        ChildSa child = Child(mobile);
        mobile.Events = static told => throw new InvalidOperationException(told.GetType().Name);
        Assert.True(mobile.Ask(static (endpoint, _) => Assert.Single(endpoint.Peers).RekeyIke()));
        mobile.AwaitEnd();
        AssertGone(mobile, child);
        Assert.Equal(
            [nameof(MessageSent), nameof(ChildEnded), nameof(SaEnded)],
            Assert.IsType<AggregateException>(mobile.Failure).InnerExceptions.Select(static each => each.Message));
    }

    private static (LoopbackHost Gateway, LoopbackHost Mobile) Connected()
    {
        (ushort Ike, ushort Nat) ports = Loopback.FreePorts();
        var gateway = new LoopbackHost(TestConnections.Responder(), ports, Loopback.Gateway);
        var mobile = new LoopbackHost(TestConnections.Initiator() with { RemoteAddresses = [IpAddress.Parse(Loopback.Gateway)] }, ports, Loopback.Mobile);
        mobile.Initiate("road");
        mobile.Await<ChildEstablished>();
        gateway.Await<ChildEstablished>();
        return (gateway, mobile);
    }

    private static ChildSa Child(LoopbackHost host) => host.Ask(static (endpoint, _) => Assert.Single(Assert.Single(endpoint.Peers).ChildSas));

    private static void AssertGone(LoopbackHost host, ChildSa child)
    {
        Assert.True(child.IsClosed);
        Assert.Null(host.Backend[child]);
        Assert.Null(host.Backend.Directory.FindChildSa(child.Ike, child.Spi));
    }
}
