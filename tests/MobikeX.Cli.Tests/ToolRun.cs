using System.Text;

namespace MobikeX.Cli.Tests;

/// <summary>One call of the tool, in this process, with its output redirected.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public static ToolRun Of(params string[] args) => With([], args);

    public static ToolRun With(string input, params string[] args) => With(Encoding.UTF8.GetBytes(input), args);

    public static ToolRun With(byte[] input, params string[] args)
    {
        using var stdin = new MemoryStream(input);
        using var stdout = new StringWriter { NewLine = "\n" };
        using var stderr = new StringWriter { NewLine = "\n" };
        int exitCode = MobikeXCli.Run(args, stdin, stdout, stderr);
        return new ToolRun(exitCode, stdout.ToString(), stderr.ToString());
    }
}
