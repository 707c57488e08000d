using MobikeX.Engine;
using MobikeX.Runtime;

namespace MobikeX.Ike.Tests;

/// <summary>What the IPsec of a host refuses is told with its reason, whoever asked for it.</summary>
public sealed class IpsecRefusedTests
{
    private const string ToFail = "it was to fail";

    [Fact]
    public void A_removal_that_fails_is_told()
    {
        var (network, initiator, _) = TestConnections.Connected();
        ChildSa child = Assert.Single(initiator.Peer.ChildSas);
        initiator.Backend.FailNext();
        initiator.Do(static (endpoint, now) => endpoint.ShutDown(now));
        network.Run(1);
        AssertTold(initiator, $"remove {child}");
    }

    [Fact]
    public void An_installation_that_fails_is_told()
    {
        var (network, initiator, responder) = TestConnections.Pair();
        initiator.Backend.FailNext();
        initiator.Initiate("road");
        network.Run(1);
        AssertTold(initiator, $"install {Assert.Single(responder.Installer.Installations.Keys)}");
        Assert.Equal("it could not be installed", Assert.Single(initiator.Events.OfType<ChildFailed>()).Reason);
    }

    [Fact]
    public void A_move_that_fails_is_told()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        ChildSa child = Assert.Single(initiator.Peer.ChildSas);
        initiator.Lost.Add(child);
        initiator.Addresses.Insert(0, IpAddress.Parse("192.0.2.7"));
        initiator.Addresses.RemoveAt(1);
        initiator.Do((endpoint, now) => endpoint.HandleAddresses(initiator.Addresses, now));
        network.Run(5);
        IpsecRefused told = initiator.Events.OfType<IpsecRefused>().First();
        Assert.Equal($"move {initiator.Peer.Sa} and 1 more", told.What);
        Assert.Equal($"{child} has lost an SA", told.Reason);
        Assert.False(responder.Has<IpsecRefused>());
    }

    [Fact]
    public void What_succeeds_is_told_by_none()
    {
        var (network, initiator, responder) = TestConnections.Connected();
        initiator.Do(static (endpoint, now) => endpoint.ShutDown(now));
        network.Run(1);
        Assert.False(initiator.Has<IpsecRefused>() || responder.Has<IpsecRefused>());
    }

    private static void AssertTold(TestHost host, string what)
    {
        IpsecRefused told = Assert.Single(host.Events.OfType<IpsecRefused>());
        Assert.Equal(what, told.What);
        Assert.Equal(ToFail, told.Reason);
        Assert.Equal("road", told.Connection);
    }
}
