using Xunit.Abstractions;

namespace MobikeX.Lab.Tests;

/// <summary>What the scenarios found on a real kernel, each as a result of its own.</summary>
public sealed class ScenarioTests(LabRun lab, ITestOutputHelper output) : IClassFixture<LabRun>
{
    public static TheoryData<string> Names => [.. ScenarioCatalog.All.Select(scenario => scenario.Name)];

    [LabTheory]
    [MemberData(nameof(Names))]
    public void Scenario_on_a_real_kernel(string name)
    {
        ScenarioResult result = ScenarioReport.Of(ScenarioCatalog.All.Single(scenario => scenario.Name == name), lab.Folder);
        output.WriteLine(ScenarioReport.Describe(result));
        Assert.True(result.Outcome == ScenarioOutcome.Passed, $"{ScenarioReport.Describe(result)}\n\nThe end of the console:\n{LabScript.EndOfConsole(lab.Folder)}");
    }
}
