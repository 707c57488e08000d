using System.Text.RegularExpressions;
using MobikeX.Wfp.Windows;

namespace MobikeX.Wfp.Tests;

/// <summary>What Windows programs found, each test as a result of its own.</summary>
public sealed partial class WindowsTests(WineRun wine) : IClassFixture<WineRun>
{
    public static TheoryData<string> Names => [.. TestCatalog.All.Select(static test => test.Name)];

    [WineTheory]
    [MemberData(nameof(Names))]
    public void On_Windows(string name)
    {
        TestResult result = wine.ResultOf(name);
        Assert.True(result.Outcome == TestOutcome.Passed, $"{result.Outcome}: {result.Message}");
    }

    /// <summary>But for ports, times, and what is random (SPIs and hashes), which no two runs have in common, and for the line ends, which are the system's.</summary>
    [WineTheory]
    [InlineData("demo")]
    [InlineData("replay")]
    public void The_tool_prints_on_Windows_what_it_prints_here(string command)
    {
        string[] here = [.. wine.Printed(command, "here").Select(WithoutChance)];
        Assert.Equal(here, wine.Printed(command, "windows").Select(WithoutChance));
    }

    private static string WithoutChance(string line) => Times().Replace(Random().Replace(Ports().Replace(line, "127.0.0.1:PORT"), "RANDOM"), " TIME");

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Ports();

    [GeneratedRegex(@"\b([0-9a-f]{40}|(?<=(spi|in|out) )[0-9a-f]{8})\b")]
    private static partial Regex Random();

    [GeneratedRegex(@" *[\d.,]+ (ms|s)\b")]
    private static partial Regex Times();
}
