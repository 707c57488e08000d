using System.Text;
using MobikeX.Cli.Run;
using MobikeX.Engine.Memory;
using MobikeX.Ike;
using MobikeX.Ike.Authentication;
using MobikeX.Runtime;

namespace MobikeX.Cli.Tests;

/// <summary>Connections that are begun again when they end.</summary>
public sealed class KeptConnectionsTests
{
    private const string Name = "road";
    private static readonly IpAddress Own = IpAddress.Parse("192.0.2.1");
    private static readonly IpAddress Other = IpAddress.Parse("198.51.100.2");

    [Fact]
    public void What_a_stranger_began_does_not_stand_for_the_connection_and_its_end_begins_nothing()
    {
        IkeEndpoint stranger = Endpoint(Other, Own);
        Assert.True(stranger.TryInitiate(Name, TimeSpan.Zero, out _, out string? fault), fault);
        Assert.True(stranger.TryPollDatagram(out OutgoingDatagram request));
        IkeEndpoint endpoint = Endpoint(Own, Other);
        endpoint.HandleDatagram(request.Octets, request.Packet, TimeSpan.Zero);
        IkePeer half = Assert.Single(endpoint.Peers);
        int later = 0;
        var kept = new KeptConnections((_, _) => later++);

        Assert.True(kept.TryBegin(endpoint, Name, TimeSpan.Zero, out IkePeer? begun, out _));
        Assert.NotSame(half, begun);
        Assert.True(begun.IsInitiator);
        Assert.True(kept.TryBegin(endpoint, Name, TimeSpan.Zero, out IkePeer? again, out _));
        Assert.Same(begun, again);

        Assert.Equal([true], Ends(endpoint, kept, 31));
        Assert.Equal(0, later);
        Assert.Equal([false], Ends(endpoint, kept, 300));
        Assert.Equal(1, later);
    }

    /// <summary>Whether each IKE_SA that ends until then was a stranger's.</summary>
    private static List<bool> Ends(IkeEndpoint endpoint, KeptConnections kept, int seconds)
    {
        List<bool> ended = [];
        while (endpoint.NextDeadline is { } next && next <= TimeSpan.FromSeconds(seconds))
        {
            endpoint.HandleTimeout(next);
            while (endpoint.TryPollEvent(out IkeEvent? told))
            {
                kept.Take(told);
                ended.AddRange(told is SaEnded { IsOfStranger: var isOfStranger } ? [isOfStranger] : []);
            }
        }

        return ended;
    }

    private static IkeEndpoint Endpoint(IpAddress local, IpAddress remote)
    {
        var connection = new IkeConnectionOptions
        {
            Name = Name,
            LocalIdentity = $"{local}@example.org",
            RemoteIdentity = $"{remote}@example.org",
            LocalAddresses = [local],
            RemoteAddresses = [remote],
            LocalCredential = new PresharedKey(Encoding.UTF8.GetBytes("a secret")),
            RemoteCredential = new PresharedKey(Encoding.UTF8.GetBytes("a secret")),
        };
        return new IkeEndpoint(new IkeOptions { Connections = [connection] }, new MemoryIpsecBackend());
    }
}
