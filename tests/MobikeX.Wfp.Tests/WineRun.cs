using System.Reflection;
using System.Text.Json;
using MobikeX.Wfp.Windows;

namespace MobikeX.Wfp.Tests;

/// <summary>One start of Wine, in which every test and the tool run.</summary>
public sealed class WineRun : IDisposable
{
    /// <summary>Its programs end themselves long before; this is for a script that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly string _folder = Directory.CreateTempSubdirectory("mobikex-wfp-results.").FullName;
    private readonly Lazy<string> _log;

    public WineRun() => _log = new Lazy<string>(Start);

    /// <summary>What a test found; the first who asks starts Wine.</summary>
    internal TestResult ResultOf(string name)
    {
        string log = _log.Value, path = Path.Combine(_folder, "results.json");
        Assert.True(File.Exists(path), $"the tests left no results\n{log}\n{Read("tests.log")}");
        return Assert.Single(JsonSerializer.Deserialize<TestResult[]>(File.ReadAllText(path))!, result => result.Name == name);
    }

    /// <summary>What the tool printed.</summary>
    public string[] Printed(string command, string where)
    {
        string log = _log.Value, printed = Read($"{command}.{where}");
        Assert.True(printed.Length > 0, $"{command} printed nothing: {Read($"{command}.{where}.errors")}\n{log}");
        return printed.ReplaceLineEndings("\n").Split('\n');
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Read(string name)
    {
        string path = Path.Combine(_folder, name);
        return File.Exists(path) ? File.ReadAllText(path) : string.Empty;
    }

    private string Start()
    {
        string configuration = typeof(WineRun).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        RepositoryScript run = RepositoryScript.Run(Patience, "tests/wfp/run", "--results", _folder, "--configuration", configuration);
        return $"tests/wfp/run ended with {run.ExitCode}\n{run.Errors}{run.Output}";
    }
}
