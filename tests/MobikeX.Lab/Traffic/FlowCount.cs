using System.Diagnostics;

namespace MobikeX.Lab.Traffic;

/// <summary>What came of a flow, counted at both ends.</summary>
/// <param name="Sent">Packets that the sender made, those among them that its kernel refused included.</param>
/// <param name="Refused">Packets that the sender's kernel would not take: they are lost as well.</param>
/// <param name="Received">Different packets that arrived.</param>
/// <param name="Repeated">Packets that arrived once more.</param>
/// <param name="OutOfOrder">Packets that arrived after one that was sent later.</param>
/// <param name="LongestGap">The longest time between two arrivals.</param>
/// <param name="Duration">From the first packet sent to the last.</param>
internal sealed record FlowCount(int Sent, int Refused, int Received, int Repeated, int OutOfOrder, TimeSpan LongestGap, TimeSpan Duration)
{
    public int Lost => Sent - Received;

    public override string ToString() => $"{Sent} sent, {Received} received, {Lost} lost ({Refused} refused by the sender's kernel), {Repeated} repeated, {OutOfOrder} out of order";

    /// <summary>Not one packet of either direction is lost or repeated.</summary>
    public static void AssertWhole(FlowCount there, FlowCount back, string what) =>
        Assert.True((there.Lost, there.Repeated, back.Lost, back.Repeated) == (0, 0, 0, 0), $"{what}: {there}; {back}");

    /// <summary>Keeps the count among the figures of a run.</summary>
    public void Tell(ScenarioRun run, string direction)
    {
        run.Figure($"{direction}: sent", Sent, "packets");
        run.Figure($"{direction}: lost", Lost, "packets");
        run.Figure($"{direction}: repeated", Repeated, "packets");
        run.Figure($"{direction}: out of order", OutOfOrder, "packets");
        run.Figure($"{direction}: rate", Sent / Duration.TotalSeconds, "packets/s");
        run.Figure($"{direction}: longest gap", LongestGap.TotalMilliseconds, "ms");
    }
}

/// <summary>The receiving end of a flow: which packets came, and how.</summary>
internal sealed class FlowArrivals
{
    private readonly HashSet<uint> _seen = [];
    private readonly Lock _lock = new();
    private long _last;
    private long _highest = -1;
    private TimeSpan _longestGap;
    private int _repeated;
    private int _outOfOrder;

    public int Received
    {
        get
        {
            lock (_lock)
            {
                return _seen.Count;
            }
        }
    }

    public void Take(uint sequence)
    {
        long now = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            if (_last != 0 && Stopwatch.GetElapsedTime(_last, now) is var gap && gap > _longestGap)
            {
                _longestGap = gap;
            }

            _last = now;
            if (!_seen.Add(sequence))
            {
                _repeated++;
            }
            else if (sequence < _highest)
            {
                _outOfOrder++;
            }

            _highest = Math.Max(_highest, sequence);
        }
    }

    public FlowCount Count(int sent, int refused, TimeSpan duration)
    {
        lock (_lock)
        {
            return new FlowCount(sent, refused, _seen.Count, _repeated, _outOfOrder, _longestGap, duration);
        }
    }
}
