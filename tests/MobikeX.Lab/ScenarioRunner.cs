using System.Diagnostics;

namespace MobikeX.Lab;

/// <summary>Runs scenarios one after the other inside the lab's kernel. Each leaves a result behind, whatever happens to it.</summary>
internal static class ScenarioRunner
{
    /// <summary>The exit code that says: start me again for what is left.</summary>
    public const int MoreToDo = 3;

    /// <summary>Runs those that no kernel has begun yet.</summary>
    /// <param name="folder">The folder of results, which the kernels that run side by side share.</param>
    /// <param name="kernel">Tells the kernel that this is from those beside it.</param>
    public static int Run(string folder, string kernel, IReadOnlyList<Scenario> scenarios)
    {
        foreach (Scenario scenario in scenarios)
        {
            if (!TryBegin(Path.Combine(folder, scenario.Name + ".begun"), kernel, out string? begunBy))
            {
                if (begunBy == kernel && ScenarioResult.Read(folder, scenario.Name) is null)
                {
                    ScenarioResult.Unfinished(scenario, ScenarioOutcome.Died, "the program ended in the middle of it; the console says more").Write(folder);
                }

                continue;
            }

            Console.WriteLine($"lab: {scenario.Name}");
            using (new Timer(_ => GiveUp(folder, scenario), null, scenario.Patience, Timeout.InfiniteTimeSpan))
            {
                Try(folder, scenario).Write(folder);
            }
        }

        return 0;
    }

    /// <summary>Takes a scenario for a kernel. A symbolic link is made once and whole, on the host's file system too, whoever else tries.</summary>
    private static bool TryBegin(string path, string kernel, out string? begunBy)
    {
        begunBy = new FileInfo(path).LinkTarget;
        if (begunBy is not null)
        {
            return false;
        }

        try
        {
            File.CreateSymbolicLink(path, kernel);
            return true;
        }
        catch (IOException) when (new FileInfo(path).LinkTarget is not null)
        {
            return false;
        }
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
