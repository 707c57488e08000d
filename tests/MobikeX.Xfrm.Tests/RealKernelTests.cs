namespace MobikeX.Xfrm.Tests;

/// <summary>What the kernel under the tests says, whichever it is: with root or without, with ESP or without.</summary>
public sealed class RealKernelTests
{
    [Fact]
    public void Without_the_privilege_the_capability_that_is_missing_is_named()
    {
        XfrmException fault = Unprivileged.Run(static () => Assert.Throws<XfrmException>(static () =>
        {
            using XfrmClient client = XfrmClient.Open();
            client.ListSas();
        }));
        Assert.Contains(fault.Problem, (XfrmProblem[])[XfrmProblem.NotPermitted, XfrmProblem.NoXfrm]);
        Assert.Contains(fault.Problem == XfrmProblem.NotPermitted ? "CAP_NET_ADMIN" : "xfrm_user", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_watch_needs_the_privilege_too()
    {
        XfrmException fault = Unprivileged.Run(static () => Assert.Throws<XfrmException>(static () => XfrmWatcher.Open().Dispose()));
        Assert.Contains(fault.Problem, (XfrmProblem[])[XfrmProblem.NotPermitted, XfrmProblem.NoXfrm]);
    }
}
