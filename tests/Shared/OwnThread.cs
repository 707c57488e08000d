using System.Runtime.ExceptionServices;

namespace MobikeX.Tests;

/// <summary>Does something on a thread that is for nothing else: what the thread is changed to first, it takes away when it ends.</summary>
internal static class OwnThread
{
    /// <summary>Runs <paramref name="prepare"/> and then <paramref name="action"/> on such a thread, and waits for it. What either throws is thrown here.</summary>
    public static T Run<T>(Action prepare, Func<T> action)
    {
        T result = default!;
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                prepare();
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
}
