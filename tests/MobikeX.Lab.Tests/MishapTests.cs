namespace MobikeX.Lab.Tests;

/// <summary>Whatever happens inside, every scenario has a result, and nothing passes that did not run to its end.</summary>
public sealed class MishapTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mobikex-lab-mishaps.").FullName;

    [LabFact]
    public void A_hang_a_dead_program_and_a_panic_are_told_with_the_console_on_a_real_kernel()
    {
        (int code, string printed) = LabScript.Run(_folder, [.. ScenarioCatalog.Mishaps.Select(scenario => scenario.Name)]);
        Assert.Equal(1, code);
        Assert.Equal(
            [ScenarioOutcome.TimedOut, ScenarioOutcome.Died, ScenarioOutcome.Failed, ScenarioOutcome.Died, ScenarioOutcome.NotRun],
            ScenarioCatalog.Mishaps.Select(scenario => ScenarioReport.Of(scenario, _folder).Outcome));
        ScenarioResult failed = ScenarioReport.Of(ScenarioCatalog.Mishaps[2], _folder);
        Assert.Contains("this is why", failed.Failure, StringComparison.Ordinal);
        Assert.Equal(new Figure("answer", 42, "things"), Assert.Single(failed.Figures));
        Assert.Contains("0 of 5 scenarios passed", printed, StringComparison.Ordinal);
        Assert.Contains("Kernel panic", printed, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
