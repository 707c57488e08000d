using System.Reflection;

namespace MobikeX.Wfp.Windows;

/// <summary>What became of a test.</summary>
internal enum TestOutcome
{
    Passed,
    Failed,

    /// <summary>It needs what this platform does not offer; the message says what.</summary>
    NotRun,
}

/// <summary>What became of a test, and why.</summary>
internal sealed record TestResult(string Name, TestOutcome Outcome, string Message);

/// <summary>This platform does not offer what a test needs.</summary>
internal sealed class NotOfferedException(string message) : Exception(message);

/// <summary>Runs one test on an instance of its own, as xunit does.</summary>
internal static class TestRunner
{
    public static TestResult Run(WindowsTest test)
    {
        if (!Platform.IsStandIn && !TestCatalog.IsOfContract(test))
        {
            return new TestResult(test.Name, TestOutcome.NotRun, "is about the stand-in");
        }

        try
        {
            object instance = Activator.CreateInstance(test.Class)!;
            using (instance as IDisposable)
            {
                test.Method.Invoke(instance, test.Arguments);
            }

            return new TestResult(test.Name, TestOutcome.Passed, string.Empty);
        }
        catch (TargetInvocationException fault)
        {
            return fault.InnerException is NotOfferedException lack
                ? new TestResult(test.Name, TestOutcome.NotRun, lack.Message)
                : new TestResult(test.Name, TestOutcome.Failed, $"{fault.InnerException}");
        }
    }
}
