namespace MobikeX.Lab.Scenarios;

/// <summary>Ways in which a run of the lab goes wrong.</summary>
internal static class Mishap
{
    /// <summary>Never ends.</summary>
    internal sealed class Hang() : Scenario("mishap-hang", "a scenario that hangs counts as timed out, and the next one runs")
    {
        public override TimeSpan Patience => TimeSpan.FromSeconds(1);

        public override void Run(ScenarioRun run) => Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Takes the program down.</summary>
    internal sealed class Death() : Scenario("mishap-death", "a scenario that ends the program counts as dead, and the next one runs")
    {
        public override void Run(ScenarioRun run) => Environment.FailFast("as it was told to");
    }

    /// <summary>Finds what it did not expect.</summary>
    internal sealed class Failure() : Scenario("mishap-failure", "a scenario that fails says why, with its figures")
    {
        public override void Run(ScenarioRun run)
        {
            run.Figure("answer", 42, "things");
            Assert.Fail("this is why");
        }
    }

    /// <summary>Takes the kernel down.</summary>
    internal sealed class Panic() : Scenario("mishap-panic", "a scenario that makes the kernel panic counts as dead")
    {
        public override void Run(ScenarioRun run) => File.WriteAllText("/proc/sysrq-trigger", "c");
    }

    /// <summary>Comes after the panic.</summary>
    internal sealed class TooLate() : Scenario("mishap-too-late", "a scenario whose turn never comes counts as not run")
    {
        public override void Run(ScenarioRun run) => Assert.Fail("the kernel is gone");
    }
}
