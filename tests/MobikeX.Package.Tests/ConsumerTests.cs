using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MobikeX.Package.Tests;

/// <summary>Projects that know nothing of this repository but its packages: they build without a warning, and run.</summary>
[Collection(FeedCollection.Name)]
public partial class ConsumerTests(Feed feed)
{
    private const string ProgramOutput = """
        0800000000010007010203
        ECHO 7 in 11
        offset 7: ECHO_MESSAGE.sequence: the input ends here
        7
        True

        """;

    /// <summary>By program, what it prints. The libraries for netstandard2.0 are used by Program.</summary>
    private static readonly Dictionary<string, string> Printed = new()
    {
        ["Engine"] = "UPDATE_SA_ADDRESSES(IP(new, header, 198.51.100.7), ID(7)) moved CHILD_SA c1000001 to [198.51.100.7]\n",
        ["Importing"] = "000c4e210000000000000007\nLit True Shine\n",
        ["OtherYaml"] = "16.0.0.0 Echo\n",
        ["Program"] = ProgramOutput,
        ["ProgramOldest"] = "9\n",
        ["TwoSpecs"] = "258 True False\n",
    };

    [Fact]
    public async Task Projects_build_without_a_warning_and_run()
    {
        Command build = await feed.BuildAccepted();

        build.AssertSuccess();
        Assert.Contains(" 0 Warning(s)", build.Output, StringComparison.Ordinal);
        foreach ((string program, string expected) in Printed)
        {
            Command run = await feed.Run(Path.Combine("Accepted", program), "dotnet", Path.Combine("bin", "Debug", "net10.0", program + ".dll"));
            Assert.Equal((0, expected), (run.ExitCode, run.Output));
        }
    }

    [Theory]
    [InlineData("Trimmed")]
    [InlineData("Aot")]
    public async Task A_program_is_published_without_a_warning_and_prints_the_same(string kind)
    {
        string output = Path.Combine(feed.Root, "published", kind);

        Command publish = await feed.Run(
            Path.Combine("Accepted", "Program"), "dotnet", "publish", "--self-contained", "--runtime", RuntimeInformation.RuntimeIdentifier, "--output", output, $"-p:Publish={kind}");

        publish.AssertSuccess();
        Assert.DoesNotContain("warning", publish.Output, StringComparison.Ordinal);
        Command run = await feed.Run(output, Path.Combine(output, "Program"));
        Assert.Equal((0, ProgramOutput), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task A_build_that_cannot_be_says_why_and_where_and_nothing_else()
    {
        Command build = await feed.Run("Refused", "dotnet", "build", "Refused.slnx");

        Assert.Equal(1, build.ExitCode);
        IEnumerable<string> errors = build.Output.Split('\n')
            .Select(line => Error().Match(line))
            .Where(match => match.Success)
            .Select(match => $"{match.Groups[1]}: {match.Groups[2]} {match.Groups[3]}")
            .Distinct();
        Assert.Equal(
            [
                "CSC: MBX4009 OldLanguage",
                "MobikeX.Toolkit.targets: MBX4012 OldCompiler",
                "faulty.mobikex.yaml(16,36): MBX2004 FaultySpec",
                "faulty.mobikex.yaml(20,9): MBX2001 FaultySpec",
            ],
            errors.Order(StringComparer.Ordinal));
        Assert.Contains("there is no registry named 'KINDS'; did you mean 'KIND'?", build.Output, StringComparison.Ordinal);
        Assert.Contains("this build uses 'roslyn4.7'", build.Output, StringComparison.Ordinal);
    }

    // PATH(LINE,COL): error ID: TEXT [PROJECT]; the line in a file of the package is its own affair.
    [GeneratedRegex(@"(?:^|/)(CSC|[\w.]+\.targets|[\w.]+\.yaml\(\d+,\d+\))(?: |\(\d+,\d+\))?: error (\w+): .* \[.*/(\w+)\.csproj\]$")]
    private static partial Regex Error();
}
