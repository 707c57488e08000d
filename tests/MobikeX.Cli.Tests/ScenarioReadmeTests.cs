namespace MobikeX.Cli.Tests;

/// <summary>What <c>tests/scenarios/README.md</c> shows is true.</summary>
public sealed class ScenarioReadmeTests
{
    private const string Fence = "```yaml\n";

    [Fact]
    public void The_file_that_it_shows_holds()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "tests", "scenarios", "README.md")).ReplaceLineEndings("\n");
        string shown = readme[(readme.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length)..];
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, shown[..shown.IndexOf("```", StringComparison.Ordinal)]);
            ToolRun run = ToolRun.Of("replay", file);
            Assert.True(run.ExitCode == 0, run.Output + run.Error);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
