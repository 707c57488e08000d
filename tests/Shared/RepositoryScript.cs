using System.Diagnostics;

namespace MobikeX.Tests;

/// <summary>A script of this repository that was run to its end: its exit code and what it printed.</summary>
internal sealed record RepositoryScript(int ExitCode, string Output, string Errors)
{
    /// <exception cref="TimeoutException">It hangs; it and all that it started are ended.</exception>
    public static RepositoryScript Run(TimeSpan patience, string path, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, path), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{path} hangs");
        }

        return new RepositoryScript(process.ExitCode, output.Result, errors.Result);
    }
}
