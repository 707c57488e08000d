namespace MobikeX.Ike.Tests;

/// <summary>The timers of an endpoint.</summary>
public sealed class TimerQueueTests
{
    [Fact]
    public void Those_that_were_stopped_do_not_pile_up()
    {
        TimerQueue timers = new();
        int elapsed = 0;
        IkeTimer kept = timers.Add(TimeSpan.FromHours(1), () => elapsed++);
        for (int i = 0; i < 100_000; i++)
        {
            timers.Add(TimeSpan.FromHours(4), () => elapsed += 1000).Stop();
        }

        Assert.InRange(timers.Count, 1, 100);
        Assert.Equal(TimeSpan.FromHours(1), timers.Next);
        timers.Run(TimeSpan.FromHours(5));
        Assert.Equal(1, elapsed);
        Assert.True(kept.IsStopped);
        Assert.Null(timers.Next);
    }

    [Fact]
    public void One_that_is_added_while_others_elapse_waits_for_the_next_time()
    {
        TimerQueue timers = new();
        List<string> elapsed = [];
        timers.Add(TimeSpan.FromSeconds(2), () => elapsed.Add("second"));
        timers.Add(TimeSpan.FromSeconds(1), () =>
        {
            elapsed.Add("first");
            timers.Add(TimeSpan.FromSeconds(1), () => elapsed.Add("third"));
        });

        timers.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(["first", "second"], elapsed);
        timers.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(["first", "second", "third"], elapsed);
    }
}
