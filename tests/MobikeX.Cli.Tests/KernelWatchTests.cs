using System.Collections.Concurrent;
using MobikeX.Cli.Run;
using MobikeX.Xfrm;

namespace MobikeX.Cli.Tests;

/// <summary>The watch of what the kernel tells.</summary>
public class KernelWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Where_the_kernel_stops_telling_that_is_said_and_the_watch_begins_anew()
    {
        using var missed = new BlockingCollection<string>();
        using var taken = new BlockingCollection<int>();
        var opened = new ConcurrentQueue<Listener>();
        Listener Open(int number, bool fails)
        {
            var listener = new Listener(number, fails);
            opened.Enqueue(listener);
            return listener;
        }

        int next = 1;
        using (new KernelWatch<Listener>(
            Open(0, fails: true),
            () => next++ == 1 ? throw new XfrmException(XfrmProblem.Refused, "not yet") : Open(1, fails: false),
            (listener, longest) => taken.Add(listener.Wait()),
            missed.Add,
            TimeSpan.FromMilliseconds(1)))
        {
            Assert.True(missed.TryTake(out string? first, Patience));
            Assert.Equal("listener 0 is deaf", first);
            Assert.True(missed.TryTake(out string? second, Patience));
            Assert.Equal("not yet", second);
            Assert.True(taken.TryTake(out int listening, Patience));
            Assert.Equal(1, listening);
        }

        Assert.Equal(2, opened.Count);
        Assert.All(opened, static listener => Assert.True(listener.IsDisposed));
    }

    private sealed class Listener(int number, bool fails) : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public int Wait() => fails ? throw new XfrmException(XfrmProblem.Refused, $"listener {number} is deaf") : number;

        public void Dispose() => IsDisposed = true;
    }
}
