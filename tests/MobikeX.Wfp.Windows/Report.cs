namespace MobikeX.Wfp.Windows;

/// <summary>The results for a person.</summary>
internal static class Report
{
    public static bool Print(IEnumerable<TestResult> results, TextWriter to)
    {
        int passed = 0, failed = 0, notRun = 0;
        foreach (TestResult result in results)
        {
            _ = result.Outcome switch
            {
                TestOutcome.Passed => passed++,
                TestOutcome.Failed => failed++,
                _ => notRun++,
            };
            to.WriteLine($"{result.Outcome,-7} {result.Name}{(result.Message.Length > 0 ? $": {result.Message}" : string.Empty)}");
        }

        to.WriteLine($"{passed} passed, {failed} failed, {notRun} not run, against {(Platform.IsStandIn ? "the stand-in" : "the base filtering engine of Windows")}");
        return failed == 0 && passed > 0;
    }
}
