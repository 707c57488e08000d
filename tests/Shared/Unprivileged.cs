using System.Runtime.InteropServices;

namespace MobikeX.Tests;

/// <summary>Does something as a program does that has no capability of Linux, whoever runs the tests.</summary>
internal static partial class Unprivileged
{
    private const int SetCapabilities = 126;
    private const uint Version3 = 0x20080522;

    /// <summary>Runs on a thread of its own, which alone gives away what it may do, and waits for it.</summary>
    public static T Run<T>(Func<T> action) => OwnThread.Run(GiveAway, action);

    private static void GiveAway()
    {
        if (SystemCall(SetCapabilities, [Version3, 0], new uint[6]) != 0)
        {
            throw new InvalidOperationException($"capset: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    // The system call, and not a function of the C library, which may be for all threads.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, uint[] header, uint[] data);
}
