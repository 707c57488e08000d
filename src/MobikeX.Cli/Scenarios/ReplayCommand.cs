using System.CommandLine;
using MobikeX.Cli.Commands;
using MobikeX.Cli.Terminal;
using MobikeX.Cli.Yaml;

namespace MobikeX.Cli.Scenarios;

/// <summary><c>mobikex replay</c>: runs scenario files and says whether what they expect holds.</summary>
internal static class ReplayCommand
{
    public static Command Create(ToolConsole console)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "A scenario file, or a folder whose *.yaml files are scenarios.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> json = JsonOption.Create();
        json.Description = "Print one JSON object a file, each on one line, instead of text.";
        var command = new Command(
            "replay",
            "Run scenario files on the engines, in memory and in virtual time, and print the exchange. "
            + "Exit code 0: all that the files expect holds; 1: something differs; 2: a file is wrong (path:line:col), and none was run.")
        {
            files, json,
        };
        command.SetAction(call => Run(console, call.GetValue(files)!, call.GetValue(json)));
        return command;
    }

    private static int Run(ToolConsole console, IReadOnlyList<string> paths, bool json)
    {
        // All are read before the first is run, so that a wrong file leaves nothing half printed.
        List<ScenarioRun> runs = [.. Read(paths).Select(ScenarioRunner.Run)];
        var report = new ScenarioReport(console.Rich);
        foreach (ScenarioRun run in runs)
        {
            if (json)
            {
                JsonText.WriteLine(console.Out, writer => ScenarioJson.Write(writer, run));
            }
            else
            {
                report.Write(run);
            }
        }

        if (!json && runs.Count > 1)
        {
            report.WriteSummary(runs);
        }

        return runs.All(run => run.Holds) ? ExitCode.Fine : ExitCode.No;
    }

    private static List<Scenario> Read(IReadOnlyList<string> paths)
    {
        var scenarios = new List<Scenario>();
        var wrong = new List<string>();
        foreach (string path in paths.SelectMany(Files))
        {
            if (ScenarioReader.Read(path, InputFile.ReadText(path), out IReadOnlyList<Fault> faults) is { } scenario)
            {
                scenarios.Add(scenario);
            }

            wrong.AddRange(faults.Select(fault => fault.ToString()));
        }

        return wrong.Count == 0 ? scenarios : throw new InputException(wrong);
    }

    private static IEnumerable<string> Files(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] found = [.. Directory.EnumerateFiles(path, "*.yaml").Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new InputException($"{path}: the folder has no *.yaml file");
    }
}
