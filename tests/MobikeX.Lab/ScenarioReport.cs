namespace MobikeX.Lab;

/// <summary>Reads a folder of results when the kernel is gone.</summary>
internal static class ScenarioReport
{
    /// <summary>The result of a scenario; what the kernel took with it is told as such.</summary>
    public static ScenarioResult Of(Scenario scenario, string folder) =>
        ScenarioResult.Read(folder, scenario.Name)
        ?? (File.Exists(Path.Combine(folder, scenario.Name + ".begun"))
            ? ScenarioResult.Unfinished(scenario, ScenarioOutcome.Died, "the kernel ended in the middle of it; the console says more")
            : ScenarioResult.Unfinished(scenario, ScenarioOutcome.NotRun, "the kernel ended before its turn; the console says more"));

    /// <summary>Prints the results, and says whether all passed.</summary>
    public static bool Print(IReadOnlyList<Scenario> scenarios, string folder, TextWriter output)
    {
        int passed = 0;
        foreach (Scenario scenario in scenarios)
        {
            ScenarioResult result = Of(scenario, folder);
            passed += result.Outcome == ScenarioOutcome.Passed ? 1 : 0;
            output.WriteLine(Describe(result));
        }

        output.WriteLine($"{passed} of {scenarios.Count} scenarios passed");
        return passed == scenarios.Count;
    }

    public static string Describe(ScenarioResult result)
    {
        List<string> lines = [$"{result.Outcome,-8} {result.Scenario} ({result.Seconds:0.0} s): {result.Shows}"];
        lines.AddRange(result.Figures.Select(figure => $"         {figure.Name}: {figure.Value:0.###} {figure.Unit}".TrimEnd()));
        lines.AddRange(result.Notes.Select(note => "         " + note));
        if (result.Failure is { } failure)
        {
            lines.AddRange(failure.Split('\n').Select(line => "         " + line));
        }

        return string.Join('\n', lines);
    }
}
