namespace MobikeX.Ike.Tests;

/// <summary>The Delete of an IKE_SA that has to wait for its turn.</summary>
public sealed class DeleteIkeTests
{
    [Fact(DisplayName = "RFC 7296 2.3: a Delete behind a request that is never answered is not sent, and the IKE_SA ends with that request")]
    public void EndsWithWhatItWaitsFor()
    {
        var (network, initiator, _) = TestConnections.Connected();
        network.Passes = static _ => false;
        Assert.True(initiator.Do(static peer => peer.RekeyIke()));
        initiator.Do(static (endpoint, now) => endpoint.ShutDown(now));
        network.Run(300);
        Assert.Empty(initiator.Endpoint.Peers);
        Assert.Equal("no response to CreateChildSa", Assert.Single(initiator.Events.OfType<SaEnded>()).Reason);
        Assert.All(initiator.Installer.Installations.Keys, static child => Assert.True(child.IsClosed));
    }
}
