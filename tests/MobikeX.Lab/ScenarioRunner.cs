using System.Diagnostics;

namespace MobikeX.Lab;

/// <summary>Runs scenarios one after the other inside the lab's kernel. Each leaves a result behind, whatever happens to it.</summary>
internal static class ScenarioRunner
{
    /// <summary>The exit code that says: start me again for what is left.</summary>
    public const int MoreToDo = 3;

    /// <summary>Runs those that have no result yet.</summary>
    public static int Run(string folder, IReadOnlyList<Scenario> scenarios)
    {
        foreach (Scenario scenario in scenarios)
        {
            if (ScenarioResult.Read(folder, scenario.Name) is not null)
            {
                continue;
            }

            string begun = Path.Combine(folder, scenario.Name + ".begun");
            if (File.Exists(begun))
            {
                ScenarioResult.Unfinished(scenario, ScenarioOutcome.Died, "the program ended in the middle of it; the console says more").Write(folder);
                continue;
            }

            File.WriteAllText(begun, string.Empty);
            Console.WriteLine($"lab: {scenario.Name}");
            using (new Timer(_ => GiveUp(folder, scenario), null, scenario.Patience, Timeout.InfiniteTimeSpan))
            {
                Try(folder, scenario).Write(folder);
            }
        }

        return 0;
    }

    private static ScenarioResult Try(string folder, Scenario scenario)
    {
        var run = new ScenarioRun(scenario.Name, folder);
        string? failure = null;
        long start = Stopwatch.GetTimestamp();
        try
        {
            scenario.Run(run);
        }
        catch (Exception fault)
        {
            failure = fault.ToString();
            Console.WriteLine(failure);
        }

        double seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 3);
        return new ScenarioResult(
            scenario.Name, scenario.Shows, failure is null ? ScenarioOutcome.Passed : ScenarioOutcome.Failed, failure, seconds, run.Figures, run.Notes);
    }

    /// <summary>A thread that hangs in the kernel cannot be ended, so the program goes, and is started again for the others.</summary>
    private static void GiveUp(string folder, Scenario scenario)
    {
        ScenarioResult.Unfinished(scenario, ScenarioOutcome.TimedOut, $"not done after {scenario.Patience.TotalSeconds} s").Write(folder);
        Environment.Exit(MoreToDo);
    }
}
