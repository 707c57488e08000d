namespace MobikeX.Lab.Tests;

/// <summary>One start of the kernels, which share the scenarios.</summary>
public sealed class LabRun : IDisposable
{
    /// <summary>A scenario waits for most of its time, so that two get on where there is one core for them.</summary>
    private const string Kernels = "2";

    /// <summary>Names a folder in which the results are kept.</summary>
    private const string KeepIn = "MOBIKEX_LAB_RESULTS";

    private readonly string _scratch = Directory.CreateTempSubdirectory("mobikex-lab-results.").FullName;
    private readonly Lazy<string> _folder;

    public LabRun() => _folder = new Lazy<string>(Start);

    /// <summary>The folder of results; the first who asks starts the kernels.</summary>
    public string Folder => _folder.Value;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private string Start()
    {
        string folder = Environment.GetEnvironmentVariable(KeepIn) is { Length: > 0 } kept ? kept : _scratch;
        LabScript.Run(folder, "--kernels", Kernels);
        return folder;
    }
}

/// <summary>The script that starts the kernels.</summary>
internal static class LabScript
{
    /// <summary>The script ends the kernel long before; this is for a script that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(26);

    /// <summary>Runs it with further arguments, such as the names of scenarios, and gives back the exit code and what was printed.</summary>
    public static (int Code, string Printed) Run(string folder, params string[] arguments)
    {
        RepositoryScript run = RepositoryScript.Run(Patience, "tests/lab/run", ["--program", typeof(Scenario).Assembly.Location, "--results", folder, .. arguments]);
        return run.ExitCode is 0 or 1
            ? (run.ExitCode, run.Output)
            : throw new InvalidOperationException($"tests/lab/run: {run.Errors}{run.Output}");
    }

    public static string EndOfConsole(string folder)
    {
        string[] ends = [.. Directory.GetFiles(folder, "console-*.log").Order().Select(path => $"{Path.GetFileName(path)}:\n{string.Join('\n', File.ReadLines(path).TakeLast(40))}")];
        return ends is [] ? "the kernel left no log" : string.Join("\n\n", ends);
    }
}
