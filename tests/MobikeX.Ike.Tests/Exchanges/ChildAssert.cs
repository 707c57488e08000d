using MobikeX.Engine;

namespace MobikeX.Ike.Tests;

/// <summary>What two ends must have in common.</summary>
internal static class ChildAssert
{
    /// <summary>Both ends have the same pairs of CHILD_SAs, with the same keys, and nothing else.</summary>
    public static void Agree(TestHost left, TestHost right, int count)
    {
        Assert.Equal(count, left.Peer.Children.Count);
        Assert.Equal(count, right.Peer.Children.Count);
        Assert.Equal(count, Count(left));
        Assert.Equal(count, Count(right));
        foreach (IkeChild mine in left.Peer.Children)
        {
            IkeChild theirs = Assert.Single(right.Peer.Children, child => child.LocalSpi == mine.RemoteSpi && child.RemoteSpi == mine.LocalSpi);
            RecordingInstaller.Installed here = left.Installer.Installations[mine.Sa];
            RecordingInstaller.Installed there = right.Installer.Installations[theirs.Sa];
            Assert.Equal(here.Outbound, there.Inbound);
            Assert.Equal(here.Inbound, there.Outbound);
            Assert.NotEqual(here.Inbound, here.Outbound);
            Assert.Equal(mine.Suite, theirs.Suite);
            Assert.Equal(mine.Sa.Mode, theirs.Sa.Mode);
            Assert.Equal(mine.Sa.Spi, theirs.Sa.Spi);
        }
    }

    /// <summary>Both ends are on the same IKE_SA.</summary>
    public static void SameSession(TestHost left, TestHost right)
    {
        Assert.Equal(left.Peer.LocalSpi, right.Peer.RemoteSpi);
        Assert.Equal(left.Peer.RemoteSpi, right.Peer.LocalSpi);
        Assert.NotEqual(left.Peer.Session.IsInitiator, right.Peer.Session.IsInitiator);
    }

    private static int Count(TestHost host)
    {
        int count = 0;
        foreach (ChildSa _ in host.Peer.Sa!.Children)
        {
            count++;
        }

        return count;
    }
}
