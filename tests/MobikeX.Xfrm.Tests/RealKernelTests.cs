using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace MobikeX.Xfrm.Tests;

/// <summary>What the kernel under the tests says, whichever it is: with root or without, with ESP or without.</summary>
public sealed partial class RealKernelTests
{
    private const int SetResUserId = 117;
    private const int Nobody = 65534;

    [Fact]
    public void Without_the_privilege_the_capability_that_is_missing_is_named()
    {
        XfrmException fault = OnThread(static () =>
        {
            // The system call, and not the function of the C library, which is for all threads: this one alone gives root away.
            Assert.True(Environment.IsPrivilegedProcess == false || SystemCall(SetResUserId, Nobody, Nobody, Nobody) == 0);
            return Assert.Throws<XfrmException>(static () =>
            {
                using XfrmClient client = XfrmClient.Open();
                client.ListSas();
            });
        });
        Assert.Contains(fault.Problem, (XfrmProblem[])[XfrmProblem.NotPermitted, XfrmProblem.NoXfrm]);
        Assert.Contains(fault.Problem == XfrmProblem.NotPermitted ? "CAP_NET_ADMIN" : "xfrm_user", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_watch_needs_the_privilege_too()
    {
        XfrmException fault = OnThread(static () =>
        {
            Assert.True(Environment.IsPrivilegedProcess == false || SystemCall(SetResUserId, Nobody, Nobody, Nobody) == 0);
            return Assert.Throws<XfrmException>(static () => XfrmWatcher.Open().Dispose());
        });
        Assert.Contains(fault.Problem, (XfrmProblem[])[XfrmProblem.NotPermitted, XfrmProblem.NoXfrm]);
    }

    private static T OnThread<T>(Func<T> action)
    {
        T result = default!;
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = action();
            }
            catch (Exception exception)
            {
                fault = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        fault?.Throw();
        return result;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third);
}
