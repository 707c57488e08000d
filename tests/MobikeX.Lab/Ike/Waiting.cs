using System.Diagnostics;

namespace MobikeX.Lab.Ike;

/// <summary>Waits for what another process does.</summary>
internal static class Waiting
{
    public static void For(Func<bool> condition, TimeSpan patience, Func<string> failure)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > patience)
            {
                throw new TimeoutException(failure());
            }

            Thread.Sleep(50);
        }
    }
}
