using System.Diagnostics;

namespace MobikeX.Lab.Network;

/// <summary>A program that the lab calls.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs it and gives back what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed or hung; with what it said.</exception>
    public static string Run(string program, IReadOnlyList<string> arguments, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        Feed(process.StandardInput, input);
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: not done after {Patience.TotalSeconds} s");
        }

        return process.ExitCode == 0
            ? output.Result
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{errors.Result}{output.Result}");
    }

    private static void Feed(StreamWriter to, string? input)
    {
        try
        {
            using (to)
            {
                to.Write(input);
            }
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code says why.
        }
    }
}
