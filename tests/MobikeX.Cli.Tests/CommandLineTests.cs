using System.Text;

namespace MobikeX.Cli.Tests;

public class CommandLineTests
{
    [Fact]
    public void Help_says_what_the_exit_codes_mean()
    {
        ToolRun run = ToolRun.Of("--help");

        Assert.Equal(ExitCode.Fine, run.ExitCode);
        Assert.Contains("Exit codes: 0 fine; 1 the answer is no", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 the call or its input is wrong, and nothing was written; 3 the system does not allow it", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decode")]
    [InlineData("encode")]
    [InlineData("lint")]
    [InlineData("generate")]
    [InlineData("errata")]
    [InlineData("requirements")]
    public void Every_command_says_its_exit_codes(string command)
    {
        ToolRun run = ToolRun.Of(command, "--help");

        Assert.Equal(ExitCode.Fine, run.ExitCode);
        Assert.Contains("Exit code 0: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decod")]
    [InlineData("lint", "a.yaml", "b.yaml")]
    [InlineData("decode", "--version", "3", "00")]
    [InlineData("lint")]
    [InlineData("generate", "spec.yaml")]
    public void A_wrong_call_is_refused_and_nothing_is_printed(params string[] args)
    {
        ToolRun run = ToolRun.Of(args);

        Assert.Equal(ExitCode.Wrong, run.ExitCode);
        Assert.StartsWith("mobikex: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Lines_are_not_broken_where_nobody_looks()
    {
        // A COOKIE2 of 64 octets is 128 digits: longer than a terminal's line.
        string data = string.Concat(Enumerable.Repeat("0123456789abcdef", 8));

        ToolRun run = ToolRun.Of("decode", "00000048" + "00004011" + data);

        Assert.Contains($"data: {data}\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public void An_error_stays_one_line_whatever_the_input_says()
    {
        ToolRun run = ToolRun.With("- \"a\\nb\\e[31m\": []", "encode");

        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain('\u001b', run.Error);
    }

    [Theory]
    [InlineData("decode 000000080000a002")]
    [InlineData("decode 000000080000a002 --json")]
    [InlineData("errata")]
    [InlineData("--help")]
    public void Output_that_finds_no_room_is_told_in_one_line(string call)
    {
        using var full = new Refusing(new IOException("no space left"));
        using var error = new StringWriter { NewLine = "\n" };

        int exitCode = MobikeXCli.Run(call.Split(' '), Stream.Null, full, error);

        Assert.Equal(ExitCode.Denied, exitCode);
        Assert.Equal("mobikex: no space left\n", error.ToString());
    }

    [Theory]
    [InlineData("decode 000000080000a002", ExitCode.Denied)]
    [InlineData("errata --json", ExitCode.Denied)]
    [InlineData("--help", ExitCode.Denied)]
    [InlineData("lint no/such", ExitCode.Wrong)]
    [InlineData("decod", ExitCode.Wrong)]
    public void Where_all_output_is_closed_the_exit_code_still_says_what_it_says(string call, int code)
    {
        // What .NET throws where the shell was told `>&-`.
        using var closed = new Refusing(new UnauthorizedAccessException("Access to the path is denied."));

        Assert.Equal(code, MobikeXCli.Run(call.Split(' '), Stream.Null, closed, closed));
    }

    [Fact]
    public void A_capture_that_finds_no_room_is_told_in_one_line()
    {
        ToolRun run = ToolRun.Of("demo", "--json", "--pcap", "/dev/full");

        Assert.Equal(ExitCode.Denied, run.ExitCode);
        Assert.Equal("mobikex: No space left on device : '/dev/full'\n", run.Error);
    }

    private sealed class Refusing(Exception refusal) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw refusal;
    }
}
