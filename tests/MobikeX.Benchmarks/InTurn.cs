using System.Diagnostics;
using System.Globalization;

namespace MobikeX.Benchmarks;

/// <summary>
/// Takes the benchmarks whose ratio is near a goal in turn, a short part of each: on a machine whose speed changes from minute to minute, a ratio of
/// times that were taken one after the other tells of the minutes as well.
/// </summary>
internal static class InTurn
{
    private const int Requests = 250;
    private const int Handled = 4_000;

    public static void Run()
    {
        RequestBenchmarks request = new();
        request.Setup();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{"ns: best fiftieth of the parts, median",-40}{"baseline",18}{"compared",18}{"ratio",14}"));
        Compare("read: by hand, generated", 8_000, Requests, () => ReadByHand(request), () => ReadGenerated(request));
        Compare("write: by hand, generated", 8_000, Requests, () => WriteByHand(request), () => WriteGenerated(request));

        ResponderBenchmarks few = new() { IkeSas = 1_000 };
        ResponderBenchmarks many = new() { IkeSas = 1_000_000 };
        few.Setup();
        many.Setup();
        Compare("together: 1,000 IKE_SAs, 1,000,000", 500, Handled, () => Together(few), () => Together(many));
        Compare("one by one: 1,000 IKE_SAs, 1,000,000", 500, Handled, () => OneByOne(few), () => OneByOne(many));
    }

    // Each with a loop of its own: a delegate for each call would be a part of what it takes.
    private static long ReadByHand(RequestBenchmarks request)
    {
        long sum = 0;
        for (int i = 0; i < Requests; i++)
        {
            sum += request.ReadByHand();
        }

        return sum;
    }

    private static long ReadGenerated(RequestBenchmarks request)
    {
        long sum = 0;
        for (int i = 0; i < Requests; i++)
        {
            sum += request.ReadGenerated();
        }

        return sum;
    }

    private static long WriteByHand(RequestBenchmarks request)
    {
        long sum = 0;
        for (int i = 0; i < Requests; i++)
        {
            sum += request.WriteByHand();
        }

        return sum;
    }

    private static long WriteGenerated(RequestBenchmarks request)
    {
        long sum = 0;
        for (int i = 0; i < Requests; i++)
        {
            sum += request.WriteGenerated();
        }

        return sum;
    }

    private static long Together(ResponderBenchmarks responder)
    {
        long sum = 0;
        for (int i = 0; i < Handled / ResponderBenchmarks.Received; i++)
        {
            sum += responder.Together();
        }

        return sum;
    }

    private static long OneByOne(ResponderBenchmarks responder)
    {
        long sum = 0;
        for (int i = 0; i < Handled; i++)
        {
            sum += responder.Request();
        }

        return sum;
    }

    private static void Compare(string what, int parts, int calls, Func<long> baseline, Func<long> compared)
    {
        double[] before = new double[parts];
        double[] after = new double[parts];
        double[] ratios = new double[parts];

        // The first round is there to be compiled, and compiled again once it is known to be called often.
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < parts; i++)
            {
                before[i] = Nanoseconds(baseline, calls);
                after[i] = Nanoseconds(compared, calls);
                ratios[i] = after[i] / before[i];
            }

            Thread.Sleep(TimeSpan.FromSeconds(0.3));
        }

        Array.Sort(before);
        Array.Sort(after);
        Array.Sort(ratios);
        int best = parts / 50;
        int median = parts / 2;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-40}{before[best],8:F1}, {before[median],8:F1}{after[best],8:F1}, {after[median],8:F1}{after[best] / before[best],6:F2}, {ratios[median],6:F2}"));
    }

    /// <summary>What one call takes, once what it visits is back in the caches, as far as it fits.</summary>
    private static double Nanoseconds(Func<long> part, int calls)
    {
        part();
        long start = Stopwatch.GetTimestamp();
        part();
        return (Stopwatch.GetTimestamp() - start) * 1e9 / Stopwatch.Frequency / calls;
    }
}
